"""A juriste's review, written into the files of entries line by line.

The failure this prevents: a review that reformats a file, so that nobody can see what it changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from assistant.errors import ManifestError
from assistant.law.identifiers import Reference
from assistant.lexicon import Entry, Lexicon

_HEADER = re.compile(r"^\[\[entry\]\]\s*$", re.MULTILINE)


def unreviewed(lexicon: Lexicon, act: str = "") -> Iterator[Entry]:
    """Entries with a plain sentence that nobody has reviewed, of one text where it is named."""
    for entry in lexicon.entries.values():
        if not entry.reviewed_by and any(entry.plain.values()) and act in {"", entry.reference.act}:
            yield entry


def write_review(folder: Path, reference: Reference, reviewer: str, day: date) -> None:
    """Set `reviewed_by` and `reviewed_on` of one entry; every other byte of the file stays."""
    path = folder / f"{reference.act}.toml"
    text = path.read_text(encoding="utf-8")
    start, end = _block(text, reference, path)
    block = text[start:end]
    for key, value in (("reviewed_by", reviewer), ("reviewed_on", day.isoformat())):
        block = _set(block, key, json.dumps(value, ensure_ascii=False))
    path.write_text(text[:start] + block + text[end:], encoding="utf-8")


def _block(text: str, reference: Reference, path: Path) -> tuple[int, int]:
    """Where the lines of an entry begin and end."""
    starts = [match.start() for match in _HEADER.finditer(text)]
    wanted = re.compile(rf'^ref\s*=\s*"{re.escape(str(reference.locator))}"\s*$', re.MULTILINE)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        if wanted.search(text, start, end):
            return start, end
    raise ManifestError(f'{path.name}: no entry has ref = "{reference.locator}": run `assistant lexique check`')


def _set(block: str, key: str, value: str) -> str:
    """A line of an entry replaced, or added after its last line."""
    line = f"{key} = {value}"
    replaced, count = re.subn(rf"^{key}\s*=.*$", lambda _: line, block, flags=re.MULTILINE)
    if count:
        return replaced
    body = block.rstrip("\n")
    return f"{body}\n{line}{block[len(body) :] or chr(10)}"
