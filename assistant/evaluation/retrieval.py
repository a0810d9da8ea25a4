"""Figures of retrieval for one question: recall, exact hits, reciprocal rank, recall in a budget of words.

The failure this prevents: a list of large chunks that wins because it holds more text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.evaluation.questions import Case, Place
from assistant.law.passage import Passage

CUTS = (1, 3, 5, 10)
BUDGETS = (300, 700, 1500)
DEPTH = 10
"""Rows of a result, as many as `assistant search` gives."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One row of a result: the provisions that it shows (one, but for a chunk) and its length in words."""

    places: tuple[Place, ...]
    words: int


def hit_of(passage: Passage) -> Hit:
    """A passage as a row of a result."""
    reference = passage.reference
    return Hit((Place(reference.act, str(reference.locator)),), len(passage.text.split()))


def scores(case: Case, hits: Sequence[Hit]) -> dict[str, float]:
    """Every figure of one question, from 0 to 1; `exact@5` only where the gold names a paragraph or point."""
    values = {f"recall@{k}": _found(case, hits[:k]) for k in CUTS}
    exact = _exact(case, hits[:5])
    if exact is not None:
        values["exact@5"] = exact
    values["mrr@10"] = _reciprocal_rank(case, hits[:10])
    values |= {f"recall@{budget}w": _found(case, within(hits, budget)) for budget in BUDGETS}
    return values


def within(hits: Sequence[Hit], budget: int) -> Sequence[Hit]:
    """The first hits that hold together at most `budget` words; the first one always."""
    used = 0
    for position, hit in enumerate(hits):
        used += hit.words
        if used > budget and position:
            return hits[:position]
    return hits


def share_found(case: Case, places: Iterable[Place]) -> float:
    """The share of the required provisions that are there; all or nothing where any one will do."""
    gold = {place.unit for place in case.gold}
    if not gold:
        return 0.0
    there = gold & {place.unit for place in places}
    return float(bool(there)) if case.any_will_do else len(there) / len(gold)


def _found(case: Case, hits: Sequence[Hit]) -> float:
    return share_found(case, (place for hit in hits for place in hit.places))


def _exact(case: Case, hits: Sequence[Hit]) -> float | None:
    """The same for paragraphs and points: a hit counts when it is that place or a part of it."""
    gold = [place for place in case.gold if "." in place.ref]
    if not gold:
        return None
    right = [any(wanted.holds(place) for hit in hits for place in hit.places) for wanted in gold]
    return float(any(right)) if case.any_will_do else sum(right) / len(right)


def _reciprocal_rank(case: Case, hits: Sequence[Hit]) -> float:
    gold = {place.unit for place in case.gold}
    for rank, hit in enumerate(hits, 1):
        if gold & {place.unit for place in hit.places}:
            return 1 / rank
    return 0.0
