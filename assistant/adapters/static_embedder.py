"""A static embedder read without a neural network library: one vector a word piece, a text is their mean.

For questions only: sentence-transformers, which embeds the passages, costs four seconds and 400 MB
to import; the two give the same vectors (a test holds them together). The failure this prevents: a
search that takes longer to start than to answer.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from assistant.adapters.model_folder import revision
from assistant.errors import ModelBroken
from assistant.ports import Vectors

_MODULES, _WEIGHTS, _TOKENIZER = "modules.json", "model.safetensors", "tokenizer.json"
_KEY = "embedding.weight"
_TINY = 1e-12


def static_module(folder: Path) -> Path | None:
    """The folder of the only module of a static model; None for any other kind of model."""
    try:
        modules = json.loads((folder / _MODULES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if len(modules) != 1 or not modules[0].get("type", "").endswith("StaticEmbedding"):
        return None
    return folder / str(modules[0]["path"])


class StaticEmbedder:
    """The embedder in memory; several threads may use it."""

    def __init__(self, folder: Path, label: str) -> None:
        """Load `folder`; `ModelBroken` when it holds no whole static model."""
        module = static_module(folder)
        if module is None:
            raise ModelBroken(f"{folder} holds no static embedder: name another one in the setting embedder")
        try:
            self._weights = load_file(module / _WEIGHTS)[_KEY].astype(np.float32)
            self._tokenizer = Tokenizer.from_file(str(module / _TOKENIZER))
        except Exception as error:
            if not isinstance(error, (OSError, ValueError, KeyError, SafetensorError)) and type(error) is not Exception:
                raise
            raise ModelBroken(f"{folder} is damaged ({error}): install the program again") from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._name = f"{label}@{revision(folder)}"

    @property
    def name(self) -> str:
        """Label and revision, the same as sentence-transformers' for this folder."""
        return self._name

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self._weights.shape[1])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of length one, float32, shape (len(texts), dimensions)."""
        return self._embed(texts)

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of length one, float32, shape (len(texts), dimensions)."""
        return self._embed(texts)

    def _embed(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        encodings = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        for row, encoding in zip(rows, encodings, strict=True):
            if encoding.ids:
                row[:] = self._weights[encoding.ids].mean(axis=0)
        lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), _TINY)
        return np.asarray(rows / lengths, dtype=np.float32)
