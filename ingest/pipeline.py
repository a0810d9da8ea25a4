"""The stages, in order: fetch, parse, audit, passages, embed, store; then the new index is swapped in.

The failures this prevents: an index of which nobody can say which texts it holds, a second run that
does everything again, and one broken text that keeps all the others out.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import assistant
from assistant.errors import AssistantError, CorpusError, ParseError, StoreError
from assistant.law.act import Act
from assistant.lexicon import NOT_ENTRIES, load_lexicon
from assistant.library import write_acts
from assistant.manifest import ActSource, Manifest, Version, VersionText, load_manifest
from assistant.render.progress import count_bar
from assistant.resources import corpus_folder
from assistant.settings import Settings
from assistant.wiring import current_index, index_fits, open_draft, open_embedder, open_writer
from ingest.accept import acceptor
from ingest.audit import audit
from ingest.fetch import Fetched, Places
from ingest.parse.document import dropped_files, read_document, read_folder
from ingest.parse.eurlex import parse_act
from ingest.passages import passages
from ingest.texts import Texts, fetch_texts

if TYPE_CHECKING:
    from assistant.adapters.ingestion import Counts

_LEFT_OUT = "left_out.json"

_INDEXING = (
    "data_files.py",
    "lexicon.py",
    "library.py",
    "manifest.py",
    "law/*.py",
    *(f"adapters/{name}.py" for name in ("hybrid", "bm25", "payload", "ingestion", "line_files")),
)
"""Modules of the program, beside the readers, that decide what stands in the index."""


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingestion did: what it counted (None when nothing had changed), what is missing and why.

    `left_out`: why texts and documents that were found are not in the index, one line each.
    """

    counts: Counts | None
    acts: int
    missing: Mapping[str, AssistantError]
    left_out: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """For people."""
        for path, error in self.missing.items():
            yield f"missing: {path}: {error}"
        for reason in self.left_out:
            yield f"left out: {reason}"
        if self.counts is None:
            yield f"nothing changed: {self.acts} texts are indexed"
        else:
            c = self.counts
            yield (
                f"indexed {self.acts} texts: {c.added} passages added, {c.changed} changed, {c.removed} removed, "
                f"{c.unchanged} unchanged"
            )


def ingest(settings: Settings, *, force: bool = False) -> Report:
    """Bring the index up to date with the texts, the settings and the program."""
    manifest = load_manifest()
    places = Places.of(settings)
    texts = fetch_texts(manifest, places, acceptor(manifest))
    dropped = dropped_files(places.dropped)
    corpus = corpus_hash([fetched.path for fetched in texts.found.values()], dropped)
    current = current_index(settings)
    if current is not None and current.meta.corpus == corpus and index_fits(settings) and not force:
        return Report(None, current.meta.counts["texts"], texts.missing, read_left_out(current.folder))
    acts, left_out = read_acts(manifest, texts, places)
    if not acts:
        raise CorpusError("no text was found: connect to a network once, or set `mirror` to a folder of the texts")
    counts = build_index(settings, manifest, acts, corpus, left_out)
    return Report(counts, len(acts), texts.missing, left_out)


def read_acts(manifest: Manifest, texts: Texts, places: Places) -> tuple[list[Act], tuple[str, ...]]:
    """Every edition whose files were all found, audited, and every document; and why others are left out.

    A dropped document stands over the manifest's of the same name: an adopted charter over the model.
    """
    dropped, unreadable = read_folder(places.dropped, manifest) if places.dropped.is_dir() else ([], [])
    taken = {act.act for act in dropped}
    readings: list[Callable[[], Act]] = [
        partial(_audited, *edition, texts.found) for edition in _editions(manifest) if _is_whole(edition[2], texts)
    ]
    readings += [
        partial(read_document, texts.found[document.path].path, document)
        for document in manifest.document
        if document.id not in taken and document.path in texts.found
    ]
    acts: list[Act] = []
    faults: list[AssistantError] = [*unreadable]
    for reading in readings:
        try:
            acts.append(reading())
        except AssistantError as error:
            faults.append(error)
    return acts + dropped, tuple(dict.fromkeys(map(str, faults)))


def build_index(
    settings: Settings, manifest: Manifest, acts: Sequence[Act], corpus: str, left_out: Sequence[str]
) -> Counts:
    """Embed and store all passages in a new generation, and swap it in."""
    from assistant.adapters.ingestion import run_ingestion
    from assistant.adapters.line_files import write_lines

    embedder = open_embedder(settings)
    lexicon = load_lexicon()
    units = [passage for act in acts for passage in passages(manifest, act, lexicon)]
    with open_draft(settings) as draft:
        write_acts(draft.acts, acts)
        write_lines(draft.lines, lexicon.entries.values(), embedder)
        with open_writer(settings, draft, embedder.dimensions) as store, count_bar("passages") as progress:
            counts = run_ingestion(units, embedder, store, draft.docstore, progress)
        (draft.folder / _LEFT_OUT).write_text(json.dumps(left_out, ensure_ascii=False), encoding="utf-8")
        draft.complete(corpus, len(units), {"texts": len(acts)}, dt.datetime.now(dt.UTC))
    return counts


def read_left_out(generation: Path) -> tuple[str, ...]:
    """Why texts and documents are not in an index, as `build_index` wrote it."""
    file = generation / _LEFT_OUT
    try:
        return tuple(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else ()
    except (OSError, ValueError) as error:
        raise StoreError(f"{file} cannot be read ({error}): run `assistant ingest --force`") from error


def corpus_hash(files: Iterable[Path], dropped: Iterable[Path]) -> str:
    """Over everything that the passages come from: texts, our data beside them, and the program that reads them."""
    entries = [path for path in (corpus_folder() / "lexique").glob("*.toml") if path.stem not in NOT_ENTRIES]
    data = [corpus_folder() / "manifest.toml", *sorted(entries)]
    total = hashlib.sha256()
    for path in [*files, *dropped, *data, *program_files()]:
        total.update(f"{path.name}\n".encode())
        total.update(_content(path))
    return total.hexdigest()[:16]


def program_files() -> list[Path]:
    """The modules that decide what stands in the index: the readers, the law, what makes passages and stores them."""
    package = Path(assistant.__file__).parent
    ours = sorted(Path(__file__).parent.rglob("*.py"))
    return [*ours, *(path for pattern in _INDEXING for path in sorted(package.glob(pattern)))]


def _content(path: Path) -> bytes:
    """The hash of a file, or that it cannot be read: who reads it next says so, and leaves out no other."""
    try:
        return hashlib.sha256(path.read_bytes()).digest()
    except OSError as error:
        return f"cannot be read: {error.errno}".encode()


def _editions(manifest: Manifest) -> Iterator[tuple[ActSource, Version, VersionText]]:
    for act in manifest.act:
        for version in act.version:
            for text in version.text:
                yield act, version, text


def _is_whole(text: VersionText, texts: Texts) -> bool:
    return all(path in texts.found for path in text.paths)


def _audited(act: ActSource, version: Version, text: VersionText, found: Mapping[str, Fetched]) -> Act:
    try:
        parsed = parse_act(act, version, text, lambda path: found[path].path)
    except ParseError as error:
        raise ParseError(f"{act.id} ({text.lang}, {version.date}): {error}") from error
    audit(parsed, version.counts)
    return parsed.act
