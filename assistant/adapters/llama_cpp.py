"""The `LanguageModel` port over llama.cpp, behind a llama-index `CustomLLM`.

The failure this prevents: llama-index's own llama.cpp class, which ignores the model's chat
template, drops the grammar, and lets two threads into one model. llama-index's types stop here.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path
from typing import Any

from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    ChatResponseGen,
    CompletionResponse,
    CompletionResponseGen,
    LLMMetadata,
    MessageRole,
)
from llama_index.core.llms import CustomLLM
from pydantic import PrivateAttr

from assistant.adapters.llama_worker import LlamaWorker, Message
from assistant.models import Catalogue, require
from assistant.ports import Prompt, Usage
from assistant.settings import Generation, Settings


class LlamaCppChat(CustomLLM):
    """A llama-index language model over a `LlamaWorker`; `grammar` and `max_tokens` are taken per call."""

    model_name: str
    context_window: int
    max_tokens: int
    temperature: float
    _worker: LlamaWorker = PrivateAttr()

    def __init__(self, worker: LlamaWorker, *, model_name: str, settings: Generation) -> None:
        """Use `worker`, with the length and temperature of `settings` where a call names none."""
        super().__init__(
            model_name=model_name, context_window=worker.window, max_tokens=settings.max_tokens,
            temperature=settings.temperature,
        )  # fmt: skip
        self._worker = worker

    @property
    def metadata(self) -> LLMMetadata:
        """What llama-index asks of a model."""
        return LLMMetadata(
            context_window=self.context_window, num_output=self.max_tokens, model_name=self.model_name,
            is_chat_model=True,
        )  # fmt: skip

    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseGen:
        """Pieces of the answer; each response holds the piece and all that came before it."""
        return self._chat(messages, **kwargs)

    def _chat(
        self, messages: Sequence[ChatMessage], *, grammar: str | None = None, max_tokens: int | None = None, **_: Any
    ) -> ChatResponseGen:
        pieces = self._worker.stream(
            [_plain(message) for message in messages],
            max_tokens=max_tokens or self.max_tokens,
            temperature=self.temperature,
            grammar=grammar,
        )
        text = ""
        try:
            for piece in pieces:
                text += piece
                yield ChatResponse(message=ChatMessage(role=MessageRole.ASSISTANT, content=text), delta=piece)
        finally:
            pieces.close()

    def chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        """The whole answer."""
        response = ChatResponse(message=ChatMessage(role=MessageRole.ASSISTANT, content=""))
        for response in self._chat(messages, **kwargs):  # noqa: B007  (the last one is the answer)
            pass
        return response

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:  # noqa: ARG002
        """`prompt` as the user's message, under the model's chat template all the same."""
        for response in self._chat([ChatMessage(role=MessageRole.USER, content=prompt)], **kwargs):
            yield CompletionResponse(text=response.message.content or "", delta=response.delta)

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:  # noqa: ARG002
        """The whole answer to `prompt`."""
        response = self.chat([ChatMessage(role=MessageRole.USER, content=prompt)], **kwargs)
        return CompletionResponse(text=response.message.content or "")


class LlamaCppModel:
    """The port. `close` frees the memory; a use after it is a `ModelError`."""

    def __init__(self, path: Path, settings: Generation, name: str = "") -> None:
        """Load the GGUF at `path`; `name` is what labels show (default: the file's name)."""
        self._name = name or path.stem
        self._worker = LlamaWorker(path, settings)
        self.llm = LlamaCppChat(self._worker, model_name=self._name, settings=settings)

    @property
    def name(self) -> str:
        """What the label shows."""
        return self._name

    @property
    def context_window(self) -> int:
        """Tokens that prompt and answer share."""
        return self._worker.window

    @property
    def usage(self) -> Usage | None:
        """What the stream that ended last took; time spent waiting for another stream left out."""
        return self._worker.usage

    def count_tokens(self, prompt: Prompt) -> int:
        """Tokens of the prompt under the model's chat template."""
        return self._worker.count([_plain(message) for message in _messages(prompt)])

    def stream(self, prompt: Prompt) -> Generator[str, None, None]:
        """Pieces of text as they come; `ContextOverflow` before the first one when they cannot all fit."""
        responses = self.llm.stream_chat(_messages(prompt), grammar=prompt.grammar, max_tokens=prompt.max_tokens)
        try:
            for response in responses:
                yield response.delta or ""
        finally:
            responses.close()

    def close(self) -> None:
        """Free the model's memory; a stream that runs ends with a `ModelError` at its next token."""
        self._worker.close()


def load_chat_model(settings: Settings, catalogue: Catalogue | None = None) -> LlamaCppModel:
    """The chat model that the settings name. `ModelAbsent` says how to pull it."""
    path = require(settings, settings.chat_model, "chat", catalogue)
    return LlamaCppModel(path, settings.generation)


def _messages(prompt: Prompt) -> list[ChatMessage]:
    return [
        ChatMessage(role=MessageRole.SYSTEM, content=prompt.system),
        ChatMessage(role=MessageRole.USER, content=prompt.user),
    ]


def _plain(message: ChatMessage) -> Message:
    return {"role": message.role.value, "content": message.content or ""}
