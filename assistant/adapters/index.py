"""Opening the index, for reading and for writing, wherever its passages live.

The failure this prevents: a process that answers from files which an ingestion is replacing. Each
reader works on a private copy of the generation in use, and keeps it until it ends.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from weakref import finalize

from filelock import FileLock, Timeout

from assistant.adapters import disk
from assistant.adapters.generations import Backend, Draft, Generation, Generations, Recipe
from assistant.adapters.line_files import read_lines
from assistant.errors import StoreError
from assistant.everyday_lines import EverydayLines
from assistant.law.passage import Passage
from assistant.ports import PassageStore

_PREFIX = "assistant-index-"
_DOCSTORE, _LOCK = "docstore.json", "lock"
# A folder younger than this may belong to a process that has not locked it yet.
_YOUNG = 60.0


class IndexStore(PassageStore, Protocol):
    """What both stores offer beside the port."""

    def fetch(self, ids: Sequence[str]) -> list[Passage]:
        """The passages with these ids, in that order; unknown ids are left out."""
        ...

    def count(self) -> int:
        """How many passages there are."""
        ...


class IndexBackend(Protocol):
    """Where the passages of a generation live."""

    @property
    def kind(self) -> Backend:
        """What the recipe of an index names."""
        ...

    def writer(self, draft: Draft, dimensions: int) -> AbstractContextManager[IndexStore]:
        """The store of a draft, holding what its base holds; left without an error, all is on the disk."""
        ...

    def reader(self, generation: Generation, copy: Path) -> AbstractContextManager[IndexStore]:
        """The store of a complete generation, of which `copy` is a private copy."""
        ...

    def remove(self, generation: str) -> None:
        """Remove what lies outside the generation's folder."""
        ...


def backend(qdrant_url: str) -> IndexBackend:
    """The backend that the settings ask for: a server where a URL is given, else embedded."""
    if qdrant_url:
        from assistant.adapters.qdrant_store import ServerBackend

        return ServerBackend.at(qdrant_url)
    from assistant.adapters.edge_store import EmbeddedBackend

    return EmbeddedBackend()


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """The index as one process reads it: passages, parsed acts, everyday lines, and what it was made with."""

    store: IndexStore
    acts: Path
    lines: EverydayLines
    generation: Generation
    resources: ExitStack

    def close(self) -> None:
        """Close the store and remove the private copy; the end of the process does the latter too."""
        self.resources.close()


def open_index(generations: Generations, recipe: Recipe, where: IndexBackend) -> OpenIndex:
    """Open the generation in use; `IndexMissing`, `IndexMismatch`, or `StoreError` when it is broken."""
    resources = ExitStack()
    try:
        generation, copy = _private_copy(generations, recipe, resources)
        store = resources.enter_context(where.reader(generation, copy))
        _check(store, generation)
        lines = read_lines(copy / "lines")
    except BaseException:
        resources.close()
        raise
    return OpenIndex(store, copy / "acts", lines, generation, resources)


def _check(store: IndexStore, generation: Generation) -> None:
    found, written = store.count(), generation.meta.passages
    if found != written:
        raise StoreError(f"the index is broken, it holds {found} passages of {written}: run `assistant ingest`")


def _private_copy(generations: Generations, recipe: Recipe, resources: ExitStack) -> tuple[Generation, Path]:
    """Copy the generation in use; when it was replaced and removed meanwhile, its successor."""
    temporary = Path(tempfile.gettempdir())
    with disk.errors(temporary, "open the index"):
        _remove_abandoned(temporary)
        copy = Path(tempfile.mkdtemp(prefix=_PREFIX))
        lock = FileLock(copy / _LOCK)
        lock.acquire()
        resources.callback(finalize(lock, _let_go, copy))
        resources.callback(lock.release)
        while True:
            generation = generations.require(recipe)
            files = {name: seen for name, seen in generation.meta.files.items() if name != _DOCSTORE}
            try:
                disk.copy_files(generation.folder, copy / generation.id, files)
            except StoreError:
                successor = generations.current()
                if successor is None or successor.id == generation.id:
                    raise
            else:
                return generation, copy / generation.id


def _remove_abandoned(temporary: Path) -> None:
    """Remove the copies of processes that were killed; a living one holds its lock."""
    for copy in temporary.glob(f"{_PREFIX}*"):
        # Another account's copies cannot be opened, and are none of our business.
        with suppress(OSError, Timeout):
            if time.time() - copy.stat().st_mtime > _YOUNG:
                with FileLock(copy / _LOCK, timeout=0):
                    _let_go(copy)


def _let_go(copy: Path) -> None:
    shutil.rmtree(copy, ignore_errors=True)
