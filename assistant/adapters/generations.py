"""The index on disk: complete generations side by side, and a pointer to the one in use.

    index/
        current             the name of the generation in use, replaced atomically
        ingest.lock         held while one is built
        generations/000007-3f2a91c0/
            meta.json       written last: a folder without it is half-written
            acts/           the parsed acts
            lines/          the everyday lines and their vectors
            docstore.json   what was indexed, by hash
            shard/          the passages (embedded store)

The failure this prevents: an answer from a half-written index, or none at all, because an
ingestion was interrupted, ran twice at once or met a full disk.
"""

from __future__ import annotations

import datetime as dt
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.adapters import disk, hybrid
from assistant.errors import IndexMismatch, IndexMissing, StoreError

_META, _CURRENT, _LOCK = "meta.json", "current", "ingest.lock"
_BUILD = "build the index"
Backend = Literal["edge", "qdrant"]


class Recipe(BaseModel):
    """What an index is made with; one made with anything else cannot answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    embedder: str
    store: Backend
    settings: str

    @classmethod
    def of(cls, embedder: str, store: Backend) -> Recipe:
        """The recipe of this program for an embedder (its `name`) and a store."""
        return cls(embedder=embedder, store=store, settings=hybrid.fingerprint())


class Meta(BaseModel):
    """What is known of a complete generation. `files`: per file its size and checksum."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    recipe: Recipe
    corpus: str
    passages: int
    counts: dict[str, int]
    created: dt.datetime
    files: dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Generation:
    """A complete generation."""

    folder: Path
    meta: Meta

    @property
    def id(self) -> str:
        """Its name, unique to this index."""
        return self.folder.name


@dataclass(slots=True)
class Draft:
    """A generation being built, in a folder of its own; `base` is the one whose content it started from."""

    folder: Path
    recipe: Recipe
    base: Generation | None
    completed: bool = False

    @property
    def acts(self) -> Path:
        """Where the parsed acts are written."""
        return self.folder / "acts"

    @property
    def lines(self) -> Path:
        """Where the everyday lines are written."""
        return self.folder / "lines"

    @property
    def docstore(self) -> Path:
        """The document store of the ingestion pipeline."""
        return self.folder / "docstore.json"

    def complete(self, corpus: str, passages: int, counts: dict[str, int], created: dt.datetime) -> None:
        """Say that all is written: `corpus` is the hash of the texts, `counts` whatever is worth telling."""
        with disk.errors(self.folder, _BUILD):
            disk.sync_tree(self.folder)
            files = {
                file.relative_to(self.folder).as_posix(): (file.stat().st_size, disk.checksum(file))
                for file in disk.files(self.folder)
            }
            meta = Meta(
                recipe=self.recipe, corpus=corpus, passages=passages, counts=counts, created=created, files=files
            )
            disk.replace(self.folder / _META, meta.model_dump_json(indent=1))
        self.completed = True


class Generations:
    """The generations of one index. `on_removed` is told the name of each one that is removed."""

    def __init__(self, folder: Path, on_removed: Callable[[str], None] = lambda _: None) -> None:
        self._folder = folder
        self._all = folder / "generations"
        self._on_removed = on_removed

    def current(self) -> Generation | None:
        """The generation in use, None before the first; `StoreError` when it is broken."""
        try:
            name = (self._folder / _CURRENT).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"{self._folder / _CURRENT} cannot be read ({error}): run `assistant ingest`") from error
        return _read(self._all / name)

    def require(self, recipe: Recipe) -> Generation:
        """The generation in use; `IndexMissing` or `IndexMismatch` unless it was made with `recipe`."""
        generation = self.current()
        if generation is None:
            raise IndexMissing("nothing was indexed yet: run `assistant ingest`")
        for field in Recipe.model_fields:
            built, asked = getattr(generation.meta.recipe, field), getattr(recipe, field)
            if built != asked:
                raise IndexMismatch(
                    f"index built with {field} {built}, settings ask for {asked}: run `assistant ingest`"
                )
        return generation

    @contextmanager
    def build(self, recipe: Recipe) -> Iterator[Draft]:
        """Build a generation beside the one in use, and swap it in if it was completed.

        It starts from the content of the one in use where that was made with the same recipe.
        Left otherwise than by `Draft.complete`, nothing has changed. `StoreError` when another
        ingestion is running.
        """
        with self._locked():
            self._remove_all_but(self._kept())
            draft = Draft(self._all / self._next_name(), recipe, self._base(recipe))
            try:
                with disk.errors(self._folder, _BUILD):
                    _start(draft)
                    yield draft
                if draft.completed:
                    self._swap(draft)
            finally:
                if self._pointer() != draft.folder.name:
                    self._remove(draft.folder)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        lock = FileLock(self._folder / _LOCK)
        with disk.errors(self._folder, _BUILD):
            self._all.mkdir(parents=True, exist_ok=True)
            try:
                lock.acquire(timeout=0)
            except Timeout as error:
                raise StoreError("another `assistant ingest` is running: wait until it has ended") from error
        try:
            yield
        finally:
            lock.release()

    def _base(self, recipe: Recipe) -> Generation | None:
        """The generation in use where it can be built upon; a broken one is built anew."""
        try:
            return self.require(recipe)
        except StoreError:
            return None

    def _pointer(self) -> str:
        """The name of the generation in use, empty before the first."""
        pointer = self._folder / _CURRENT
        return pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else ""

    def _kept(self) -> set[str]:
        """The generation in use and the latest complete one beside it."""
        current = self._pointer()
        complete = sorted(p.name for p in self._all.iterdir() if (p / _META).is_file() and p.name != current)
        return {current, *complete[-1:]}

    def _swap(self, draft: Draft) -> None:
        with disk.errors(self._folder, _BUILD):
            disk.sync(self._all)
            disk.replace(self._folder / _CURRENT, draft.folder.name + "\n")
        self._remove_all_but(self._kept())

    def _next_name(self) -> str:
        numbers = [int(p.name[:6]) for p in self._all.iterdir() if p.name[:6].isdigit()]
        return f"{max(numbers, default=0) + 1:06d}-{secrets.token_hex(4)}"

    def _remove_all_but(self, kept: set[str]) -> None:
        for folder in sorted(self._all.iterdir()):
            if folder.name not in kept:
                self._remove(folder)

    def _remove(self, folder: Path) -> None:
        """Remove a generation, its meta.json first, so that one half removed is half-written."""
        with disk.errors(folder, "remove an old index"):
            (folder / _META).unlink(missing_ok=True)
            self._on_removed(folder.name)
            shutil.rmtree(folder)


def _read(folder: Path) -> Generation:
    try:
        meta = Meta.model_validate_json((folder / _META).read_bytes())
    except (OSError, ValidationError) as error:
        reason = "it is not complete" if isinstance(error, FileNotFoundError) else "its meta.json cannot be read"
        raise StoreError(f"the index {folder} cannot be used, {reason}: run `assistant ingest`") from error
    return Generation(folder, meta)


def _start(draft: Draft) -> None:
    """Make the folder of a draft, with a copy of what it starts from; the acts are always written anew."""
    draft.folder.mkdir()
    if draft.base is not None:
        files = {name: seen for name, seen in draft.base.meta.files.items() if not name.startswith(("acts/", "lines/"))}
        try:
            disk.copy_files(draft.base.folder, draft.folder, files)
        except StoreError:
            # The one in use is broken: nothing is taken over, everything is indexed anew.
            shutil.rmtree(draft.folder)
            draft.folder.mkdir()
            draft.base = None
    draft.acts.mkdir()
