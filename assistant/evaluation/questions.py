"""Question files for measurements: what is asked, which provisions are right, what must be refused.

One JSON object a line: `id`, `question`, `lang`, `kind`, `gold` (required provisions), `gold_mode`,
and where they apply `accept`, `key_facts`, `refusal`, `history`, `as_of`, `split`, `notes`. The
failure this prevents: a question that must be refused, or one of the tuning half, counted in a
figure of retrieval.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answering.answer import RefusalType
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

    def __str__(self) -> str:
        return f"{self.act}:{self.ref}"

    @property
    def unit(self) -> tuple[str, str]:
        """What is compared: the article, recital, annex or section that holds it."""
        return self.act, self.ref.split(".")[0].lower().replace(" ", "")

    def holds(self, other: Place) -> bool:
        """Whether `other` is this place or a part of it."""
        return self.act == other.act and f"{other.ref.lower()}.".startswith(f"{self.ref.lower()}.")


@dataclass(frozen=True, slots=True)
class Case:
    """A question and what is right for it.

    `gold`: the provisions that answer it, all of them, or any one where `any_will_do`; `accept`: those that may be
    cited besides; `key_facts`: what a full answer says, each in one of several wordings.
    """

    id: str
    question: Question
    lang: str
    kind: str
    gold: tuple[Place, ...]
    any_will_do: bool
    accept: tuple[Place, ...] = ()
    key_facts: tuple[tuple[str, ...], ...] = ()
    refusal: RefusalType | None = None
    split: str = ""
    notes: str = ""

    @property
    def must_be_refused(self) -> bool:
        """Whether the right answer is a refusal."""
        return self.kind in REFUSED

    @property
    def is_searched(self) -> bool:
        """Whether retrieval is measured by it."""
        return bool(self.gold) and not self.must_be_refused

    @property
    def acts(self) -> tuple[str, ...]:
        """The acts that answer it."""
        return tuple(dict.fromkeys(place.act for place in self.gold))


class _Turn(BaseModel):
    model_config = ConfigDict(extra="ignore")
    role: Literal["user", "assistant"]
    content: str


class _Place(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)
    act: str
    ref: str


class _Row(BaseModel):
    """A line of a file; keys that nothing is measured by are left aside."""

    model_config = ConfigDict(extra="ignore")
    id: str
    question: str
    lang: Literal["fr", "en"]
    kind: str
    gold: tuple[_Place, ...]
    gold_mode: Literal["all", "any"] = "all"
    accept: tuple[_Place, ...] = ()
    key_facts: tuple[tuple[str, ...], ...] = ()
    refusal: RefusalType | None = None
    history: tuple[_Turn, ...] = ()
    as_of: date | None = None
    split: str = ""
    notes: str = ""


def read_cases(path: Path, day: date = TODAY, split: str = "") -> list[Case]:
    """Every question of a file, or of one split of it, asked on `day` where it names none.

    `QuestionError` names the first wrong line, an identifier that stands twice, or a split without questions.
    """
    cases = [_case(row, day) for row in _rows(path) if not split or row.split == split]
    if not cases:
        raise QuestionError(f"{path} holds no question" + (f" of the split '{split}'" if split else ""))
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise QuestionError(f"{path}: the identifier {case.id} stands twice, give each question its own")
        seen.add(case.id)
    return cases


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


def _case(row: _Row, day: date) -> Case:
    turns = tuple(Turn(turn.role, turn.content) for turn in row.history)
    return Case(
        id=row.id,
        question=Question(row.question, row.lang, turns, row.as_of or day),
        lang=row.lang,
        kind=row.kind,
        gold=_places(row.gold),
        any_will_do=row.gold_mode == "any",
        accept=_places(row.accept),
        key_facts=row.key_facts,
        refusal=row.refusal,
        split=row.split,
        notes=row.notes,
    )


def _places(rows: Sequence[_Place]) -> tuple[Place, ...]:
    return tuple(Place(row.act, row.ref) for row in rows)
