"""Passages and an embedder for the tests of the index: small, deterministic, without a model."""

from __future__ import annotations

import re
import shutil
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import numpy as np

from assistant.adapters.hybrid import searchable_text
from assistant.law.identifiers import Reference
from assistant.law.passage import Passage
from assistant.law.validity import Application, Validity
from assistant.ports import Filter, Hit, PassageStore, Query, Vectors

DIMENSIONS = 64
TODAY = date(2026, 11, 21)


def passage(
    text: str,
    reference: str = "rgpd:art-33.1",
    *,
    lang: str = "fr",
    valid_from: date = date(2016, 5, 4),
    valid_until: date | None = None,
    title: str = "",
    only_language: bool = False,
) -> Passage:
    """A passage with every field filled."""
    return Passage(
        reference=Reference.parse(reference),
        lang=lang,
        version_date=valid_from.isoformat(),
        celex="32016R0679",
        label=f"article de {reference}",
        title=title,
        path="Chapitre IV > Section 2",
        context="",
        text=text,
        url=f"https://eur-lex.europa.eu/#{reference}",
        validity=Validity(
            entry_into_force=date(2016, 5, 24),
            valid_from=valid_from,
            valid_until=valid_until,
            applications=(Application(date(2018, 5, 25), "", "rgpd:art-99.2"),),
        ),
        only_language=only_language,
    )


class HashingEmbedder:
    """A port's embedder: each word adds a fixed direction. `embedded` records every passage it was given."""

    def __init__(self, name: str = "hashing-64", dimensions: int = DIMENSIONS) -> None:
        self.name = name
        self.dimensions = dimensions
        self.embedded: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        return self.embed_questions(texts)

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        rows = np.stack([self._row(text) for text in texts])
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return rows

    def _row(self, text: str) -> Vectors:
        row = np.zeros(self.dimensions, dtype=np.float32)
        row[0] = 0.1
        for word in re.findall(r"\w+", text.lower()):
            code = zlib.crc32(word.encode())
            row[code % self.dimensions] += 1.0 if code & 1024 else -1.0
        return row


def write(store: PassageStore, *passages: Passage) -> None:
    """Index passages with the embedder of these tests."""
    store.write(passages, HashingEmbedder().embed_passages([searchable_text(p) for p in passages]))


def ask(
    store: PassageStore,
    text: str,
    *,
    lang: str = "fr",
    day: date = TODAY,
    acts: tuple[str, ...] | None = None,
    limit: int = 10,
) -> list[Hit]:
    """Search with the embedder of these tests."""
    vector = HashingEmbedder().embed_questions([text])[0]
    return store.search(Query(text, vector, Filter(lang, day, acts), limit))


def texts(hits: Sequence[Hit]) -> list[str]:
    """The official texts of the hits, in order."""
    return [hit.passage.text for hit in hits]


@contextmanager
def quick_folder(otherwise: Path) -> Iterator[Path]:
    """A folder in memory where there is one, for indexes are synced to the disk at every step."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or shutil.disk_usage(memory).free < 2**30:
        yield otherwise
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)
