"""Plain rankers over passages, in numpy: BM25 over chosen fields, and nearest vectors.

They stand beside the product's search in the tables and share nothing with it but the stemmer, so
that a fault of its store or its fusion cannot hide in the baseline.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from assistant.adapters import bm25
from assistant.evaluation.retrieval import DEPTH, Hit, hit_of
from assistant.law.identifiers import LocatorKind, Reference
from assistant.law.passage import Passage
from assistant.ports import Vectors

Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Postings:
    """An inverted index: per stem the texts that hold it and its weight there."""

    rows: Mapping[int, tuple[npt.NDArray[np.int64], Scores]]
    count: int

    @classmethod
    def of(cls, texts: Iterable[str], lang: str) -> Postings:
        """BM25 weights of texts, inverse document frequency included (as Lucene and Qdrant have it)."""
        found: dict[int, list[tuple[int, float]]] = defaultdict(list)
        count = 0
        for row, text in enumerate(texts):
            vector = bm25.encode_passage(text, lang)
            for stem, value in zip(vector.indices, vector.values, strict=True):
                found[stem].append((row, value))
            count = row + 1
        return cls({stem: _weighted(pairs, count) for stem, pairs in found.items()}, count)

    def scores(self, stems: Mapping[int, float]) -> Scores:
        """One score a text for a question's stems and their weights."""
        total = np.zeros(self.count)
        for stem, weight in stems.items():
            if stem in self.rows:
                rows, values = self.rows[stem]
                total[rows] += weight * values
        return total


def _weighted(pairs: Sequence[tuple[int, float]], count: int) -> tuple[npt.NDArray[np.int64], Scores]:
    rows, values = zip(*pairs, strict=True)
    rarity = np.log1p((count - len(rows) + 0.5) / (len(rows) + 0.5))
    return np.array(rows, dtype=np.int64), np.array(values) * rarity


def stems(question: str, lang: str, expansion: str = "", weight: float = 0.5) -> dict[int, float]:
    """The stems of a question, and those of what is searched beside it at a lower weight."""
    found = dict.fromkeys(bm25.encode_question(question, lang).indices, 1.0)
    for stem in bm25.encode_question(expansion, lang).indices if expansion else ():
        found[stem] = found.get(stem, 0.0) + weight
    return found


def nearest(passages: Vectors, question: Vectors) -> Scores:
    """Cosine of a question with each passage; all vectors have length one."""
    return np.asarray(passages @ question, dtype=np.float64)


def best(passages: Sequence[Passage], scores: Scores, first: Sequence[Passage] = ()) -> list[Hit]:
    """One row a provision, its best passage, after the passages that stand `first`; what scores nothing is left out."""
    order = (passages[row] for row in np.argsort(-scores, kind="stable") if scores[row] > 0)
    kept: dict[Reference, Passage] = {}
    for passage in (*first, *order):
        kept.setdefault(_unit(passage.reference), passage)
        if len(kept) == DEPTH:
            break
    return [hit_of(passage) for passage in kept.values()]


def _unit(reference: Reference) -> Reference:
    """What a result shows once: an article, a recital, a section, a first-level point of an annex."""
    locator = reference.locator
    if locator.kind is LocatorKind.ANNEX and locator.parts:
        return Reference(reference.act, replace(locator, parts=locator.parts[:1]))
    return reference.top
