"""What a llama.cpp model's vocabulary and metadata say: its pieces of text, its control tokens, its chat template.

The failure this prevents: text lost in tokens longer than llama-cpp-python's buffer of 32 bytes,
an answer whose every token costs the decoding of all those before it, and a passage that speaks as
another role because it contains a control token.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from typing import Any

import llama_cpp
from llama_cpp.llama_chat_format import Jinja2ChatFormatter
from llama_cpp.llama_tokenizer import LlamaTokenizer


class PieceTokenizer(LlamaTokenizer):  # type: ignore[misc]  # llama_cpp is read without types
    """The model's own tokenizer; the bytes of a token are asked of llama.cpp once."""

    def __init__(self, llama: Any) -> None:
        super().__init__(llama)
        self._vocab = llama._model.vocab  # noqa: SLF001  (no public way)
        self._pieces: dict[tuple[int, bool], bytes] = {}

    def detokenize(self, tokens: Sequence[int], prev_tokens: object = None, special: bool = False) -> bytes:  # noqa: ARG002
        """The bytes of `tokens`, which may end within a character."""
        return b"".join([self._piece(token, special) for token in tokens])

    def _piece(self, token: int, special: bool) -> bytes:
        piece = self._pieces.get((token, special))
        if piece is None:
            piece = self._pieces[token, special] = self._ask(token, special)
        return piece

    def _ask(self, token: int, special: bool) -> bytes:
        size = 32
        while True:
            buffer = ctypes.create_string_buffer(size)
            length = llama_cpp.llama_token_to_piece(self._vocab, token, buffer, size, 0, special)
            if length >= 0:
                return buffer.raw[:length]
            size = -length


def chat_formatter(llama: Any) -> Any:
    """The model's chat template as llama-cpp-python applies it."""

    def text(token: int) -> str:
        return str(llama._model.token_get_text(token)) if token != -1 else ""  # noqa: SLF001  (no public way)

    return Jinja2ChatFormatter(
        template=llama.metadata["tokenizer.chat_template"],
        eos_token=text(llama.token_eos()),
        bos_token=text(llama.token_bos()),
        stop_token_ids=[llama.token_eos()],
    )


def control_tokens(llama: Any) -> re.Pattern[str]:
    """Every token that means something other than its characters (`<|im_start|>`, `[INST]`), as a pattern."""
    vocab = llama._model.vocab  # noqa: SLF001  (no public way)
    marked = llama_cpp.LLAMA_TOKEN_ATTR_CONTROL | llama_cpp.LLAMA_TOKEN_ATTR_USER_DEFINED
    texts = (
        llama_cpp.llama_vocab_get_text(vocab, token).decode("utf-8", errors="ignore")
        for token in range(llama.n_vocab())
        if llama_cpp.llama_vocab_get_attr(vocab, token) & marked
    )
    words = sorted({text for text in texts if len(text) > 1 and text.strip()}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)) or r"(?!)")
