"""The texts of a day as a library, parsed once for all tests from the mirror and the repository."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from assistant.law.act import Act
from assistant.library import Library, write_acts
from assistant.manifest import DocumentSource, load_manifest
from assistant.resources import corpus_folder
from ingest.parse.document import read_document
from ingest.parse.eurlex import parse_act

DAY = date(2026, 11, 21)


@lru_cache(maxsize=1)
def acts_in_force(mirror: Path) -> tuple[Act, ...]:
    """The last version of each act in both languages, the city documents and the model charter."""
    manifest = load_manifest()
    acts = [
        parse_act(source, source.version[-1], text, lambda path: mirror / path).act
        for source in manifest.act
        for text in source.version[-1].text
    ]
    return (*acts, *(read_document(_place(document, mirror), document) for document in manifest.document))


def library_in_force(mirror: Path, folder: Path) -> Library:
    """The same as a library in `folder`."""
    write_acts(folder, acts_in_force(mirror))
    return Library(folder, load_manifest())


def _place(document: DocumentSource, mirror: Path) -> Path:
    ours = corpus_folder() / document.path
    return ours if ours.is_file() else mirror / document.path
