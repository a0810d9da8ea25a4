"""Embedders measured alone: French and English questions, and matching the two versions of a provision.

The failure this prevents: a fusion that hides an embedder which finds nothing, or one that knows
only the act it was trained on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from assistant.adapters import hybrid
from assistant.answering.pipeline import Assistant
from assistant.evaluation.figures import Figure, figure
from assistant.evaluation.questions import Case
from assistant.law.passage import Passage
from assistant.ports import Embedder, Vectors
from benchmarks.plain_search import Nearest, Pool, pools
from benchmarks.texts import headed
from benchmarks.vectors import KeptVectors


@dataclass(frozen=True)
class Bench:
    """An embedder and the paragraphs it is measured on; `left_out` is the act that it was not trained on, if any."""

    name: str
    embedder: Embedder
    assistant: Assistant
    paragraphs: Sequence[Passage]
    kept: KeptVectors
    left_out: str = ""

    @cached_property
    def search(self) -> Nearest:
        """Text and headings of each paragraph; recitals out, named act boosted."""
        vectors = {lang: self.vectors(pool) for lang, pool in self._pools.items()}
        return Nearest(self.assistant, self._pools, vectors, self.embedder.embed_questions)

    def vectors(self, pool: Pool) -> Vectors:
        """Vectors of a pool's texts and headings."""
        return self.kept.of(self.embedder, [headed(passage) for passage in pool.passages])

    def as_indexed(self) -> Nearest:
        """The same over what the product gives its embedder, everyday lines included."""
        vectors = {
            lang: self.kept.of(self.embedder, [hybrid.DENSE.text(passage) for passage in pool.passages])
            for lang, pool in self._pools.items()
        }
        return replace(self.search, vectors=vectors)

    def matching(self, act: str = "") -> dict[str, Figure]:
        """Each French provision looks for its English version among all, by its vector alone.

        `act` keeps only the provisions of one act as questions.
        """
        french = {passage.reference: row for row, passage in enumerate(self._pools["fr"].passages)}
        pairs = [
            (french[passage.reference], row)
            for row, passage in enumerate(self._pools["en"].passages)
            if passage.reference in french and not passage.only_language and act in {"", passage.reference.act}
        ]
        asked, wanted = (np.array(rows) for rows in zip(*pairs, strict=True))
        scores = self.search.vectors["fr"][asked] @ self.search.vectors["en"].T
        ranks = 1 + (scores > scores[np.arange(len(wanted)), wanted][:, None]).sum(axis=1)
        return {"first": figure(ranks == 1), "mrr": figure(1 / ranks)}

    @cached_property
    def _pools(self) -> Mapping[str, Pool]:
        return pools(self.paragraphs)


def about(act: str, cases: Sequence[Case]) -> list[Case]:
    """The questions that one act alone answers."""
    return [case for case in cases if all(place.act == act for place in case.gold)]
