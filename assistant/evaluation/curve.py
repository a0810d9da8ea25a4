"""Risk against coverage: how often answers are wrong when only the surest share of questions is answered.

El-Yaniv and Wiener, "On the Foundations of Noise-free Selective Classification" (2010). The failure
this prevents: a threshold of refusal chosen by feeling, and a score that is taken for confidence
although wrong answers have as much of it as right ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Answered:
    """One question that was answered: how sure the search was, and whether the answer is wrong."""

    confidence: float
    wrong: bool


@dataclass(frozen=True, slots=True)
class Point:
    """Answering only what has at least this `confidence`: the share of questions answered, and of those wrong."""

    coverage: float
    risk: float
    confidence: float


def points(answered: Sequence[Answered], asked: int) -> list[Point]:
    """The curve by growing coverage; equal confidences are one point. `asked`: all questions, refused ones included.

    The last point is how the assistant works today: everything that it answered.
    """
    ordered = sorted(answered, key=lambda one: -one.confidence)
    found: list[Point] = []
    count = wrong = 0
    for confidence, same in groupby(ordered, key=lambda one: one.confidence):
        rows = list(same)
        count += len(rows)
        wrong += sum(row.wrong for row in rows)
        found.append(Point(count / asked, wrong / count, confidence))
    return found


def area(curve: Sequence[Point]) -> float | None:
    """Mean risk along the curve (AURC over the answered share); lower is better, the last risk is what chance gives."""
    if not curve:
        return None
    before, total = 0.0, 0.0
    for point in curve:
        total += (point.coverage - before) * point.risk
        before = point.coverage
    return total / before
