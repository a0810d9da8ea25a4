"""What a question asks of texts that are not on this machine, found by their everyday lines alone.

The lines and the plain sentences of every text come with the program; its official words may be
missing. A question is about a missing text when it names it, or when the everyday line nearest to it
is one of that text. The failure this prevents: "no text says so", or another text's answer, where a
text was never fetched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.answering.absent.cite import place_label
from assistant.answering.answer import RefusalType
from assistant.answering.reading.understand import Request
from assistant.answering.refusal.clarify import Clarification
from assistant.answering.refusal.clues import OTHER_LAW
from assistant.answering.refusal.refuse import Gate, Refusal, Stop, odds
from assistant.answering.refusal.scope import Scope
from assistant.answering.retrieval.retrieve import EXPANSION, Retriever
from assistant.law.identifiers import Locator, Reference
from assistant.lexicon import Entry, Lexicon
from assistant.library import Library

FLOOR, LEAST_ODDS = 0.4, -1.0
"""Least cosine of the nearest everyday line, and least logarithm of the odds that these texts can answer at all.
Of our own tuning questions 91 of the 92 that name no text reach both, and 1 of 17 that no text answers."""

BESIDE = 0.05
"""How far the nearest line of a missing text may be from the nearest of all for one sentence to be told beside an
answer from the texts that are here. With one act taken away the nearest line is one of that act for 0.88 of the
tuning questions about it and 0.016 of those about others; within 0.05 of the nearest, for 0.98 and 0.06."""

NAMED_FLOOR = 0.3
"""The same as `FLOOR` for the provisions of a text that the question names."""

MOST, NEAR, OF_THE_FIRST = 3, 0.8, 3
"""Articles at most, the share of the best cosine from which a provision is told, and provisions of the first article.
On 77 tuning questions: 0.87 have a required article among those told, 0.65 of the key facts are said, in 95 words;
with one provision of the first article 0.56 of them are, in 71 words."""


@dataclass(frozen=True, slots=True)
class Found:
    """What can be told without text.

    `entries`: provisions with a plain sentence, the nearest first; `acts`: the missing texts that the
    question is about; `unknown`: places it names of which nothing is known here; `alone`: whether it
    is about nothing else.
    """

    entries: tuple[Entry, ...]
    acts: tuple[str, ...]
    alone: bool
    unknown: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class AbsentTexts:
    """Finds what is known of texts that the library does not hold."""

    library: Library
    lexicon: Lexicon
    retriever: Retriever
    scope: Scope

    @property
    def missing(self) -> frozenset[str]:
        """Codes of the manifest's texts that the library does not hold."""
        manifest = self.library.manifest
        listed = {act.id for act in manifest.act} | {document.id for document in manifest.document}
        return frozenset(listed.difference(self.library.acts))

    def held(self, request: Request) -> Request:
        """The request without what only a missing text could judge."""
        missing = self.missing
        if not missing:
            return request
        return replace(
            request,
            references=tuple(reference for reference in request.references if reference.act not in missing),
            acts=tuple(act for act in request.acts if act not in missing),
        )

    def before(self, request: Request, gate: Gate) -> Stop | None:
        """What stops a question before anything is searched; never that a missing text has no such place."""
        here = self.held(request)
        stop = gate.before(here, self.library)
        elsewhere = self._elsewhere(request)
        if not elsewhere or not isinstance(stop, Refusal) or stop.kind is not RefusalType.FALSE_PREMISE:
            return stop or self._asked_back(request)
        clues = self.scope.clues.found(request.question)
        if OTHER_LAW in clues:
            return Refusal(RefusalType.OUTSIDE_CORPUS, clues=clues)
        unplaced = tuple(place for place in here.unplaced if place not in elsewhere)
        stop = gate.before(replace(here, unplaced=unplaced), self.library)
        return stop if isinstance(stop, Refusal) else self._asked_back(request)

    def _asked_back(self, request: Request) -> Clarification | None:
        """The question back, where it names a place that several missing texts have and says little else."""
        holders = self._holders(request)
        if len(holders) < 2 or self._nearest_of(request, holders) is not None:
            return None
        manifest = self.library.manifest
        return Clarification(tuple(place_label(entry.reference, request.lang, manifest) for entry in holders))

    def find(self, request: Request) -> Found | None:
        """What a question asks of missing texts; None where it is about the texts that are here, or about none."""
        missing = self.missing
        if not missing or (request.advice is not None and request.advice.verdict is not None):
            return None
        if any(reference.act in missing for reference in request.references):
            return self._places(request, missing)
        if self._elsewhere(request):
            return self._unplaced(request, missing)
        named = [act for act in request.acts if act in missing]
        if odds(self.scope.probabilities(request.search_text)) < LEAST_ODDS or (request.acts and not named):
            return None
        return self._about(request, named) if named else self._nearest(request, missing)

    def _places(self, request: Request, missing: frozenset[str]) -> Found:
        """The places that a question names, each told by the smallest provision with a sentence that holds it."""
        asked = [reference for reference in request.references if reference.act in missing]
        known = {reference: self._entry(reference, request.lang) for reference in asked}
        return Found(
            entries=tuple({entry.reference: entry for entry in known.values() if entry}.values()),
            acts=tuple(dict.fromkeys(reference.act for reference in asked)),
            alone=len(asked) == len(request.references),
            unknown=tuple(reference for reference, entry in known.items() if entry is None),
        )

    def _unplaced(self, request: Request, missing: frozenset[str]) -> Found | None:
        """A place named without its act, which no text here has: of the missing text that seems to be meant."""
        holders = self._holders(request)
        entry = self._nearest_of(request, holders)
        if entry is not None:
            return Found((entry,), (entry.reference.act,), alone=True)
        acts = tuple(act.id for act in self.library.manifest.act if act.id in missing)
        unknown = tuple(Reference(act, place) for act in acts for place in self._elsewhere(request)[:1])
        return Found((), acts, alone=True, unknown=unknown) if acts else None

    def _about(self, request: Request, named: Sequence[str]) -> Found:
        """The nearest provisions of the missing texts that a question names, as many of each."""
        cosines = self._cosines(request, request.within_an_act)
        most = max(1, MOST // len(named))
        nearest = [entry for act in named for entry in self._best(cosines, request.lang, frozenset({act}), most)]
        entries = [entry for entry in nearest if cosines[entry.reference] >= NAMED_FLOOR]
        return Found(tuple(entries), tuple(named), alone=len(named) == len(request.acts))

    def _nearest(self, request: Request, missing: frozenset[str]) -> Found | None:
        """The nearest provisions of missing texts: alone where they are the very nearest, one beside where almost."""
        cosines = self._cosines(request, request.search_text)
        others = {act for act, owner in self.retriever.priors.owners.items() if owner != request.collectivite}
        seen = {reference: value for reference, value in cosines.items() if reference.act not in others}
        entries = self._best(seen, request.lang, missing, MOST)
        if not entries:
            return None
        first, highest = seen[entries[0].reference], max(seen.values())
        if first < max(FLOOR, highest - BESIDE):
            return None
        told = entries if first == highest else entries[:1]
        return Found(tuple(told), tuple(dict.fromkeys(entry.reference.act for entry in told)), alone=first == highest)

    def _best(self, cosines: dict[Reference, float], lang: str, acts: frozenset[str], most: int) -> list[Entry]:
        """Entries of some acts by decreasing cosine, none far from the best: several of its article, one of others."""
        ranked = sorted((ref for ref in cosines if ref.act in acts), key=cosines.__getitem__, reverse=True)
        units: dict[Reference, list[Entry]] = {}
        for reference in ranked:
            entry = self.lexicon.plain(reference, lang)
            if entry is not None and cosines[reference] >= NEAR * cosines[ranked[0]]:
                units.setdefault(reference.unit, []).append(entry)
        return [
            entry for n, unit in enumerate(list(units.values())[:most]) for entry in unit[: 1 if n else OF_THE_FIRST]
        ]

    def _cosines(self, request: Request, text: str) -> dict[Reference, float]:
        """Of every provision with lines, the cosine of its nearest one with the question and its thesaurus' words."""
        expansion = request.expansion_of(text)
        vectors = self.retriever.embedder.embed_questions([text, expansion] if expansion else [text])
        vector = vectors[0] + EXPANSION * vectors[1] if expansion else vectors[0]
        length = float(np.sqrt((vector * vector).sum())) or 1.0
        nearest = self.retriever.lines.nearest(vector / length, request.lang)
        return {reference: nearest.best[row] for reference, row in nearest.table.rows.items()}

    def _entry(self, reference: Reference, lang: str) -> Entry | None:
        """The entry of a place, or of the smallest provision that holds it."""
        locator: Locator | None = reference.locator
        while locator is not None:
            entry = self.lexicon.plain(Reference(reference.act, locator), lang)
            if entry is not None:
                return entry
            locator = locator.parent
        return None

    def _is_here(self, place: Locator, request: Request) -> bool:
        return any(self.library.has(Reference(act, place), request.lang, request.day) for act in self.library.acts)

    def _elsewhere(self, request: Request) -> list[Locator]:
        """Places named without their act that no text here has, while some text is missing."""
        if not self.missing:
            return []
        return [place for place in request.unplaced if not self._is_here(place, request)]

    def _holders(self, request: Request) -> list[Entry]:
        """The entries of missing texts at the first of these places."""
        return [entry for place in self._elsewhere(request)[:1] for entry in self._at(place, request.lang)]

    def _at(self, place: Locator, lang: str) -> Iterator[Entry]:
        for act in sorted(self.missing):
            entry = self.lexicon.plain(Reference(act, place), lang)
            if entry is not None:
                yield entry

    def _nearest_of(self, request: Request, entries: Sequence[Entry]) -> Entry | None:
        """The only entry, or the one nearest to the question where one is near enough."""
        if len(entries) < 2:
            return entries[0] if entries else None
        cosines = self._cosines(request, request.search_text)
        below = {
            id(entry): max((v for r, v in cosines.items() if _within(entry.reference, r)), default=0.0)
            for entry in entries
        }
        best = max(entries, key=lambda entry: below[id(entry)])
        return best if below[id(best)] >= FLOOR else None


def _within(holder: Reference, reference: Reference) -> bool:
    return holder.act == reference.act and holder.locator.holds(reference.locator)
