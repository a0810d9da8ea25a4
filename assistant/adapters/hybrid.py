"""The hybrid search, described once: which vectors a passage has, what a question asks of them.

The failure this prevents: two stores that encode, search or fuse differently, so that the answer to
a question depends on where the index lives. Both engines execute what stands here; a server fuses
by reciprocal ranks itself, for the embedded engine `fuse` does the same.
"""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import nlargest
from operator import itemgetter

from assistant.adapters import bm25, payload
from assistant.adapters.bm25 import Sparse
from assistant.errors import StoreError
from assistant.law.passage import Passage
from assistant.ports import Hit, Query, Vectors

# The constant of reciprocal rank fusion in Cormack, Clarke and Büttcher (SIGIR 2009).
RRF_K = 60
# How deep each retriever looks, however few passages are asked for: fusing two short lists
# would lose what both hold a little further down.
DEPTH = 120


class VectorKind(StrEnum):
    """How a vector is made: by the embedder, or from the words by BM25."""

    DENSE = "dense"
    SPARSE = "sparse"


def searchable_text(passage: Passage) -> str:
    """Everything that helps to find a passage: title, headings, lead-in, text and everyday lines."""
    parts = (passage.title, passage.path, passage.context, passage.text, passage.words)
    return "\n".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class NamedVector:
    """One vector of every point: its name in the store, its kind, the text of the passage it encodes."""

    name: str
    kind: VectorKind
    text: Callable[[Passage], str]


def everyday_words(passage: Passage) -> str:
    """How people say it: the everyday lines of the provision and of those that hold it, with title and lead-in."""
    return "\n".join(part for part in (passage.title, passage.context, passage.words) if part)


def embedded_text(passage: Passage) -> str:
    """What the embedder reads: title, everyday lines, words that introduce it, text."""
    return " . ".join(part for part in (passage.title, passage.words, passage.context, passage.text) if part)


DENSE = NamedVector("dense", VectorKind.DENSE, embedded_text)
SPARSE = (
    NamedVector("bm25", VectorKind.SPARSE, searchable_text),
    NamedVector("words", VectorKind.SPARSE, everyday_words),
)
# Weight of the words that the thesaurus adds to a question, beside one for its own.
EXPANSION = 0.5


@dataclass(frozen=True, slots=True)
class Retriever:
    """One list of candidates to fetch: the named vector searched, and what is near to what."""

    name: str
    vector: list[float] | Sparse


def retrievers(query: Query) -> list[Retriever]:
    """The retrievers of a question; a question without words is searched by its vector alone."""
    found = [Retriever(DENSE.name, query.vector.ravel().tolist())]
    words = bm25.encode_question(query.text, query.filter.lang)
    if query.expansion:
        words = bm25.add(words, bm25.encode_question(query.expansion, query.filter.lang), EXPANSION)
    return found + [Retriever(named.name, words) for named in SPARSE if words]


def depth(query: Query) -> int:
    """How many candidates each retriever gives."""
    return max(query.limit, DEPTH)


def sparse_vectors(passage: Passage) -> dict[str, Sparse]:
    """The sparse vectors of a passage by name; one whose text has no words is left out.

    A passage that exists in one language is found in all, so its everyday lines are in all.
    """
    encoded = {named.name: bm25.encode_passage(named.text(passage), passage.lang) for named in SPARSE}
    if passage.only_language:
        for lang in (lang for lang in bm25.ANALYSERS if lang != passage.lang):
            encoded["words"] = bm25.add(encoded["words"], bm25.encode_passage(passage.words, lang), 1.0)
    return {name: vector for name, vector in encoded.items() if vector}


def check_rows(passages: Sequence[Passage], vectors: Vectors) -> None:
    """`StoreError` unless there is one vector for each passage; the engines check the dimensions."""
    if vectors.ndim != 2 or len(vectors) != len(passages):
        raise StoreError(f"{len(passages)} passages came with vectors of shape {vectors.shape}: one row each is needed")


Ranking = Sequence[tuple[int, float]]
"""Points and scores of one retriever, best first."""


def fuse(rankings: Sequence[Ranking], limit: int) -> Ranking:
    """Reciprocal rank fusion as Qdrant computes it (its ranks begin at zero), the best `limit` points."""
    total: dict[int, float] = {}
    for points in rankings:
        for rank, (point, _) in enumerate(points):
            total[point] = total.get(point, 0.0) + 1.0 / (RRF_K + rank)
    return nlargest(limit, total.items(), key=itemgetter(1))


def hits(fused: Ranking, rankings: Mapping[str, Ranking], passages: Mapping[int, Passage]) -> list[Hit]:
    """The hits of an engine's fused list, best first; equal scores in the order of the passages' ids."""
    ranks: dict[int, list[tuple[str, int]]] = {point: [] for point, _ in fused}
    scores: dict[int, list[tuple[str, float]]] = {point: [] for point, _ in fused}
    for name, points in rankings.items():
        for rank, (point, score) in enumerate(points, start=1):
            if point in ranks:
                ranks[point].append((name, rank))
                scores[point].append((name, score))
    found = [Hit(passages[p], score, tuple(ranks[p]), tuple(scores[p])) for p, score in fused]
    return sorted(found, key=lambda hit: (-hit.score, hit.passage.id))


def fingerprint() -> str:
    """Twelve hexadecimal digits over what shapes the index beside texts and embedder: vectors, encoder, payload."""
    shape = {
        "vectors": [(named.name, named.kind, inspect.getsource(named.text)) for named in (DENSE, *SPARSE)],
        "bm25": [bm25.K, bm25.B, bm25.AVERAGE_LENGTH, {k: [a.name, a.folded] for k, a in bm25.ANALYSERS.items()}],
        "payload": payload.VERSION,
    }
    return hashlib.sha256(json.dumps(shape, sort_keys=True).encode()).hexdigest()[:12]
