"""Each text of the manifest to verified bytes: from the cache, a mirror, or the publisher.

The failure this prevents: a text that changed, was cut or was swapped on its way, quoted as law.
A mirror's file must have the manifest's SHA-256. A download has none to match: it is accepted by
the caller's structural audit, its hash is recorded, and every later copy is compared with it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote

from assistant.adapters.download import Progress, download
from assistant.adapters.http_response import Unavailable
from assistant.errors import CorpusError, DocumentError, FetchError, IntegrityError, SettingsError, SourceAbsent
from assistant.manifest import DocumentSource, SourceFile
from assistant.resources import checkout, corpus_folder
from assistant.settings import Settings

PUBLISHER = "https://publications.europa.eu/resource/celex/"
"""The Publications Office: one address per CELEX number, format and language by content negotiation."""
MAX_BYTES = 20_000_000

Accept = Callable[[SourceFile, Path], None]
"""The structural audit of a downloaded file; raises a `CorpusError` when it is not the text it should be."""

_LANGUAGES = {"fr": "fra", "en": "eng"}
_PAGE = ("application/xhtml+xml, text/html;q=0.9", ("application/xhtml+xml", "text/html"))
_FORMATS = {
    "xhtml": _PAGE,
    "html": _PAGE,
    "fmx4": ("application/xml;type=fmx4", ("application/xml",)),
    "pdf": ("application/pdf", ("application/pdf",)),
}
_log = logging.getLogger(__name__)


class Origin(StrEnum):
    """Where a file was found."""

    DROPPED = "dropped"
    PROGRAM = "program"
    CACHE = "cache"
    MIRROR = "mirror"
    PUBLISHER = "publisher"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A verified file, where it came from and its SHA-256."""

    path: Path
    origin: Origin
    sha256: str


@dataclass(frozen=True, slots=True)
class Places:
    """Where texts are looked for. `no_network` says why the publisher is not asked; empty: it is."""

    cache: Path
    mirror: Path | None
    dropped: Path
    no_network: str = ""
    publisher: str = PUBLISHER
    sleep: Callable[[float], None] = time.sleep

    @classmethod
    def of(cls, settings: Settings) -> Places:
        """The folders that the settings name; `SettingsError` when the mirror is no folder."""
        if settings.mirror is not None and not settings.mirror.is_dir():
            raise SettingsError(f"setting 'mirror' names {settings.mirror}, which is no folder: correct or remove it")
        return cls(
            cache=settings.data / "sources",
            mirror=settings.mirror,
            dropped=settings.local_folder or (corpus_folder() if checkout() else settings.data) / "local",
            no_network="the setting 'offline' is on" if settings.offline else "",
        )


def fetch_file(source: SourceFile, places: Places, accept: Accept, progress: Progress | None = None) -> Fetched:
    """One file of the Union's publications: cache, mirror, then publisher.

    Raises `SourceAbsent` when nothing holds it, `IntegrityError` for other bytes than those known,
    `FetchError` when the publisher does not deliver (`Unavailable` when it does not answer at all),
    and what `accept` raises. A file that was there before is replaced only by an accepted one.
    """
    held = _cached(source.path, source.sha256, places) or _mirrored(source.path, source.sha256, places)
    if held is not None:
        return held
    if places.no_network:
        raise SourceAbsent(
            f"{source.path} is in neither cache nor mirror and {places.no_network}: "
            "run `assistant ingest` with a network, or name a folder that holds it in the setting 'mirror'"
        )
    try:
        return _downloaded(source, places, accept, progress)
    except OSError as error:
        raise FetchError(
            f"cannot write in {places.cache} ({error.strerror}): free space or correct the rights"
        ) from error


def fetch_document(document: DocumentSource, places: Places) -> Fetched:
    """A city's text or the model charter: the folder where files are dropped, the program, cache, mirror.

    Raises `SourceAbsent` with where to look for it and where to drop it. A dropped file is taken as
    it is: the city vouches for it.
    """
    dropped = _dropped(document, places.dropped)
    if len(dropped) > 1:
        names = " and ".join(file.name for file in dropped)
        raise DocumentError(f"{names} in {places.dropped} are the same document: keep one of them")
    if dropped:
        return Fetched(dropped[0], Origin.DROPPED, digest(dropped[0]))
    own = corpus_folder() / document.path
    if not document.sha256 and own.is_file():
        return Fetched(own, Origin.PROGRAM, digest(own))
    held = _cached(document.path, document.sha256, places) or _mirrored(document.path, document.sha256, places)
    if held is None:
        raise SourceAbsent(
            f"{document.short.fr} is absent. Where it is published: {document.published_at}. "
            f"Cure: drop it into {places.dropped} as {Path(document.path).stem}.pdf (or .docx, .odt, .html, .md, .txt)"
        )
    return held


def digest(path: Path) -> str:
    """SHA-256 of a file, hexadecimal; `IntegrityError` when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise IntegrityError(f"{path} cannot be read ({error.strerror}): correct its rights") from error


def _dropped(document: DocumentSource, folder: Path) -> list[Path]:
    """The files of the folder and its sub-folders that bear the document's name, hidden ones left out."""
    names = {document.id, Path(document.path).stem}
    files = (file for file in sorted(folder.rglob("*")) if file.is_file() and not file.name.startswith((".", "~$")))
    return [file for file in files if file.stem.casefold() in names]


def _cached(name: str, sha256: str, places: Places) -> Fetched | None:
    path = places.cache / name
    if not path.is_file():
        return None
    found = digest(path)
    if found in {sha256, _recorded(places).get(name)}:
        return Fetched(path, Origin.CACHE, found)
    _log.warning("%s is not the file that was accepted into the cache: it is fetched again", path)
    return None


def _mirrored(name: str, sha256: str, places: Places) -> Fetched | None:
    path = places.mirror / name if places.mirror else None
    if path is None or not path.is_file():
        return None
    found = digest(path)
    if sha256 and found != sha256:
        raise IntegrityError(
            f"{path} is not the file of the manifest (sha256 {found[:12]}…, expected {sha256[:12]}…): "
            "copy it into the mirror again, or remove it there"
        )
    return Fetched(path, Origin.MIRROR, found)


def _downloaded(source: SourceFile, places: Places, accept: Accept, progress: Progress | None) -> Fetched:
    target = places.cache / source.path
    candidate = target.with_name(f"{target.name}.new")
    found = _ask(source, candidate, places, progress)
    try:
        _compare(source, found, places)
        accept(source, candidate)
    except CorpusError:
        candidate.unlink()
        raise
    _record(source.path, found, places)
    candidate.replace(target)
    return Fetched(target, Origin.PUBLISHER, found)


def _ask(source: SourceFile, target: Path, places: Places, progress: Progress | None) -> str:
    """Download one file in its format and language; returns its SHA-256."""
    asked, served = _FORMATS[source.format]
    try:
        done = download(
            places.publisher + quote(source.celex, safe=""),
            target,
            headers={"Accept": asked, "Accept-Language": _LANGUAGES[source.lang]},
            max_bytes=MAX_BYTES,
            content_types=served,
            progress=progress,
            sleep=places.sleep,
        )
    except Unavailable:
        raise
    except FetchError as error:
        raise FetchError(
            f"{source.path}: {error}; a folder that holds it can be named in the setting 'mirror'"
        ) from error
    return done.sha256


def _compare(source: SourceFile, found: str, places: Places) -> None:
    known = _recorded(places).get(source.path)
    if known not in {None, found}:
        raise IntegrityError(
            f"the publisher now serves other bytes for {source.path} (sha256 {found[:12]}…, recorded {known[:12]}…): "
            f"see what changed, then remove its line from {_hashes(places)} to accept them"
        )


def _hashes(places: Places) -> Path:
    return places.cache / "hashes.json"


def _recorded(places: Places) -> dict[str, str]:
    """The hashes of the downloads accepted so far, by path."""
    try:
        recorded = json.loads(_hashes(places).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise IntegrityError(f"{_hashes(places)} cannot be read: remove it and run `assistant ingest`") from error
    return {str(name): str(value) for name, value in recorded.items()}


def _record(name: str, sha256: str, places: Places) -> None:
    text = json.dumps(_recorded(places) | {name: sha256}, indent=1, sort_keys=True)
    new = _hashes(places).with_name("hashes.json.new")
    new.write_text(text + "\n", encoding="utf-8")
    new.replace(_hashes(places))
