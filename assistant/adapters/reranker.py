"""The `Reranker` port over a cross-encoder of sentence-transformers, read from a folder, never the network.

The failure this prevents: an order of passages that changes because the model behind it changed unnoticed.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.adapters.model_folder import loading, revision
from assistant.models import Catalogue, load_catalogue, require
from assistant.settings import Settings

_BATCH = 16


class CrossEncoderReranker:
    """A reranker in memory. Several threads may use it: the tokenizer serves one at a time."""

    def __init__(self, folder: Path, label: str) -> None:
        """Load `folder`. Raises `ModelBroken` when it holds no whole model with a single score."""
        with loading(folder, "config.json"):
            from sentence_transformers import CrossEncoder

            self._model = CrossEncoder(str(folder), local_files_only=True)
            if self._model.num_labels != 1:
                raise ValueError(f"it gives {self._model.num_labels} labels where a reranker gives one score")
        self._name = f"{label}@{revision(folder)}"
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """Label and revision, for example `bge-reranker-v2-m3@0123456789ab`."""
        return self._name

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """One score a text, in the same order; higher is better."""
        if not texts:
            return []
        pairs = [(question, text) for text in texts]
        with self._lock:
            scores = self._model.predict(pairs, batch_size=_BATCH, show_progress_bar=False)
        return [float(score) for score in np.asarray(scores, dtype=np.float32).reshape(len(texts))]


def load_reranker(settings: Settings, catalogue: Catalogue | None = None) -> CrossEncoderReranker:
    """The reranker that the settings name. `ModelAbsent` says how to pull it."""
    folder = require(settings, settings.reranker, "reranker", catalogue or load_catalogue())
    return CrossEncoderReranker(folder, folder.name)
