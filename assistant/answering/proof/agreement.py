"""Hard tokens held against the place of the passage that a sentence is aligned with, both ways.

What the sentence adds (a number, a "not", an article) must stand at the same place of the passage; a
"not", "may", "unless" or "at most" that governs words which the sentence says again must be said too.
The failure this prevents: the right number beside the wrong words, and a rule told without its "not".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.answering.proof.alignment import Alignment, Source
from assistant.answering.proof.force import (
    FORBIDDEN,
    FORCE,
    LIMIT,
    MAY,
    MAY_NOT,
    MUST,
    MUST_NOT,
    NOT,
    SHOULD,
    SHOULD_NOT,
)
from assistant.answering.proof.hard_tokens import DATE, NUMBER, PLACE, WORD, Item

ASIDE = 4
"""Items beside an aligned word within which its hard tokens stand, where no second aligned word bounds them."""

GOVERNED = 2
"""Content words after a "not" or a "may" (before it, at the end of a clause) of which one makes it binding."""

SOFTENED = 6
"""Items beside an aligned word within which a "peut" keeps it from being a duty."""

SPAN = 25
"""A stretch of the passage between two aligned words that is longer is not read as one place."""

_SOFTER = frozenset({MAY, SHOULD, NOT, MAY_NOT, MUST_NOT, SHOULD_NOT, FORBIDDEN})
"""What keeps a present tense from being a duty."""

_FACTS = frozenset({NUMBER, DATE, PLACE})
_SAYS = {NUMBER: "", DATE: "date ", PLACE: "", FORCE: "word of force ", LIMIT: "limit "}


def disagreement(said: Sequence[Item], source: Source, alignment: Alignment, own: frozenset[str], lang: str) -> str:
    """What does not agree, empty when all does. `own`: names of the cited provision, which may be said anywhere."""
    comparison = _Comparison(said, source, alignment, own, lang)
    facts_first = sorted((h for h, item in enumerate(said) if item.hard), key=lambda h: said[h].family not in _FACTS)
    objections = (comparison.held(h) for h in facts_first)
    return next((objection for objection in objections if objection), "") or comparison.left_out()


@dataclass(slots=True)
class _Comparison:
    """A sentence beside its passage, and the places of the passage that were paired so far."""

    said: Sequence[Item]
    source: Source
    alignment: Alignment
    own: frozenset[str]
    lang: str
    used: set[int] = field(default_factory=set)
    paired: dict[int, int] = field(default_factory=dict)

    def held(self, h: int) -> str:
        """Why the passage does not hold a hard token of the sentence where it stands, empty when it does."""
        item, items = self.said[h], self.source.items
        for nearest, region in enumerate(self.regions(h)):
            rivals = [j for j in region if items[j].family == item.family and j not in self.used]
            match = next((j for j in rivals if items[j].value == item.value), None)
            if match is None and self.lang == "fr" and item.value == MUST_NOT:
                match = next((j for j in rivals if items[j].value == NOT), None)
            if match is not None:
                self.pair(h, match, rivals)
                return ""
            if self.names_itself(h, sum(items[j].family == item.family for j in region)):
                return ""
            if rivals and nearest == 0 and item.family in _FACTS:
                return f"{item.value}: the passage says {items[rivals[0]].value}"
        if item.value == MUST and self.lang == "fr" and self.is_plain(h):
            return ""
        return f"{_SAYS[item.family]}{item.value} is not there in the passage"

    def is_plain(self, h: int) -> bool:
        """Whether the passage speaks in the present there, which in French law is a duty: no "peut", no "devrait"."""
        places = [self.alignment.pairs[i] for i in self.neighbours(h) if i is not None]
        near = {n for j in places for n in _same_sentence(self.source, j) if abs(n - j) <= SOFTENED}
        near.update(range(min(places, default=0), max(places, default=0)))
        return not any(self.source.items[n].value in _SOFTER for n in near - self.used)

    def pair(self, h: int, match: int, rivals: Sequence[int]) -> None:
        """A place is paired once; of a list, what stands before it cannot follow any more."""
        self.paired[h] = match
        self.used.add(match)
        if self.said[h].family in {NUMBER, PLACE}:
            self.used.update(j for j in rivals if j < match)

    def names_itself(self, h: int, there: int) -> bool:
        """Whether a place or number is the provision's own, said beside all that the passage has there."""
        item = self.said[h]
        if item.family not in {NUMBER, PLACE} or item.value not in self.own:
            return False
        before, after = self.neighbours(h)
        start, end = -1 if before is None else before, len(self.said) if after is None else after
        return sum(other.family == item.family for other in self.said[start + 1 : end]) > there

    def neighbours(self, h: int) -> tuple[int | None, int | None]:
        """The nearest aligned words of the sentence, before and after."""
        pairs = self.alignment.pairs
        before = next((i for i in range(h - 1, -1, -1) if i in pairs), None)
        after = next((i for i in range(h + 1, len(self.said)) if i in pairs), None)
        return before, after

    def regions(self, h: int) -> list[list[int]]:
        """Where the passage would hold a hard token: between its aligned neighbours; failing that, around them."""
        pairs, family = self.alignment.pairs, self.said[h].family
        left, right = (pairs[i] if i is not None else None for i in self.neighbours(h))
        if left is not None and right is not None and _one_place(self.source, left, right):
            first = list(range(left + 1, right))
        else:
            first = self.beside(h)
        here = sorted({n for j in (left, right) if j is not None for n in _same_sentence(self.source, j)})
        if all(item.hard for item in self.said if item.clause == self.said[h].clause):
            return [first, here]
        if family in {NUMBER, DATE}:
            return [first, _unrivalled(self.said[h], self.source, here)]
        if family == PLACE:
            return [first, [n for n in here if any(j is not None and abs(n - j) <= ASIDE for j in (left, right))]]
        counted = [self.paired[n] for n in (h - 1, h + 1) if family == LIMIT and n in self.paired]
        return [first, [n for j in counted for n in _same_sentence(self.source, j) if abs(n - j) <= GOVERNED]]

    def beside(self, h: int) -> list[int]:
        """After the aligned word before it, or before the one after it; that of its own clause first."""
        before, after = self.neighbours(h)
        pairs, clause = self.alignment.pairs, self.said[h].clause
        found: list[int] = []
        if before is not None and (self.said[before].clause == clause or after is None):
            found += _run(self.source, pairs[before], 1)
        if after is not None and (self.said[after].clause == clause or not found):
            found += [n for n in reversed(_run(self.source, pairs[after], -1)) if n not in found]
        return found

    def left_out(self) -> str:
        """A word of force or limit of the passage that governs words which the sentence says again, and is not said."""
        taken = set(self.alignment.pairs.values()) | self.used
        spoken = {item.value for item in self.said if item.family == WORD}
        items = self.source.items
        for j, item in enumerate(items):
            if item.family not in {FORCE, LIMIT} or item.value == MUST or j in self.used:
                continue
            follows = _word_before(self.source, j) in taken
            if any(n in taken or (follows and items[n].value in spoken) for n in _governed(self.source, j)):
                return f"leaves out '{item.value}', which the passage says there"
        return ""


def _one_place(source: Source, left: int, right: int) -> bool:
    same = source.unit[left] == source.unit[right] or source.unit[left] in source.leads
    return left < right and same and right - left <= SPAN


def _unrivalled(item: Item, source: Source, here: Sequence[int]) -> list[int]:
    """The numbers of a sentence of the passage that count the same thing, where they are all one number."""
    kind = item.value.partition(" ")[2] if item.family == NUMBER else ""
    found = [n for n in here if source.items[n].family == item.family]
    found = [n for n in found if item.family == DATE or source.items[n].value.partition(" ")[2] == kind]
    return found if len({source.items[n].value for n in found}) == 1 else []


def _same_sentence(source: Source, j: int) -> list[int]:
    return [n for n, unit in enumerate(source.unit) if unit == source.unit[j]]


def _run(source: Source, start: int, step: int) -> list[int]:
    """Places beside `start` in the same sentence: at most `ASIDE` content words away."""
    found, words, place = [], 0, start + step
    while 0 <= place < len(source.items) and source.unit[place] == source.unit[start] and words < ASIDE:
        words += source.items[place].family == WORD
        found.append(place)
        place += step
    return found


def _word_before(source: Source, j: int) -> int | None:
    """The content word just before a place, in the same clause."""
    clause = source.items[j].clause
    behind = range(j - 1, max(-1, j - ASIDE), -1)
    return next((n for n in behind if source.items[n].family == WORD and source.items[n].clause == clause), None)


def _governed(source: Source, j: int) -> list[int]:
    """The next content words or numbers of the clause; at its end those before; those of the next where it is empty."""
    items, clause = source.items, source.items[j].clause
    ahead = [n for n in range(j + 1, min(len(items), j + 8)) if items[n].clause == clause and _weighs(items[n])]
    if not ahead and not any(n != j and items[n].clause == clause for n in range(max(0, j - 8), j)):
        ahead = [n for n in _same_sentence(source, j) if j < n < j + 12 and _weighs(items[n])]
    if ahead:
        return ahead[:GOVERNED]
    behind = [n for n in range(j - 1, max(-1, j - 8), -1) if items[n].clause == clause and _weighs(items[n])]
    return behind[:GOVERNED]


def _weighs(item: Item) -> bool:
    return item.family in {WORD, NUMBER, DATE}
