"""From a request to evidence: the places it names first, then what hybrid search finds, one row a provision.

The failure this prevents: a list filled by ten points of one article, or by recitals that explain
a rule instead of the rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.ranking import CHARTER_ROWS, Priors, Scored, add, interleave, rank, without_flood
from assistant.answering.understand import Request
from assistant.errors import UnknownReference
from assistant.law.identifiers import LocatorKind, Reference
from assistant.law.passage import Passage
from assistant.library import Library
from assistant.ports import Embedder, Filter, PassageStore, Query

PART = 0.3
"""Weight of the ranking of a part of a question, beside one for the whole."""

PART_OF_ACT = 0.2
"""The same for a part that names the act which is searched."""

EXPANSION = 0.4
"""Weight of the vector of the words that the thesaurus adds, beside one for the question's own."""


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
    """Finds evidence in a store and a library."""

    store: PassageStore
    embedder: Embedder
    library: Library
    priors: Priors
    candidates: int

    def named(self, request: Request) -> list[Evidence]:
        """The places that the question names; `UnknownReference` when one does not exist."""
        found = []
        for reference in _all_references(request, self.library):
            passage = self.library.passage(reference, request.lang, request.day)
            found.append(Evidence(passage, 1.0, (("reference", 1),)))
        return found

    def extents(self, request: Request) -> str:
        """What the acts hold of which the question names a place that does not exist."""
        missing = [r.act for r in request.references if not _exists(self.library, r, request)]
        known = [act for act in dict.fromkeys(missing) if act in self.library.acts]
        return "; ".join(self.library.extent(act, request.lang, request.day) for act in known)

    def search(self, request: Request) -> list[Evidence]:
        """Provisions by decreasing score, named places first, each with its best passage."""
        ranked = self._ranked(request)
        if "charte" not in request.acts:
            ranked = without_flood(ranked, "charte", CHARTER_ROWS)
        found = [Evidence(s.passage, s.score, s.found_by, s.boosts) for s in ranked]
        return one_per_unit([*self.named(request), *found])

    def _ranked(self, request: Request) -> list[Scored]:
        """One ranking of the whole question; where it has parts, these too, act by act where it names several."""
        whole = self._one(request, request.search_text)
        if request.search_text != request.question:
            whole = add([(1.0, whole), (1.0, self._one(request, request.question))])
        if len(request.acts) > 1:
            return interleave([self._in_act(request, act) for act in request.acts], whole)
        if request.segments:
            parts = [(PART, self._one(request, segment.text)) for segment in request.segments]
            return add([(1.0, whole), *parts])
        return whole

    def _in_act(self, request: Request, act: str) -> list[Scored]:
        """One act alone, asked the whole question and the parts of it that name this act."""
        parts = [segment.text for segment in request.segments if act in segment.acts]
        whole = self._one(request, request.search_text, act)
        return add([(1.0, whole), *((PART_OF_ACT, self._one(request, part, act)) for part in parts)])

    def _one(self, request: Request, text: str, act: str = "") -> list[Scored]:
        expansion = request.expansion_of(text)
        vectors = self.embedder.embed_questions([text, expansion] if expansion else [text])
        vector = vectors[0] + EXPANSION * vectors[1] if expansion else vectors[0]
        recitals = any(reference.locator.kind is LocatorKind.RECITAL for reference in request.references)
        asked = Filter(request.lang, request.day, (act,) if act else None, recitals)
        hits = self.store.search(Query(text, vector, asked, self.candidates, expansion))
        return rank(hits, request, self.priors)


def one_per_unit(evidence: Sequence[Evidence]) -> list[Evidence]:
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
