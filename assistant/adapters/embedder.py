"""The `Embedder` port over sentence-transformers: any model folder of that library, never the network.

The failure this prevents: an index searched with vectors that another model, another revision or
other prefixes made; `name` changes with each of them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from assistant.adapters.model_folder import loading, revision
from assistant.adapters.static_embedder import StaticEmbedder, static_module
from assistant.models import Catalogue, Prefixes, load_catalogue, require
from assistant.ports import Embedder, Vectors
from assistant.settings import Settings

_BATCH = 32


class SentenceTransformerEmbedder:
    """An embedder in memory. Several threads may use it: the tokenizer serves one at a time."""

    def __init__(self, folder: Path, label: str, prefixes: Prefixes | None = None) -> None:
        """Load `folder`. `prefixes` None: those that the model itself names, if any; else none.

        Raises `ModelBroken` when the folder holds no whole model.
        """
        with loading(folder, "modules.json"):
            from sentence_transformers import SentenceTransformer

            prompts = {"query": prefixes.question, "document": prefixes.passage} if prefixes else None
            self._model = SentenceTransformer(str(folder), prompts=prompts, local_files_only=True)
            self._dimensions = int(self._model.get_embedding_dimension())
        self._name = f"{label}@{revision(folder, *(prompts or {}).values())}"
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """Label and revision, for example `all-MiniLM-L6-v2@0123456789ab`."""
        return self._name

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return self._dimensions

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of length one, float32, shape (len(texts), dimensions)."""
        return self._embed(self._model.encode_document, texts)

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of length one, float32, shape (len(texts), dimensions)."""
        return self._embed(self._model.encode_query, texts)

    def _embed(self, encode: Callable[..., object], texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self._dimensions), dtype=np.float32)
        with self._lock:
            vectors = encode(list(texts), batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)


def load_embedder(settings: Settings, catalogue: Catalogue | None = None) -> SentenceTransformerEmbedder:
    """The embedder that the settings name, for passages and questions. `ModelAbsent` says how to pull it."""
    known = catalogue or load_catalogue()
    folder = require(settings, settings.embedder, "embedder", known)
    model = known.find(settings.embedder)
    return SentenceTransformerEmbedder(folder, folder.name, model.prefixes if model else None)


def load_question_embedder(settings: Settings, catalogue: Catalogue | None = None) -> Embedder:
    """The same for questions alone: a static model is read without sentence-transformers."""
    folder = require(settings, settings.embedder, "embedder", catalogue)
    return load_embedder(settings, catalogue) if static_module(folder) is None else StaticEmbedder(folder, folder.name)
