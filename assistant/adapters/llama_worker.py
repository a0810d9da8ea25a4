"""One llama.cpp model and the lock that lets one stream at a time use it.

The failure this prevents: llama.cpp taking the process down, because two threads used a model at
once, because it was used after it was closed, or because it was handed a file, a grammar or a
prompt that it does not survive. All of it is checked here first.
"""

from __future__ import annotations

import ctypes
import logging
import os
import threading
import time
from collections import deque
from collections.abc import Generator, Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2
import llama_cpp

from assistant.adapters.gguf_header import BATCH, read_header, refuse_if_too_large
from assistant.adapters.grammar import refuse_unsound
from assistant.adapters.llama_vocabulary import PieceTokenizer, chat_formatter, control_tokens
from assistant.errors import ContextOverflow, ModelBroken, ModelError
from assistant.ports import Usage
from assistant.settings import Generation

Message = Mapping[str, str]
"""`role` (system, user, assistant) and `content`."""

_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())
_ERROR_LEVEL = 4
_loading = threading.Lock()
_complaints: deque[str] = deque(maxlen=4)


@llama_cpp.llama_log_callback  # type: ignore[untyped-decorator]  # llama_cpp's ctypes declarations have no types
def _on_log(level: int, text: bytes, _: object) -> None:
    """llama.cpp's chatter goes to `logging`; its last errors are kept for the message of the failure they cause."""
    line = text.decode("utf-8", errors="replace").strip()
    if level == _ERROR_LEVEL and line:
        _complaints.append(line)
    _log.log(logging.ERROR if level == _ERROR_LEVEL else logging.DEBUG, "%s", line)


llama_cpp.llama_log_set(_on_log, ctypes.c_void_p(0))


class LlamaWorker:
    """A GGUF chat model in memory."""

    def __init__(self, path: Path, settings: Generation) -> None:
        """Load `path` with the context window and threads of `settings`.

        The window is cut to what the model was trained for. Raises `ModelBroken` and `ModelTooLarge`,
        both before llama.cpp opens the file wherever the header shows it.
        """
        header = read_header(path)
        trained = header.number("context_length", settings.context_window)
        self.window = min(settings.context_window, trained)
        if not header.values.get("tokenizer.chat_template"):
            raise ModelBroken(f"{path.name} has no chat template: it is no chat model; take an instruct model")
        refuse_if_too_large(header, self.window)
        self.usage: Usage | None = None
        self._path = path
        self._stream = threading.Lock()
        self._state = threading.Lock()
        self._closed = False
        self._llama: Any = _load(path, self.window, settings.threads or os.cpu_count() or 1)
        self._format = chat_formatter(self._llama)
        self._control = control_tokens(self._llama)
        self._llama.chat_handler = self._format.to_chat_handler()
        self._llama.tokenizer_ = PieceTokenizer(self._llama)
        self.count([{"role": "system", "content": "-"}, {"role": "user", "content": "-"}])

    def count(self, messages: Sequence[Message]) -> int:
        """Tokens of the messages under the chat template. May be called while a stream runs."""
        with self._state:
            llama = self._open()
            try:
                text = self._format(messages=self._defused(messages)).prompt
            except (jinja2.TemplateError, ValueError) as error:
                raise ModelBroken(f"the chat template of {self._path.name} refuses the prompt ({error})") from error
            return len(llama.tokenize(text.encode("utf-8"), add_bos=False, special=True))

    def stream(
        self, messages: Sequence[Message], *, max_tokens: int, temperature: float, grammar: str | None
    ) -> Generator[str, None, None]:
        """Pieces of text. Waits for a stream that runs; closing the iterator ends it and lets the next one in.

        Raises `ContextOverflow` and `ModelError` before the first token.
        """
        try:
            with self._stream:
                yield from self._run(messages, max_tokens, temperature, grammar)
        finally:
            self._free_if_closed()

    def close(self) -> None:
        """Free the memory, at once or when the stream that runs notices, at its next token."""
        with self._state:
            self._closed = True
        self._free_if_closed()

    def _run(
        self, messages: Sequence[Message], max_tokens: int, temperature: float, grammar: str | None
    ) -> Generator[str, None, None]:
        llama = self._open()
        count = self._count_what_fits(messages, max_tokens)
        _complaints.clear()
        chunks = llama.create_chat_completion(
            messages=self._defused(messages), stream=True, max_tokens=max_tokens, temperature=temperature,
            grammar=self._grammar(llama, grammar),
        )  # fmt: skip
        started, generated = time.perf_counter(), 0
        try:
            for chunk in chunks:
                piece = chunk["choices"][0]["delta"].get("content")
                generated = llama.n_tokens - count + 1  # the token sampled last is not evaluated yet
                if piece:
                    yield piece
                self._open()
        except (RuntimeError, ValueError) as error:
            llama.reset()
            raise ModelBroken(f"{self._path.name} stopped with an error ({_said(error)}): ask again") from error
        finally:
            chunks.close()
            self.usage = Usage(count, generated, time.perf_counter() - started)

    def _count_what_fits(self, messages: Sequence[Message], max_tokens: int) -> int:
        count = self.count(messages)
        if count + max_tokens > self.window:
            raise ContextOverflow(
                f"the prompt takes {count} tokens and the answer up to {max_tokens}, and the context window of "
                f"{self._path.name} holds {self.window}: raise `generation.context_window`, or ask a shorter question"
            )
        return count

    def _grammar(self, llama: Any, grammar: str | None) -> Any:
        if grammar is None:
            return None
        refuse_unsound(grammar)
        sampler = llama_cpp.llama_sampler_init_grammar(llama._model.vocab, grammar.encode(), b"root")  # noqa: SLF001
        if not sampler:
            raise ModelError(f"llama.cpp refuses the grammar ({_said()}): correct the grammar")
        llama_cpp.llama_sampler_free(sampler)
        return llama_cpp.LlamaGrammar.from_string(grammar)

    def _defused(self, messages: Sequence[Message]) -> list[Message]:
        """The messages with the model's control tokens taken apart, so that no text can speak for another role."""
        return [
            {**message, "content": self._control.sub(lambda m: m[0][0] + " " + m[0][1:], message["content"])}
            for message in messages
        ]

    def _open(self) -> Any:
        if self._closed:
            raise ModelError(f"{self._path.name} was closed: load it again")
        return self._llama

    def _free_if_closed(self) -> None:
        if not self._closed or not self._stream.acquire(blocking=False):
            return
        try:
            with self._state:
                if self._llama is not None:
                    self._llama.close()
                    self._llama = None
        finally:
            self._stream.release()


def _load(path: Path, window: int, threads: int) -> Any:
    """llama-cpp-python turns the process's standard streams off while it loads: one load at a time."""
    with _loading:
        _complaints.clear()
        try:
            return llama_cpp.Llama(
                str(path), n_ctx=window, n_batch=min(BATCH, window), n_threads=threads, n_threads_batch=threads,
                verbose=False,
            )  # fmt: skip
        except (ValueError, RuntimeError, AssertionError) as error:
            raise ModelBroken(f"llama.cpp cannot load {path} ({_said(error)}): pull the model again") from error


def _said(error: Exception | None = None) -> str:
    own = str(error).strip().splitlines()[:1] if error else []
    return "; ".join([*own, *_complaints]) or "without a reason"
