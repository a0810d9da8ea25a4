"""The figures that a change must not make worse, kept in the repository.

The failure this prevents: a change of a word list or a weight that loses answers and that nobody
notices.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import QuestionError
from benchmarks.metrics import Figure
from benchmarks.questions import QuestionSet

Groups = Mapping[str, Mapping[str, Figure]]
"""Figures by group of questions (all, a language, a kind) and metric."""


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    mean: float
    n: int


class Baseline(BaseModel):
    """The file: per set of questions, group and metric the mean and how many questions it is over."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    sets: dict[str, dict[str, dict[str, _Kept]]]


def guarded(sets: Sequence[QuestionSet]) -> list[QuestionSet]:
    """The sets that a baseline is about: those set apart for testing, or all where none is."""
    return [questions for questions in sets if questions.split == "test"] or list(sets)


def write(path: Path, measured: Mapping[str, Groups]) -> None:
    """Keep what was measured."""
    rows = {
        name: {
            group: {metric: {"mean": round(f.mean, 4), "n": f.n} for metric, f in figures.items()}
            for group, figures in groups.items()
        }
        for name, groups in measured.items()
    }
    path.write_text(json.dumps({"sets": rows}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def read(path: Path) -> Baseline:
    """The file; `QuestionError` says how to make it."""
    try:
        return Baseline.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, ValidationError) as error:
        raise QuestionError(f"{path} is no baseline: write one with --write-baseline") from error


def drops(baseline: Baseline, measured: Mapping[str, Groups]) -> Iterator[str]:
    """One line a figure that fell by more than one question is worth, or that is not there any more."""
    for name, groups in baseline.sets.items():
        for group, metrics in groups.items():
            for metric, kept in metrics.items():
                now = measured.get(name, {}).get(group, {}).get(metric)
                if now is None or now.n != kept.n:
                    yield f"{name}, {group}, {metric}: the questions changed, write the baseline again"
                elif now.mean < kept.mean - 1 / kept.n - 1e-4:
                    yield f"{name}, {group}, {metric}: {now.mean:.3f}, the baseline has {kept.mean:.3f}"
