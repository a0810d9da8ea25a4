"""From a request to evidence: the places it names first, then what hybrid search finds, one row a provision.

The failure this prevents: a list filled by ten points of one article, or by recitals that explain
a rule instead of the rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answering.ranking import Scored, interleave, rank
from assistant.answering.understand import Request
from assistant.errors import UnknownReference
from assistant.law.identifiers import LocatorKind, Reference
from assistant.law.passage import Passage
from assistant.library import Library
from assistant.ports import Embedder, Filter, PassageStore, Query


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage, its score, what found it (`reference`, or the rank that each retriever gave it), its boosts."""

    passage: Passage
    score: float
    found_by: tuple[tuple[str, int], ...]
    boosts: tuple[tuple[str, float], ...] = ()

    @property
    def named(self) -> bool:
        """Whether the question names this place."""
        return any(retriever == "reference" for retriever, _ in self.found_by)


@dataclass(frozen=True, slots=True)
class Retriever:
    """Finds evidence in a store and a library. `owners`: which collectivité a local text belongs to."""

    store: PassageStore
    embedder: Embedder
    library: Library
    owners: Mapping[str, str]
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
        ranked = self._ranked(request)
        if len(request.acts) > 1:
            ranked = interleave(ranked, request.acts)
        found = [Evidence(s.passage, s.score, s.found_by, s.boosts) for s in ranked]
        return one_per_provision([*self.named(request), *found])

    def _ranked(self, request: Request) -> list[Scored]:
        vector = self.embedder.embed_questions([request.search_text])[0]
        recitals = any(reference.locator.kind is LocatorKind.RECITAL for reference in request.references)
        asked = Filter(request.lang, request.day, recitals=recitals)
        query = Query(request.search_text, vector, asked, self.candidates, request.expansion)
        return rank(self.store.search(query), request, self.owners)


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
