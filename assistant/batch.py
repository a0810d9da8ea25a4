"""Files of questions in, files of results out: one JSON object a line, one process for all.

The failure this prevents: an evaluation of a thousand questions that pays a thousand cold starts,
or loses all its results to one bad line.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answering.question import Question, Turn
from assistant.errors import AssistantError, QuestionError


class _Turn(BaseModel):
    model_config = ConfigDict(extra="ignore")
    role: Literal["user", "assistant"]
    content: str


class _Row(BaseModel):
    """One line of a question file; further keys (kind, gold …) are left aside."""

    model_config = ConfigDict(extra="ignore")
    id: str
    question: str
    lang: Literal["fr", "en"] | None = None
    history: tuple[_Turn, ...] = ()
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says for every question; a line's own date stands over it."""

    lang: str | None = None
    as_of: date | None = None
    collectivite: str | None = None

    def question(self, text: str, history: tuple[Turn, ...] = ()) -> Question:
        """A question typed on the command line; `QuestionError` when it cannot be one."""
        return Question(text, self.lang, history, self.as_of, self.collectivite).checked()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a question file: its identifier, and its question or why it holds none."""

    id: str
    question: Question | QuestionError


def read_questions(path: Path, options: Options) -> list[Line]:
    """Every line of a file; `QuestionError` when the file itself cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionError(f"{path} cannot be read ({error}): give a file of JSON lines in UTF-8") from error
    return [_line(line, f"line {number}", options) for number, line in enumerate(lines, 1) if line.strip()]


def read_history(path: Path) -> tuple[Turn, ...]:
    """A conversation: a JSON array of `{"role", "content"}`, or one such object a line."""
    try:
        text = path.read_text(encoding="utf-8").strip()
        items = json.loads(text) if text.startswith("[") else [json.loads(line) for line in text.splitlines() if line]
        turns = [_Turn.model_validate(item) for item in items]
    except (OSError, ValueError) as error:
        reason = _fault(error) if isinstance(error, ValidationError) else error
        raise QuestionError(f"{path} is no conversation ({reason}): give a JSON array of role and content") from error
    return tuple(Turn(turn.role, turn.content) for turn in turns)


def run_batch(
    lines: Sequence[Line], out: Path, result_of: Callable[[Question], dict[str, Any]]
) -> tuple[int, list[str]]:
    """Write one result a line, in order; return how many there are and the faults, one line each.

    A line that cannot be answered gets `{"id", "error"}`. The file appears when it is complete.
    """
    faults: list[str] = []
    partial = out.with_name(out.name + ".part")
    try:
        with partial.open("w", encoding="utf-8") as file:
            for line in lines:
                try:
                    result = result_of(_asked(line))
                except AssistantError as error:
                    faults.append(f"{line.id}: {error}")
                    result = {"error": str(error)}
                file.write(json.dumps({"id": line.id, **result}, ensure_ascii=False) + "\n")
        partial.replace(out)
    except OSError as error:
        raise QuestionError(f"{out} cannot be written ({error.strerror}): choose another place") from error
    return len(lines), faults


def _line(text: str, place: str, options: Options) -> Line:
    try:
        row = _Row.model_validate_json(text)
    except ValidationError as error:
        return Line(_identifier(text) or place, QuestionError(f"{place} of the file: {_fault(error)}"))
    return Line(row.id, _question(row, options))


def _question(row: _Row, options: Options) -> Question:
    """A line as a question; the command line's language stands over the file's."""
    return Question(
        text=row.question,
        lang=options.lang or row.lang,
        history=tuple(Turn(turn.role, turn.content) for turn in row.history),
        as_of=row.as_of or options.as_of,
        collectivite=options.collectivite,
    )


def _identifier(text: str) -> str:
    """The identifier of a line that is wrong elsewhere, empty where it has none."""
    try:
        row = json.loads(text)
    except ValueError:
        return ""
    found = row.get("id") if isinstance(row, dict) else None
    return found if isinstance(found, str) else ""


def _asked(line: Line) -> Question:
    if isinstance(line.question, QuestionError):
        raise line.question
    return line.question


def _fault(error: ValidationError) -> str:
    """The first fault of a line, in one line: where, and what is expected there."""
    fault = error.errors()[0]
    place = ".".join(str(part) for part in fault["loc"])
    return f"{place} {fault['msg'].lower()}".strip()
