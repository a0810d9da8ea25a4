"""From a request to evidence: the places it names first, then what hybrid search finds, one row a provision.

The failure this prevents: a list filled by ten points of one article, or by recitals that explain
a rule instead of the rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.answering.reading.parts import parts_of
from assistant.answering.reading.understand import CHARTER_ACT, Request
from assistant.answering.retrieval.application import general_date, in_order_of_dates
from assistant.answering.retrieval.ranking import (
    CHARTER_ROWS,
    WEIGHTS,
    Priors,
    Scored,
    add,
    interleave,
    rank,
    without_flood,
)
from assistant.everyday_lines import EverydayLines, Nearest
from assistant.law.identifiers import LocatorKind, Reference
from assistant.law.passage import Passage
from assistant.library import Library
from assistant.ports import Embedder, Filter, PassageStore, Query, Vectors

FOUND_PER_CLAUSE = 2
"""Of what was found, provisions that stand before each clause of a verdict."""

ALSO = 2
"""Further passages of a provision that go with its best one."""

ALONE = 0.6
"""Weight of a follow-up searched as it was typed, beside one for the completed question."""

WITHIN, WITHIN_FOLLOW_UP = 0.5, 1.0
"""Weight of the act that a question, or a follow-up, names, searched alone without its name."""

PART_SURE, PART_SCORE = 0.35, 0.9
"""Nearness (squared cosine) of an everyday line from which a part of a question is answered beside the whole, and its
score, the first of the whole being 1."""

EXPANSION = 0.4
"""Weight of the vector of the words that the thesaurus adds, beside one for the question's own."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage, its score, what found it (`reference`, or the rank that each retriever gave it), its boosts.

    `nearest`: how near the question is to every everyday line; `also`: the next best passages of the same
    article, annex point or section, with their scores.
    """

    passage: Passage
    score: float
    found_by: tuple[tuple[str, int], ...]
    boosts: tuple[tuple[str, float], ...] = ()
    nearest: Nearest | None = None
    also: tuple[tuple[Passage, float], ...] = ()

    @property
    def line(self) -> str:
        """The everyday line of the provision that is nearest to the question, empty where it has none."""
        return self.nearest.line(self.passage.reference) if self.nearest else ""

    @property
    def meant(self) -> Reference:
        """The provision whose everyday line is nearest to the question: this one, or one that holds it."""
        return self.nearest.owner(self.passage.reference) if self.nearest else self.passage.reference

    @property
    def named(self) -> bool:
        """Whether the question names this place."""
        return any(retriever == "reference" for retriever, _ in self.found_by)

    @property
    def asked_beside(self) -> bool:
        """Whether it answers another part of the question than the first one."""
        return any(retriever == "part" for retriever, _ in self.found_by)

    @property
    def ruled(self) -> bool:
        """Whether it is here because a verdict rests on it."""
        return any(retriever == "rule" for retriever, _ in self.found_by)


@dataclass(frozen=True, slots=True)
class Retriever:
    """Finds evidence in a store, the everyday lines and a library."""

    store: PassageStore
    lines: EverydayLines
    embedder: Embedder
    library: Library
    priors: Priors
    candidates: int
    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)

    def named(self, request: Request) -> list[Evidence]:
        """The places that the question names; `UnknownReference` when one does not exist."""
        found = []
        for reference in _all_references(request, self.library):
            passage = self.library.passage(reference, request.lang, request.day)
            found.append(Evidence(passage, 1.0, (("reference", 1),)))
        return found

    def search(self, request: Request) -> list[Evidence]:
        """Provisions by decreasing score, named places first, each with its best passage."""
        whole = self._encode(request, request.search_text)
        ranked = without_flood(self._ranked(request, whole), CHARTER_ACT, CHARTER_ROWS)
        found = [Evidence(s.passage, s.score, s.found_by, s.boosts, whole.nearest) for s in ranked]
        dates = in_order_of_dates(request, found[:1], self._general_date(request, found))
        found = [*dates, *self._asked_beside(request, found), *found[1:]]
        return one_per_unit([*self.named(request), *_in_turn(self._clauses(request), found)])

    def _asked_beside(self, request: Request, found: Sequence[Evidence]) -> list[Evidence]:
        """What answers the other part of a question that asks two things, where its everyday line leaves no doubt."""
        beside = []
        for part in parts_of(request.search_text) if found and not request.references else ():
            encoded = self._encode(request, part)
            if not self._may_add(encoded.nearest, found[0].passage):
                continue
            best = next(iter(self._find(request, encoded)), None)
            if best is not None and encoded.nearest.score(best.passage.reference) >= PART_SURE:
                score = PART_SCORE * found[0].score
                piece = Evidence(best.passage, score, (("part", 1),), best.boosts, encoded.nearest)
                term = self.library.defines(piece.passage.top) and piece.passage.reference != found[0].passage.reference
                if term or piece.passage.reference.unit != found[0].passage.reference.unit:
                    beside.append(piece)
        return beside

    def _may_add(self, nearest: Nearest, first: Passage) -> bool:
        """Whether a line that is near enough belongs to another provision than the first found."""
        sure = nearest.owners_from(PART_SURE)
        return any(owner.top != first.top or self.library.defines(owner) for owner in sure)

    def _general_date(self, request: Request, found: Sequence[Evidence]) -> list[Evidence]:
        """Beside a transitional date, the one from which the rule applies to everybody else."""
        general = general_date([piece.passage for piece in found], request, self.priors.application)
        if general is None:
            return []
        passage = self.library.passage(general, request.lang, request.day)
        return [replace(found[0], passage=passage, found_by=(("part", 1),), boosts=())]

    def _clauses(self, request: Request) -> list[Evidence]:
        """The provisions that the verdict on a question about usage rests on."""
        clauses = request.advice.clauses if request.advice else ()
        passages = [self.library.passage(clause, request.lang, request.day) for clause in clauses]
        return [Evidence(passage, 1.0, (("rule", n),)) for n, passage in enumerate(passages, 1)]

    def _ranked(self, request: Request, whole: _Encoded) -> list[Scored]:
        """One ranking of the whole question; where it names several acts, the best of each in turn."""
        ranked = self._find(request, whole)
        groups = self._groups(request)
        bare = self._encode(request, request.within_an_act) if groups else whole
        lists = [(1.0, ranked)]
        alone = request.leaning.alone(request.names) if request.leaning else ""
        if alone:
            lists.append((ALONE, self._find(request, self._encode(request, alone))))
        if len(groups) == 1:
            weight = WITHIN if request.leaning is None else WITHIN_FOLLOW_UP
            lists.append((weight, self._find(request, bare, groups[0])))
        if len(lists) > 1:
            ranked = add(lists)
        if len(groups) > 1:
            return interleave([self._find(request, bare, group) for group in groups], ranked)
        return ranked

    def _groups(self, request: Request) -> list[tuple[str, ...]]:
        """The acts named, each alone; the charter together with its city's own texts, whose rules it shares.

        Where the law of the Union is asked about beside a city's text, all its acts together.
        """
        own = tuple(act for act, owner in self.priors.owners.items() if owner == request.collectivite)
        charter = (CHARTER_ACT, *own)
        beside = [tuple(act.id for act in self.library.manifest.act)] if request.union_law else []
        if CHARTER_ACT not in request.acts:
            return [*((act,) for act in request.acts), *beside]
        others = [(act,) for act in request.acts if act not in charter]
        return [charter, *others, *beside]

    def _encode(self, request: Request, text: str) -> _Encoded:
        expansion = request.expansion_of(text)
        vectors = self.embedder.embed_questions([text, expansion] if expansion else [text])
        vector = vectors[0] + EXPANSION * vectors[1] if expansion else vectors[0]
        return _Encoded(text, expansion, vector, self.lines.nearest(vectors[0], request.lang))

    def _find(self, request: Request, encoded: _Encoded, acts: tuple[str, ...] | None = None) -> list[Scored]:
        recitals = any(reference.locator.kind is LocatorKind.RECITAL for reference in request.references)
        asked = Filter(request.lang, request.day, acts, recitals)
        query = Query(encoded.text, encoded.vector, asked, self.candidates, encoded.expansion)
        return rank(self.store.search(query), encoded.nearest, request, self.priors, self.weights)


@dataclass(frozen=True, slots=True)
class _Encoded:
    """A text as it is searched, worked out once: the thesaurus' words, the vector, the everyday lines near it."""

    text: str
    expansion: str
    vector: Vectors
    nearest: Nearest


def _in_turn(clauses: Sequence[Evidence], found: Sequence[Evidence]) -> list[Evidence]:
    """Two of what was found, then a clause, and so on; a clause takes the score of what it stands after."""
    mixed: list[Evidence] = []
    waiting = iter(clauses)
    for n, piece in enumerate(found, 1):
        mixed.append(piece)
        clause = next(waiting, None) if n % FOUND_PER_CLAUSE == 0 else None
        if clause is not None:
            mixed.append(replace(clause, score=piece.score, nearest=piece.nearest))
    return mixed


def one_per_unit(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The first piece of evidence of each article, recital, annex point or section, in order; the next go with it."""
    kept: dict[Reference, Evidence] = {}
    others: dict[Reference, list[tuple[Passage, float]]] = {}
    for piece in evidence:
        unit = piece.passage.reference if piece.asked_beside else piece.passage.reference.unit
        if unit in kept:
            others.setdefault(unit, []).append((piece.passage, piece.score))
        else:
            kept[unit] = piece
    return [
        replace(piece, also=tuple(others[unit][:ALSO])) if unit in others else piece for unit, piece in kept.items()
    ]


def _all_references(request: Request, library: Library) -> list[Reference]:
    """References with their act, and places named without one where only one act has them."""
    found = list(request.references)
    for locator in request.unplaced:
        holders = [act for act in library.acts if library.has(Reference(act, locator), request.lang, request.day)]
        if len(holders) == 1:
            found.append(Reference(holders[0], locator))
    return found
