"""Means over questions and how sure they are: all questions, each language, each kind.

The failure this prevents: a difference of two questions reported as progress.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.evaluation.questions import Case

_RESAMPLES = 1000
_SEED = 20261121

Values = Mapping[str, Sequence[float]]
"""What one question gives to each measure: one value, or one a sentence or citation of its answer."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over `n` values and its 95 % confidence interval."""

    mean: float
    low: float
    high: float
    n: int


Figures = Mapping[str, Figure]
"""Figures by measure."""


def figure(values: Sequence[float]) -> Figure:
    """Mean and interval: the percentile bootstrap of Efron (1979), 1,000 resamples, fixed seed."""
    sample: npt.NDArray[np.float64] = np.asarray(values, dtype=np.float64)
    generator = np.random.default_rng(_SEED)
    means = sample[generator.integers(0, len(sample), (_RESAMPLES, len(sample)))].mean(axis=1)
    low, high = np.percentile(means, (2.5, 97.5))
    return Figure(float(sample.mean()), float(low), float(high), len(sample))


def pooled(rows: Iterable[Values]) -> dict[str, Figure]:
    """One figure a measure, over the values of all questions together."""
    values: dict[str, list[float]] = {}
    for row in rows:
        for measure, some in row.items():
            values.setdefault(measure, []).extend(some)
    return {measure: figure(some) for measure, some in values.items() if some}


def grouped(names: Sequence[Sequence[str]], rows: Sequence[Values]) -> dict[str, dict[str, Figure]]:
    """Figures of each group; `names` holds the groups that each row belongs to."""
    members: dict[str, list[Values]] = {}
    for row, groups in zip(rows, names, strict=True):
        for group_name in groups:
            members.setdefault(group_name, []).append(row)
    return {name: pooled(members[name]) for name in sorted(members)}


def group(cases: Sequence[Case], rows: Sequence[Mapping[str, float]]) -> dict[str, dict[str, Figure]]:
    """Figures of all questions, of each language and of each kind, one value a question."""
    values: list[Values] = [{measure: (value,) for measure, value in row.items()} for row in rows]
    return {
        "all": pooled(values),
        **dict(reversed(grouped([(case.lang,) for case in cases], values).items())),
        **grouped([(case.kind,) for case in cases], values),
    }
