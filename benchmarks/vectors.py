"""Vectors of a slow embedder, kept from one measurement to the next.

The failure this prevents: two minutes of embedding the same law before every look at a table. A
file is named by the hash of embedder and texts, so that it is never read for others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.ports import Embedder, Vectors


@dataclass(frozen=True, slots=True)
class KeptVectors:
    """A folder of vectors."""

    folder: Path

    def of(self, embedder: Embedder, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, from the folder or made now."""
        file = self.folder / f"{_digest(embedder.name, texts)}.npy"
        if file.is_file():
            return np.asarray(np.load(file), dtype=np.float32)
        vectors = embedder.embed_passages(texts)
        self.folder.mkdir(parents=True, exist_ok=True)
        partial = file.with_suffix(".part.npy")
        np.save(partial, vectors)
        partial.replace(file)
        return vectors


def _digest(name: str, texts: Sequence[str]) -> str:
    total = hashlib.sha256(name.encode())
    for text in texts:
        total.update(hashlib.sha256(text.encode()).digest())
    return total.hexdigest()[:24]
