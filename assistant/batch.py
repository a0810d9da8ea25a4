"""Files of questions in, files of results out: one JSON object a line, one process for all.

The failure this prevents: an evaluation of a thousand questions that pays a thousand cold starts,
or loses all its results to one bad line.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answering.question import Question, Turn
from assistant.errors import AssistantError, QuestionError


class _Turn(BaseModel):
    model_config = ConfigDict(extra="ignore")
    role: str
    content: str


class _Row(BaseModel):
    """One line of a question file; further keys (kind, gold …) are left aside."""

    model_config = ConfigDict(extra="ignore")
    id: str
    question: str
    lang: str | None = None
    history: tuple[_Turn, ...] = ()
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says for every question; a line's own date stands over it."""

    lang: str | None = None
    as_of: date | None = None
    collectivite: str | None = None


def read_questions(path: Path, options: Options) -> Iterator[tuple[str, Question]]:
    """Identifier and question of every line; `QuestionError` names the first line that is not one."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionError(f"{path} cannot be read ({error}): give a file of JSON lines in UTF-8") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = _Row.model_validate_json(line)
        except ValidationError as error:
            fault = error.errors()[0]
            place = ".".join(str(part) for part in fault["loc"])
            raise QuestionError(f"{path}, line {number}: {place} {fault['msg'].lower()}") from error
        yield row.id, question_of(row, options)


def question_of(row: _Row, options: Options) -> Question:
    """A line as a question; the command line's language stands over the file's."""
    return Question(
        text=row.question,
        lang=options.lang or row.lang,
        history=tuple(Turn(turn.role, turn.content) for turn in row.history),
        as_of=row.as_of or options.as_of,
        collectivite=options.collectivite,
    )


def read_history(path: Path) -> tuple[Turn, ...]:
    """A conversation: a JSON array of `{"role", "content"}`, or one such object a line."""
    try:
        text = path.read_text(encoding="utf-8").strip()
        items = json.loads(text) if text.startswith("[") else [json.loads(line) for line in text.splitlines() if line]
        turns = [_Turn.model_validate(item) for item in items]
    except (OSError, ValueError) as error:
        raise QuestionError(f"{path} is no conversation ({error}): give a JSON array of role and content") from error
    return tuple(Turn(turn.role, turn.content) for turn in turns)


def run_batch(
    questions: Path, out: Path, options: Options, result_of: Callable[[Question], dict[str, Any]]
) -> tuple[int, list[str]]:
    """Write one result a question, in order; return how many there are and the faults, one line each.

    A question that cannot be answered gets `{"id", "error"}`. The file appears when it is complete.
    """
    rows = list(read_questions(questions, options))
    faults: list[str] = []
    partial = out.with_name(out.name + ".part")
    try:
        with partial.open("w", encoding="utf-8") as file:
            for identifier, question in rows:
                try:
                    result = result_of(question)
                except AssistantError as error:
                    faults.append(f"{identifier}: {error}")
                    result = {"error": str(error)}
                file.write(json.dumps({"id": identifier, **result}, ensure_ascii=False) + "\n")
        partial.replace(out)
    except OSError as error:
        raise QuestionError(f"{out} cannot be written ({error.strerror}): choose another place") from error
    return len(rows), faults
