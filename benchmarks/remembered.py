"""The product with a memory, for measurements that ask it the same questions thirty times.

What is remembered is what does not depend on the variant: how a question is read, its vectors, and
the candidates of the store. The failure this prevents: a table that takes so long that nobody makes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date

import numpy as np

from assistant.answering.pipeline import Assistant
from assistant.answering.question import Question
from assistant.answering.reading.understand import Reader, Request
from assistant.law.passage import Passage
from assistant.ports import Embedder, Filter, Hit, PassageStore, Query, Vectors


def remembering(assistant: Assistant) -> Assistant:
    """The same answers to the same questions."""
    reader = assistant.reader
    parts = {part.name: getattr(reader, part.name) for part in fields(reader)}
    retriever = replace(
        assistant.retriever,
        store=RememberingStore(assistant.retriever.store),
        embedder=RememberingEmbedder(assistant.retriever.embedder),
    )
    return replace(assistant, reader=RememberingReader(**parts), retriever=retriever)


@dataclass(frozen=True, slots=True)
class RememberingReader(Reader):
    """Reads each question once."""

    known: dict[tuple[Question, date], Request] = field(default_factory=dict)

    def read(self, question: Question, today: date) -> Request:
        """As the reader does."""
        key = (question, today)
        if key not in self.known:
            self.known[key] = Reader.read(self, question, today)
        return self.known[key]


@dataclass(frozen=True, slots=True)
class RememberingStore:
    """Searches each query once."""

    store: PassageStore
    known: dict[tuple[str, str, bytes, Filter, int], list[Hit]] = field(default_factory=dict)

    def search(self, query: Query) -> list[Hit]:
        """As the store does."""
        key = (query.text, query.expansion, query.vector.tobytes(), query.filter, query.limit)
        if key not in self.known:
            self.known[key] = self.store.search(query)
        return list(self.known[key])

    def write(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """As the store does, and what was found before may be found no more."""
        self.known.clear()
        self.store.write(passages, vectors)

    def delete(self, ids: Sequence[str]) -> None:
        """As the store does, and what was found before may be found no more."""
        self.known.clear()
        self.store.delete(ids)


@dataclass(frozen=True, slots=True)
class RememberingEmbedder:
    """Embeds each question once."""

    embedder: Embedder
    known: dict[str, Vectors] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The embedder's."""
        return self.embedder.name

    @property
    def dimensions(self) -> int:
        """The embedder's."""
        return self.embedder.dimensions

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """As the embedder does."""
        return self.embedder.embed_passages(texts)

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """As the embedder does."""
        for text in texts:
            if text not in self.known:
                self.known[text] = self.embedder.embed_questions([text])[0]
        return np.stack([self.known[text] for text in texts])
