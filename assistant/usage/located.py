"""A TOML file read against a schema, with the line of every fault.

The failure this prevents: "tool.17.status: input should be …" to somebody who edits a file of 700 lines.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from assistant.errors import ManifestError

Model = TypeVar("Model", bound=BaseModel)
Place = Sequence[int | str]

_CURES: Mapping[str, str] = {
    "extra_forbidden": "no such field: remove it or correct its name (fields: README.md beside the file)",
    "missing": "the field is missing: add it",
    "enum": "write {expected}",
    "literal_error": "write {expected}",
    "string_type": "write text between double quotes",
    "string_too_short": "write something, it may not be empty",
    "bool_type": "write true or false",
    "int_type": "write a whole number",
    "greater_than_equal": "write a number of at least {ge}",
    "less_than_equal": "write a number of at most {le}",
    "date_type": "write a date as 2026-11-21, without quotes",
    "date_from_datetime_parsing": "write a date as 2026-11-21, without quotes",
    "frozen_set_type": 'write a list, as ["publiques", "internes"]',
    "tuple_type": 'write a list, as ["first", "second"]',
    "model_type": 'write fr and en, as {{ fr = "…", en = "…" }}',
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, where, and how to mend it, in one line."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}, {self.field}: {self.message}"


class Located:
    """The text of one TOML file, and the line of any place in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.text = path.read_text(encoding="utf-8")
            self.data = tomllib.loads(self.text)
        except OSError as error:
            reason = error.strerror or "unreadable"
            raise ManifestError(f"{path} cannot be read ({reason}): correct the path or the rights") from error
        except UnicodeDecodeError as error:
            raise ManifestError(f"{path} is not UTF-8 text: save it again as UTF-8") from error
        except tomllib.TOMLDecodeError as error:
            raise ManifestError(f"{path.name} is not valid TOML: {error}") from error
        self._lines = self.text.splitlines()

    def parse(self, model: type[Model]) -> tuple[Model | None, list[Fault]]:
        """The file as `model`, or None and every fault."""
        try:
            return model.model_validate(self.data), []
        except ValidationError as error:
            return None, [self.fault(detail["loc"], _cure(detail)) for detail in error.errors()]

    def fault(self, place: Place, message: str) -> Fault:
        """A fault at a place such as `("tool", 3, "status")`."""
        shown = ".".join(str(step) for step in self._named(place)) or "file"
        return Fault(self.path.name, self.line(place), shown, message)

    def line(self, place: Place) -> int:
        """The line (from 1) of the deepest step of a place that is written in the file."""
        line, end = 0, len(self._lines)
        header = ""
        for step, following in zip(place, [*place[1:], None], strict=True):
            if isinstance(step, int):
                continue
            name = f"{header}.{step}" if header else step
            tables = [n for n in range(line, end) if self._lines[n].strip().startswith(f"[[{name}]]")]
            if isinstance(following, int) and following < len(tables):
                line, header = tables[following], name
                end = tables[following + 1] if following + 1 < len(tables) else self._close(name, line, end)
                continue
            key = re.compile(rf"[\s{{]*{re.escape(step)}\s*[.=]")
            line = next((n for n in range(line, end) if key.match(self._lines[n])), line)
        return line + 1

    def _close(self, name: str, start: int, end: int) -> int:
        """Where a table that is the last of its name ends: at the next table that is not inside it."""
        after = (n for n in range(start + 1, end) if self._lines[n].startswith("["))
        return next((n for n in after if not self._lines[n].startswith(f"[[{name}.")), end)

    def _named(self, place: Place) -> list[str]:
        """The place with entries called by their slug or id where they have one."""
        value: object = self.data
        steps: list[str] = []
        for step in place:
            try:
                value = value[step]  # type: ignore[index]  # a lookup that fails leaves the step as it is
            except (KeyError, IndexError, TypeError):
                value = None
            known = value.get("slug") or value.get("id") if isinstance(value, dict) else None
            steps.append(str(known) if isinstance(step, int) and known else str(step))
        return steps


def _cure(detail: ErrorDetails) -> str:
    words = _CURES.get(detail["type"])
    if words is None:
        return detail["msg"].lower()
    given = detail.get("input")
    said = f" (found {given!r})" if detail["type"] in {"enum", "literal_error"} else ""
    return words.format(**{"expected": "", "ge": "", "le": "", **detail.get("ctx", {})}) + said
