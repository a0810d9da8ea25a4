"""Figures of retrieval, and how sure they are: recall, exact hits, reciprocal rank, recall in a budget of words.

The failure this prevents: a list of large chunks that wins because it holds more text, and a
difference of two questions reported as progress.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.questions import Case, Place

CUTS = (1, 3, 5, 10)
BUDGETS = (300, 700, 1500)
_RESAMPLES = 1000
_SEED = 20261121


@dataclass(frozen=True, slots=True)
class Hit:
    """One row of a result: the provisions that it shows (one, but for a chunk) and its length in words."""

    places: tuple[Place, ...]
    words: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over `n` questions and its 95 % confidence interval."""

    mean: float
    low: float
    high: float
    n: int


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


def group(cases: Sequence[Case], rows: Sequence[Mapping[str, float]]) -> dict[str, dict[str, Figure]]:
    """Figures of all questions, of each language and of each kind."""
    names = ["all", *sorted({case.lang for case in cases}, reverse=True), *sorted({case.kind for case in cases})]
    members = {name: [row for case, row in zip(cases, rows, strict=True) if _is_in(case, name)] for name in names}
    return {name: _figures(chosen) for name, chosen in members.items()}


def figure(values: Sequence[float]) -> Figure:
    """Mean and interval: the percentile bootstrap of Efron (1979), 1,000 resamples, fixed seed."""
    sample: npt.NDArray[np.float64] = np.asarray(values, dtype=np.float64)
    generator = np.random.default_rng(_SEED)
    means = sample[generator.integers(0, len(sample), (_RESAMPLES, len(sample)))].mean(axis=1)
    low, high = np.percentile(means, (2.5, 97.5))
    return Figure(float(sample.mean()), float(low), float(high), len(sample))


def _figures(rows: Sequence[Mapping[str, float]]) -> dict[str, Figure]:
    metrics = dict.fromkeys(metric for row in rows for metric in row)
    return {metric: figure([row[metric] for row in rows if metric in row]) for metric in metrics}


def _is_in(case: Case, name: str) -> bool:
    return name in {"all", case.lang, case.kind}


def _found(case: Case, hits: Sequence[Hit]) -> float:
    """The share of the required provisions that are there; all or nothing where any one will do."""
    gold = {place.unit for place in case.gold}
    there = gold & {place.unit for hit in hits for place in hit.places}
    return float(bool(there)) if case.any_will_do else len(there) / len(gold)


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
