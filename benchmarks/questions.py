"""Question files for measurements: what is asked, and which provisions are right.

One JSON object a line: `id`, `question`, `lang`, `kind`, `gold` (required provisions), `gold_mode`,
and where they apply `history`, `as_of` and `split`. The failure this prevents: a question that must
be refused, or one of the tuning half, counted in a figure of retrieval.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answering.question import Question, Turn
from assistant.errors import QuestionError

TODAY = date(2026, 11, 21)
"""The day of a question that names none, so that figures do not change with the calendar."""

REFUSED = frozenset({"unanswerable", "false_premise", "offtopic", "injection", "individual"})
"""Kinds of questions that no provision answers."""


@dataclass(frozen=True, slots=True)
class Place:
    """A provision as files and results name it: code of the act, reference inside it."""

    act: str
    ref: str

    @property
    def unit(self) -> tuple[str, str]:
        """What is compared: the article, recital, annex or section that holds it."""
        return self.act, self.ref.split(".")[0].lower().replace(" ", "")

    def holds(self, other: Place) -> bool:
        """Whether `other` is this place or a part of it."""
        return self.act == other.act and f"{other.ref.lower()}.".startswith(f"{self.ref.lower()}.")


@dataclass(frozen=True, slots=True)
class Case:
    """A question and the provisions that answer it: all of them are needed, or any one where `any_will_do`."""

    id: str
    question: Question
    lang: str
    kind: str
    gold: tuple[Place, ...]
    any_will_do: bool


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Cases measured together: a file, or one split of it (`tune`, `test`)."""

    name: str
    split: str
    cases: tuple[Case, ...]


class _Turn(BaseModel):
    model_config = ConfigDict(extra="ignore")
    role: str
    content: str


class _Place(BaseModel):
    model_config = ConfigDict(extra="ignore")
    act: str
    ref: str


class _Row(BaseModel):
    """A line of a file; keys that retrieval is not measured by are left aside."""

    model_config = ConfigDict(extra="ignore")
    id: str
    question: str
    lang: Literal["fr", "en"]
    kind: str
    gold: tuple[_Place, ...]
    gold_mode: Literal["all", "any"] = "all"
    history: tuple[_Turn, ...] = ()
    as_of: date | None = None
    split: str = ""


def read_sets(paths: Sequence[Path]) -> list[QuestionSet]:
    """One set a file and split, in the order of the files; `QuestionError` names the first wrong line."""
    sets: dict[tuple[str, str], list[Case]] = {}
    for path in paths:
        for row in _rows(path):
            cases = sets.setdefault((path.stem, row.split), [])
            if row.gold and row.kind not in REFUSED:
                cases.append(_case(row))
    return [
        QuestionSet(f"{name} ({split})" if split else name, split, tuple(cases))
        for (name, split), cases in sets.items()
    ]


def read_questions(path: Path) -> list[Question]:
    """Every question of a file, those that must be refused included, for measurements of speed."""
    return [_question(row) for row in _rows(path)]


def _rows(path: Path) -> Iterator[_Row]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionError(f"{path} cannot be read ({error}): give a file of JSON lines in UTF-8") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield _Row.model_validate_json(line)
            except ValidationError as error:
                fault = error.errors()[0]
                place = ".".join(str(part) for part in fault["loc"])
                raise QuestionError(f"{path}, line {number}: {place} {fault['msg'].lower()}") from error


def _case(row: _Row) -> Case:
    return Case(
        id=row.id,
        question=_question(row),
        lang=row.lang,
        kind=row.kind,
        gold=tuple(Place(place.act, place.ref) for place in row.gold),
        any_will_do=row.gold_mode == "any",
    )


def _question(row: _Row) -> Question:
    turns = tuple(Turn(turn.role, turn.content) for turn in row.history)
    return Question(row.question, row.lang, turns, row.as_of or TODAY)
