"""Questions as the measurements take them: one set a file and split, and all of a file for speed.

The failure this prevents: figures of the half that was tuned on, mixed with those of the half that was not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answering.question import Question
from assistant.evaluation.questions import Case, read_cases


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Cases of retrieval measured together: a file, or one split of it (`tune`, `test`)."""

    name: str
    split: str
    cases: tuple[Case, ...]


def read_sets(paths: Sequence[Path]) -> list[QuestionSet]:
    """Cases of retrieval, one set a file and split, in the order of the files."""
    sets: dict[tuple[str, str], list[Case]] = {}
    for path in paths:
        for case in read_cases(path):
            cases = sets.setdefault((path.stem, case.split), [])
            if case.is_searched:
                cases.append(case)
    return [
        QuestionSet(f"{name} ({split})" if split else name, split, tuple(cases))
        for (name, split), cases in sets.items()
    ]


def read_questions(path: Path) -> list[Question]:
    """Every question of a file, those that must be refused included, for measurements of speed."""
    return [case.question for case in read_cases(path)]
