"""Reorders evidence with a cross-encoder where one is configured; places named in the question stay first.

The failure this prevents: a reranker that pushes the very article asked for down the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.reading.understand import Request
from assistant.answering.retrieval.retrieve import Evidence
from assistant.ports import Reranker

DEPTH = 20
"""Provisions that are scored; those after them keep their order."""


def rerank(reranker: Reranker | None, request: Request, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The same evidence, best first."""
    if reranker is None:
        return list(evidence)
    named = [piece for piece in evidence if piece.named]
    found = [piece for piece in evidence if not piece.named]
    scored = found[:DEPTH]
    texts = [f"{piece.passage.label}. {piece.passage.context} {piece.passage.text}" for piece in scored]
    scores = reranker.score(request.search_text, texts)
    ordered = sorted(zip(scores, scored, strict=True), key=lambda pair: -pair[0])
    return [*named, *(replace(piece, score=score) for score, piece in ordered), *found[DEPTH:]]
