"""Real questions that found nothing: what the everyday index still lacks, most asked first.

The failure this prevents: words added by guess while those that people really type go unheard.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answering.text import words
from assistant.errors import QuestionError


class _Row(BaseModel):
    """One line kept from feedback; further keys (day, language …) are left aside."""

    model_config = ConfigDict(extra="ignore")
    question: str
    found: bool


@dataclass(frozen=True, slots=True)
class Missed:
    """A question that found nothing, in its most usual spelling, and how often it was asked."""

    question: str
    times: int


def suggest(path: Path) -> list[Missed]:
    """Questions of a file of JSON lines whose `found` is false, most frequent first; `QuestionError` on a bad line.

    Questions that differ by case, accents or punctuation only are one.
    """
    spellings: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for row in _rows(path):
        key = tuple(words(row.question))
        if key and not row.found:
            spellings[key][row.question.strip()] += 1
    return _ranked(spellings.values())


def _ranked(spellings: Iterable[Counter[str]]) -> list[Missed]:
    missed = [Missed(counter.most_common(1)[0][0], counter.total()) for counter in spellings]
    return sorted(missed, key=lambda item: (-item.times, item.question))


def _rows(path: Path) -> Iterator[_Row]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionError(f"{path} cannot be read ({error}): give a file of JSON lines in UTF-8") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _Row.model_validate_json(line)
        except ValidationError as error:
            fault = error.errors()[0]
            place = ".".join(str(part) for part in fault["loc"]) or "line"
            raise QuestionError(f"{path}, line {number}: {place}: {fault['msg'].lower()}") from error
