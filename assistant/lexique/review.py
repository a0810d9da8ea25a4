"""A juriste's review, written into the files of entries line by line.

The failures this prevents: a review that reformats a file, so that nobody can see what it changed,
one that changes another entry, and a file cut in two because the machine stopped.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from assistant.adapters import disk
from assistant.errors import ManifestError
from assistant.law.identifiers import Reference
from assistant.lexicon import Entry, Lexicon

_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*entry[ \t]*\]\][ \t]*(?:#.*)?\r?$", re.MULTILINE)
_AFTER = re.compile(r"(?:^[ \t]*(?:#[^\n]*)?\r?(?:\n|\Z))*\Z", re.MULTILINE)
"""Blank lines and comments at the end of an entry: they belong to what follows."""


def unreviewed(lexicon: Lexicon, act: str = "") -> Iterator[Entry]:
    """Entries with a plain sentence that nobody has reviewed, of one text where it is named."""
    for entry in lexicon.entries.values():
        if not entry.reviewed_by and any(entry.plain.values()) and act in {"", entry.reference.act}:
            yield entry


def write_review(folder: Path, reference: Reference, reviewer: str, day: date) -> None:
    """Set `reviewed_by` and `reviewed_on` of one entry; every other byte of the file stays.

    `ManifestError` when there is no such entry, or when its file cannot be edited so: it is then as it was.
    """
    path = folder / f"{reference.act}.toml"
    review = {"reviewed_by": reviewer, "reviewed_on": day.isoformat()}
    try:
        text = path.read_bytes().decode("utf-8")
        edited = _reviewed(text, reference, review, path.name)
        disk.replace(path, edited)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ManifestError(f"{path} cannot be edited ({error}): correct the file or its rights") from error


def _reviewed(text: str, reference: Reference, review: dict[str, str], name: str) -> str:
    """The text of a file with the review of one entry, and nothing else changed as a TOML reader sees it."""
    wanted = tomllib.loads(text)
    number = _number(wanted, reference, name)
    wanted["entry"][number] |= review
    headers = [match.start() for match in _HEADER.finditer(text)]
    start, end = [*headers, len(text)][number : number + 2] if len(headers) == len(wanted["entry"]) else (0, 0)
    block = text[start:end]
    for key, value in review.items():
        block = _set(block, key, json.dumps(value, ensure_ascii=False))
    edited = text[:start] + block + text[end:]
    if _loaded(edited) != wanted:
        raise ManifestError(f"{name}: the lines of {reference} cannot be told apart: write {', '.join(review)} by hand")
    return edited


def _number(rows: dict[str, Any], reference: Reference, name: str) -> int:
    """Which entry of a file, from 0, is about a provision."""
    for number, row in enumerate(rows.get("entry", ())):
        if row.get("ref") == str(reference.locator):
            return number
    raise ManifestError(f'{name}: no entry has ref = "{reference.locator}": run `assistant lexique check`')


def _loaded(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _set(block: str, key: str, value: str) -> str:
    """A line of an entry replaced, or added after its last line, with the line ends of its file."""
    line = f"{key} = {value}"
    replaced, count = re.subn(rf"^{key}[ \t]*=[^\r\n]*", lambda _: line, block, count=1, flags=re.MULTILINE)
    if count:
        return replaced
    after = _AFTER.search(block)
    assert after is not None
    end = "\r\n" if "\r\n" in block else "\n"
    body = block[: after.start()]
    return body + ("" if body.endswith("\n") else end) + line + end + block[after.start() :]
