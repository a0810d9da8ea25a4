"""The everyday lines and their vectors, kept beside the passages of an index.

The failure this prevents: lines embedded again at each start, or by another model than the passages.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

import numpy as np

from assistant.adapters import disk
from assistant.errors import StoreError
from assistant.everyday_lines import EverydayLines, Table
from assistant.law.identifiers import Reference
from assistant.lexicon import Entry
from assistant.ports import Embedder

LANGUAGES = ("fr", "en")


def write_lines(folder: Path, entries: Iterable[Entry], embedder: Embedder) -> None:
    """Embed and write the lines of all entries, a language at a time, into a new folder; vectors as float16."""
    known = list(entries)
    with disk.errors(folder, "write the everyday lines"):
        folder.mkdir(parents=True)
        for lang in LANGUAGES:
            lines = [(str(entry.reference), line) for entry in known for line in entry.words[lang]]
            texts = [line for _, line in lines]
            vectors = embedder.embed_questions(texts) if texts else np.zeros((0, embedder.dimensions))
            (folder / f"{lang}.json").write_text(json.dumps(lines, ensure_ascii=False), encoding="utf-8")
            np.save(folder / f"{lang}.npy", vectors.astype(np.float16))


def read_lines(folder: Path) -> EverydayLines:
    """The lines of an index; `StoreError` when they cannot be read."""
    return EverydayLines({lang: _table(folder, lang) for lang in LANGUAGES})


def _table(folder: Path, lang: str) -> Table:
    try:
        lines: list[tuple[str, str]] = json.loads((folder / f"{lang}.json").read_text(encoding="utf-8"))
        vectors = np.load(folder / f"{lang}.npy").astype(np.float32)
    except (OSError, ValueError) as error:
        raise StoreError(f"the everyday lines of the index cannot be read ({error}): run `assistant ingest`") from error
    if len(vectors) != len(lines):
        raise StoreError(f"{len(lines)} everyday lines came with {len(vectors)} vectors: run `assistant ingest`")
    rows: dict[Reference, int] = {}
    starts: list[int] = []
    position = 0
    for reference, group in groupby(lines, key=lambda line: line[0]):
        rows[Reference.parse(reference)] = len(starts)
        starts.append(position)
        position += sum(1 for _ in group)
    return Table([text for _, text in lines], vectors, np.array(starts, dtype=np.int64), rows)
