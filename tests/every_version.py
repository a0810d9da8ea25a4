"""All versions of all texts as a library: the law of any day, parsed once for all tests."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from assistant.law.act import Act
from assistant.library import Library, write_acts
from assistant.manifest import load_manifest
from ingest.parse.eurlex import parse_act
from tests.in_force import acts_in_force

EARLIER, LATER = "2024-07-12", "2026-07-27"
"""The two versions of the AI Act."""


@lru_cache(maxsize=1)
def earlier_acts(mirror: Path) -> tuple[Act, ...]:
    """The versions that another one has replaced."""
    return tuple(
        parse_act(source, version, text, lambda path: mirror / path).act
        for source in load_manifest().act
        for version in source.version[:-1]
        for text in version.text
    )


def library_of_every_version(mirror: Path, folder: Path) -> Library:
    """A library in `folder` that holds every version."""
    write_acts(folder, (*earlier_acts(mirror), *acts_in_force(mirror)))
    return Library(folder, load_manifest())
