"""The seams: what the domain asks of embedders, stores, rerankers and language models.

The failure this prevents: a foreign type (a node, a point, a llama.cpp dict) in the middle of the
answering code. Adapters implement these protocols; `answering` knows nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

import numpy as np
import numpy.typing as npt

from assistant.law.passage import Passage

Vectors = npt.NDArray[np.float32]


class Embedder(Protocol):
    """Texts to vectors of length one, float32, one row a text."""

    @property
    def name(self) -> str:
        """Identifies the model and its revision; stored in the index."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (len(texts), dimensions)."""
        ...

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of questions, shape (len(texts), dimensions)."""
        ...


@dataclass(frozen=True, slots=True)
class Filter:
    """What a passage must satisfy: language, version valid on `day`, acts (None: any), recitals or not."""

    lang: str
    day: date
    acts: tuple[str, ...] | None = None
    recitals: bool = True


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the store takes it: its words (for BM25), its vector, and words to search beside them."""

    text: str
    vector: Vectors
    filter: Filter
    limit: int
    expansion: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage and its fused score (higher is better), the rank (from 1) and the score each retriever gave it."""

    passage: Passage
    score: float
    ranks: tuple[tuple[str, int], ...] = ()
    scores: tuple[tuple[str, float], ...] = ()


class PassageStore(Protocol):
    """A hybrid index of passages: dense vectors and BM25, fused by reciprocal ranks."""

    def search(self, query: Query) -> list[Hit]:
        """The best passages, best first."""
        ...

    def write(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Insert or replace passages by their `id`; `vectors` has one row a passage."""
        ...

    def delete(self, ids: Sequence[str]) -> None:
        """Remove passages; unknown ids are no error."""
        ...


class Reranker(Protocol):
    """Scores how well each text answers the question; higher is better."""

    @property
    def name(self) -> str:
        """Identifies the model."""
        ...

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """One score a text, in the same order."""
        ...


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a language model is given: a system and a user message, a GBNF grammar, a length limit in tokens."""

    system: str
    user: str
    grammar: str | None
    max_tokens: int


@dataclass(frozen=True, slots=True)
class Usage:
    """What one stream took: tokens read and written, and wall seconds (waiting for another stream left out)."""

    prompt_tokens: int
    generated_tokens: int
    seconds: float


class LanguageModel(Protocol):
    """A chat model that streams its text."""

    @property
    def name(self) -> str:
        """What the label shows, for example the model's file name."""
        ...

    def count_tokens(self, prompt: Prompt) -> int:
        """Tokens of the prompt under the model's chat template; `ContextOverflow` is the caller's to raise."""
        ...

    def stream(self, prompt: Prompt) -> Iterator[str]:
        """Pieces of text as they come; closing the iterator stops the model at once.

        Raises `ContextOverflow` before the first token when prompt and answer do not fit.
        """
        ...

    @property
    def usage(self) -> Usage | None:
        """Of the last stream, closed ones included; None before the first."""
        ...


class EnergyMeter(Protocol):
    """Reads a growing counter of energy, in watt-hours."""

    @property
    def method(self) -> str:
        """How it is obtained: measured by which instrument, or estimated how."""
        ...

    def read(self) -> float:
        """Watt-hours since some fixed moment; the difference of two readings is what was used between them."""
        ...
