"""From a request to evidence: the places it names first, then what hybrid search finds, one row a provision.

The failure this prevents: a list filled by ten points of one article, or by recitals that explain
a rule instead of the rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.understand import Request
from assistant.errors import UnknownReference
from assistant.law.identifiers import LocatorKind, Reference
from assistant.law.passage import Passage
from assistant.library import Library
from assistant.ports import Embedder, Filter, Hit, PassageStore, Query

NAMED_ACT = 1.5
"""Factor on the score of passages of an act that the question names."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage, its score, what found it (`reference`, or the rank that each retriever gave it)."""

    passage: Passage
    score: float
    found_by: tuple[tuple[str, int], ...]

    @property
    def named(self) -> bool:
        """Whether the question names this place."""
        return any(retriever == "reference" for retriever, _ in self.found_by)


@dataclass(frozen=True, slots=True)
class Retriever:
    """Finds evidence in a store and a library."""

    store: PassageStore
    embedder: Embedder
    library: Library
    candidates: int

    def named(self, request: Request) -> list[Evidence]:
        """The places that the question names; `UnknownReference` when one does not exist."""
        found = []
        for reference in _all_references(request, self.library):
            passage = self.library.passage(reference, request.lang, request.day)
            found.append(Evidence(passage, 1.0, (("reference", 1),)))
        return found

    def search(self, request: Request) -> list[Evidence]:
        """Provisions by decreasing score, named places first, each with its best passage."""
        vector = self.embedder.embed_questions([request.search_text])[0]
        recitals = any(reference.locator.kind is LocatorKind.RECITAL for reference in request.references)
        query = Query(request.search_text, vector, Filter(request.lang, request.day), self.candidates)
        hits = [_boosted(hit, request) for hit in self.store.search(query) if recitals or _is_rule(hit)]
        ranked = sorted(hits, key=lambda hit: -hit.score)
        return one_per_provision(
            [*self.named(request), *(Evidence(hit.passage, hit.score, hit.ranks) for hit in ranked)]
        )


def one_per_provision(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The first piece of evidence of each article, recital, annex point or section, in order."""
    seen: set[Reference] = set()
    kept = []
    for piece in evidence:
        unit = _unit(piece.passage.reference)
        if unit not in seen:
            seen.add(unit)
            kept.append(piece)
    return kept


def _unit(reference: Reference) -> Reference:
    """An article, recital or section; of an annex, its first-level point."""
    locator = reference.locator
    if locator.kind is LocatorKind.ANNEX and locator.parts:
        return Reference(reference.act, replace(locator, parts=locator.parts[:1]))
    return reference.top


def _is_rule(hit: Hit) -> bool:
    return hit.passage.reference.locator.kind is not LocatorKind.RECITAL


def _boosted(hit: Hit, request: Request) -> Hit:
    return replace(hit, score=hit.score * NAMED_ACT) if hit.passage.reference.act in request.acts else hit


def _all_references(request: Request, library: Library) -> list[Reference]:
    """References with their act, and places named without one where only one act has them."""
    found = list(request.references)
    for locator in request.unplaced:
        holders = [act for act in library.acts if _exists(library, Reference(act, locator), request)]
        if len(holders) == 1:
            found.append(Reference(holders[0], locator))
    return found


def _exists(library: Library, reference: Reference, request: Request) -> bool:
    try:
        library.passage(reference, request.lang, request.day)
    except UnknownReference:
        return False
    return True
