"""Which words of the passage a sentence says again, in what order: the ground on which its proof stands.

The failure this prevents: words picked from all over a provision, put together anew, and proven one
by one. Alignment looks at content words only, so that a flipped number cannot choose the place that
suits it; hard tokens are compared afterwards, where the alignment puts them.

Method: the best chain of matching words by dynamic programming (as in local alignment, Smith and
Waterman 1981), in which going on in the same sentence of the passage is cheap, going back is dear,
and leaving for another one is allowed from a lead-in to its points, and from point to point between clauses.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from assistant.answering.proof.equivalents import Equivalents
from assistant.answering.proof.hard_tokens import WORD, Item, read
from assistant.answering.text import sentences
from assistant.law.passage import Passage

PER_WORD, FURTHEST = 0.03, 0.6
"""Cost of each content word of the passage that is left out on the way, and the most it costs."""

BACK, BACK_IN_CLAUSE, ELSEWHERE = 0.5, 0.95, 0.9
"""Costs of going back inside a sentence of the passage, between clauses and within one, and of another sentence."""

AGREEING = 0.01
"""What equal hard tokens on the way are worth: they part two places that say the same but for them."""

_POINT = re.compile(r"\(?[a-zA-Z0-9]{1,4}(?: bis| ter)?\)\s|[—–•-]\s")
_LOOK_BACK, ASIDE = 7, 6
"""Content words of the sentence that a step may pass over; items of the passage beside the first and last word."""


@dataclass(frozen=True, slots=True)
class Source:
    """Everything that the cited passages say, item by item.

    `unit` is the sentence of an item, `rank` how many content words stand up to it; `leads` are the sentences
    that lead on to others, `points` those of a list.
    """

    items: tuple[Item, ...]
    unit: tuple[int, ...]
    leads: frozenset[int]
    points: frozenset[int]
    rank: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Places in the passage by places in the sentence (content words only), and the score of the chain."""

    pairs: dict[int, int]
    score: float


def source_of(passage: Passage, equivalents: Equivalents) -> Source:
    """Lead-ins and sentences of a passage, clause numbers running on."""
    items: list[Item] = []
    unit: list[int] = []
    leads: set[int] = set()
    points: set[int] = set()
    clause = 0
    for number, text in enumerate(_units(passage)):
        found = read(text, passage.lang, equivalents)
        items += [Item(item.family, item.value, item.clause + clause, item.text) for item in found]
        unit += [number] * len(found)
        clause += 1 + max((item.clause for item in found), default=0)
        if text.rstrip().endswith((":", "—")):
            leads.add(number)
        if _POINT.match(text):
            points.add(number)
    rank = tuple(accumulate(item.family == WORD for item in items))
    return Source(tuple(items), tuple(unit), frozenset(leads), frozenset(points), rank)


def _units(passage: Passage) -> list[str]:
    lead = [passage.context.rstrip(" :") + ":"] if passage.context else []
    return lead + [passage.text[start:end] for start, end in sentences(passage.text)]


def align(said: Sequence[Item], source: Source) -> Alignment:
    """The best chain of content words of `said` through the source."""
    contents = [i for i, item in enumerate(said) if item.family == WORD]
    return _Search(said, source, contents).run()


@dataclass(frozen=True, slots=True)
class _Step:
    """The best score of a chain that ends here, and the row and place it comes from (-1 at its start)."""

    score: float
    row: int = -1
    place: int = -1


@dataclass(frozen=True, slots=True)
class _Search:
    """One row a content word of the sentence, in it one step a place of the source that holds the same word."""

    said: Sequence[Item]
    source: Source
    contents: Sequence[int]
    rows: list[dict[int, _Step]] = field(default_factory=list)

    def run(self) -> Alignment:
        places: dict[str, list[int]] = defaultdict(list)
        for j, item in enumerate(self.source.items):
            if item.family == WORD:
                places[item.value].append(j)
        for n, i in enumerate(self.contents):
            self.rows.append({j: self.best_step(n, j) for j in places.get(self.said[i].value, ())})
        return self.trace()

    def best_step(self, n: int, j: int) -> _Step:
        """The best chain that pairs content word `n` with place `j`."""
        i = self.contents[n]
        found = _Step(1.0 + AGREEING * self.agreeing((-1, i), (max(-1, j - ASIDE), j)))
        for row in range(max(0, n - _LOOK_BACK), n):
            before = self.contents[row]
            boundary = self.said[before].clause != self.said[i].clause
            for place, step in self.rows[row].items():
                cost = _cost(self.source, place, j, boundary=boundary)
                if cost is None or step.score + 1.0 - cost <= found.score:
                    continue
                bonus = AGREEING * self.agreeing((before, i), (place, j)) if cost < FURTHEST else 0.0
                found = _Step(step.score + 1.0 - cost + bonus, row, place)
        return found

    def agreeing(self, ours: tuple[int, int], theirs: tuple[int, int]) -> int:
        """Hard tokens that both sides hold between two places."""
        values = {(item.family, item.value) for item in self.said[ours[0] + 1 : ours[1]] if item.hard}
        if not values:
            return 0
        between = self.source.items[theirs[0] + 1 : theirs[1]]
        return sum((item.family, item.value) in values for item in between if item.hard)

    def trace(self) -> Alignment:
        """The chain with the best end."""
        ends = []
        for n, row in enumerate(self.rows):
            for j, step in row.items():
                after = AGREEING * self.agreeing((self.contents[n], len(self.said)), (j, j + ASIDE))
                ends.append((step.score + after, n, j))
        if not ends:
            return Alignment({}, 0.0)
        score, n, j = max(ends)
        pairs: dict[int, int] = {}
        while n >= 0:
            pairs[self.contents[n]] = j
            step = self.rows[n][j]
            n, j = step.row, step.place
        return Alignment(dict(sorted(pairs.items())), score)


def _cost(source: Source, before: int, after: int, *, boundary: bool) -> float | None:
    """What a step from one place of the passage to another costs, None where it is not allowed."""
    if before == after:
        return None
    if source.unit[before] == source.unit[after]:
        if after > before:
            return min(FURTHEST, (source.rank[after] - source.rank[before] - 1) * PER_WORD)
        return BACK if boundary else BACK_IN_CLAUSE
    if after > before and source.unit[before] in source.leads:
        return BACK
    listed = source.unit[before] in source.points and source.unit[after] in source.points
    return ELSEWHERE if boundary and listed and after > before else None
