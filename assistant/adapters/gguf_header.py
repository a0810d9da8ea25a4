"""The header of a GGUF file, read and judged before llama.cpp opens it.

The failure this prevents: llama.cpp aborting the whole process on a file that is cut, is no GGUF,
holds weights it cannot multiply, or does not fit in memory. Layout as in the GGUF specification,
version 3 (version 2 is the same for little-endian files).
"""

from __future__ import annotations

import math
import mmap
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from assistant.errors import ModelAbsent, ModelBroken, ModelTooLarge

BATCH = 512
"""Tokens of a prompt that llama.cpp computes at once; the logits of a batch take memory."""

_MAGIC = b"GGUF"
_VERSIONS = {2, 3}
_NUMBERS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9
_F32 = 0
_SLACK = 64 << 20
_MULTIPLIED = ("attn_q", "attn_k", "attn_v", "attn_qkv", "attn_output", "ffn_gate", "ffn_up", "ffn_down", "token_embd")

BLOCKS: Mapping[int, tuple[int, int]] = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34), 10: (256, 84),
    11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210), 15: (256, 292), 16: (256, 66),
    17: (256, 74), 18: (256, 98), 19: (256, 50), 20: (32, 18), 21: (256, 110), 22: (256, 82), 23: (256, 136),
    24: (1, 1), 25: (1, 2), 26: (1, 4), 27: (1, 8), 28: (1, 8), 29: (256, 56), 30: (1, 2), 34: (256, 54),
    35: (256, 66), 39: (32, 17),
}  # fmt: skip
"""Per tensor type of GGML: elements in a block, bytes of a block."""


@dataclass(frozen=True, slots=True)
class Tensor:
    """A tensor's name, shape, type number and place in the data."""

    name: str
    shape: tuple[int, ...]
    type: int
    offset: int

    def size(self) -> int:
        """Bytes it takes; 0 for a type this program does not know."""
        elements, length = BLOCKS.get(self.type, (1, 0))
        return math.prod(self.shape) // elements * length


@dataclass(frozen=True, slots=True)
class GgufHeader:
    """What the header says. `values` holds numbers and strings; of an array, its length."""

    path: Path
    values: Mapping[str, int | float | str]
    tensors: tuple[Tensor, ...]

    def number(self, key: str, default: int = 0) -> int:
        """A value of the model's architecture (`llama.block_count` is `number("block_count")`)."""
        return self.whole(f"{self.values.get('general.architecture')}.{key}", default)

    def whole(self, key: str, default: int = 0) -> int:
        """A value that is a whole number above zero, else `default`: a damaged header may hold anything."""
        value = self.values.get(key)
        return value if isinstance(value, int) and value > 0 else default

    def memory(self, window: int) -> int:
        """Bytes that running it takes with a context of `window` tokens: weights, KV cache, logits."""
        heads = self.number("attention.head_count", 1)
        width = self.number("embedding_length") // heads
        a_token = self.number("attention.key_length", width) + self.number("attention.value_length", width)
        kv_heads = self.number("attention.head_count_kv", heads)
        cache = self.number("block_count") * window * kv_heads * a_token * 2
        vocabulary = self.whole("tokenizer.ggml.tokens")
        return self.path.stat().st_size + cache + 2 * BATCH * vocabulary * 4 + _SLACK


def read_header(path: Path) -> GgufHeader:
    """Read a header. `ModelBroken` when the file is no GGUF, is cut, or its weights are stored in F32."""
    try:
        with path.open("rb") as file:
            if file.read(4) != _MAGIC:
                raise ModelBroken(f"{path} is no GGUF file: pull the model again, or name a .gguf file")
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                return _parse(path, data)
    except FileNotFoundError as error:
        raise ModelAbsent(f"{path} does not exist: pull the model again, or correct the path") from error
    except OSError as error:
        raise ModelBroken(f"{path} cannot be read ({error.strerror}): correct its rights") from error
    except (struct.error, UnicodeDecodeError, OverflowError, MemoryError) as error:
        raise ModelBroken(f"{path} is cut or damaged in its header: pull the model again") from error


def refuse_if_too_large(header: GgufHeader, window: int) -> None:
    """`ModelTooLarge` when the model and a context of `window` tokens exceed the memory now available."""
    need, free = header.memory(window), psutil.virtual_memory().available
    if need > free:
        raise ModelTooLarge(
            f"{header.path.name} needs about {need / 1e9:.1f} GB of memory with a context of {window} tokens and "
            f"{free / 1e9:.1f} GB are free: take a smaller model, or lower `generation.context_window`"
        )


class _Cursor:
    """A place in the header that never goes past its end unnoticed."""

    def __init__(self, data: mmap.mmap) -> None:
        self.data = data
        self.at = len(_MAGIC)

    def take(self, letter: str) -> int | float:
        """One little-endian number; `struct.error` past the end."""
        (value,) = struct.unpack_from("<" + letter, self.data, self.at)
        self.at += struct.calcsize("<" + letter)
        return value  # type: ignore[no-any-return]  # struct is untyped; the letters above are all numbers

    def count(self, letter: str = "Q") -> int:
        return int(self.take(letter))

    def skip(self, length: int) -> int:
        """Pass over `length` bytes and return where they began."""
        start = self.at
        if length > len(self.data) - start:
            raise struct.error("past the end")
        self.at += length
        return start

    def string(self) -> str:
        start = self.skip(self.count())
        return self.data[start : self.at].decode("utf-8")

    def value(self, kind: int) -> int | float | str:
        if kind == _STRING:
            return self.string()
        if kind == _ARRAY:
            return self._array()
        return self.take(_letter(kind))

    def _array(self) -> int:
        kind, length = self.count("I"), self.count()
        if kind == _STRING:
            for _ in range(length):
                self.skip(self.count())
        else:
            self.skip(struct.calcsize(_letter(kind)) * length)
        return length


def _letter(kind: int) -> str:
    letter = _NUMBERS.get(kind)
    if letter is None:
        raise struct.error(f"unknown kind of value {kind}")
    return letter


def _parse(path: Path, data: mmap.mmap) -> GgufHeader:
    cursor = _Cursor(data)
    version = cursor.count("I")
    if version not in _VERSIONS:
        raise ModelBroken(f"{path} is a GGUF of version {version}, which is not read: take a newer file of the model")
    tensor_count, value_count = cursor.count(), cursor.count()
    values: dict[str, int | float | str] = {}
    for _ in range(value_count):
        key = cursor.string()
        values[key] = cursor.value(cursor.count("I"))
    tensors = tuple(_tensor(cursor) for _ in range(tensor_count))
    header = GgufHeader(path, values, tensors)
    alignment = header.whole("general.alignment", 32)
    start = -(-cursor.at // alignment) * alignment
    end = start + max((tensor.offset + tensor.size() for tensor in tensors), default=0)
    if end > len(data):
        raise ModelBroken(f"{path} is cut: {len(data)} bytes of {end}: pull the model again")
    _refuse_f32(header)
    return header


def _tensor(cursor: _Cursor) -> Tensor:
    name = cursor.string()
    shape = tuple(cursor.count() for _ in range(cursor.count("I")))
    return Tensor(name, shape, cursor.count("I"), cursor.count())


def _refuse_f32(header: GgufHeader) -> None:
    for tensor in header.tensors:
        part = tensor.name.removesuffix(".weight").rsplit(".", 1)[-1]
        if tensor.type == _F32 and len(tensor.shape) > 1 and part in _MULTIPLIED:
            raise ModelBroken(
                f"{header.path} holds F32 weights ({tensor.name}), on which llama.cpp can crash: "
                "take the model's Q4_K_M, Q8_0 or F16 file"
            )
