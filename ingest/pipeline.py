"""The stages, in order: fetch, parse, audit, passages, embed, store; then the new index is swapped in.

The failure this prevents: an index of which nobody can say which texts it holds, and a second run
that does everything again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import assistant
from assistant.errors import AssistantError, CorpusError, DocumentError
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


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingestion did: what it counted (None when nothing had changed), what is missing and why."""

    counts: Counts | None
    acts: int
    missing: Mapping[str, AssistantError]
    unreadable: tuple[DocumentError, ...]

    def lines(self) -> Iterator[str]:
        """For people."""
        for path, error in self.missing.items():
            yield f"missing: {path}: {error}"
        for error in self.unreadable:
            yield f"left out: {error}"
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
        return Report(None, current.meta.counts["texts"], texts.missing, ())
    acts, unreadable = read_acts(manifest, texts, places)
    if not acts:
        raise CorpusError("no text was found: connect to a network once, or set `mirror` to a folder of the texts")
    counts = build_index(settings, manifest, acts, corpus)
    return Report(counts, len(acts), texts.missing, tuple(unreadable))


def read_acts(manifest: Manifest, texts: Texts, places: Places) -> tuple[list[Act], list[DocumentError]]:
    """Every edition whose files were all found, audited, and every readable document.

    A dropped document stands over the manifest's of the same name: an adopted charter over the model.
    """
    acts = [_audited(*edition, texts.found) for edition in _editions(manifest) if _is_whole(edition[2], texts)]
    dropped, unreadable = read_folder(places.dropped, manifest) if places.dropped.is_dir() else ([], [])
    taken = {act.act for act in dropped}
    for document in manifest.document:
        if document.id not in taken and document.path in texts.found:
            dropped.append(read_document(texts.found[document.path].path, document))
    return acts + dropped, unreadable


def build_index(settings: Settings, manifest: Manifest, acts: Sequence[Act], corpus: str) -> Counts:
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
        draft.complete(corpus, len(units), {"texts": len(acts)}, dt.datetime.now(dt.UTC))
    return counts


def corpus_hash(files: Iterable[Path], dropped: Iterable[Path]) -> str:
    """Over everything that the passages come from: texts, our data beside them, and the program that reads them."""
    entries = [path for path in (corpus_folder() / "lexique").glob("*.toml") if path.stem not in NOT_ENTRIES]
    data = [corpus_folder() / "manifest.toml", *sorted(entries)]
    package = Path(assistant.__file__).parent
    indexing = [
        package / "adapters" / f"{name}.py" for name in ("hybrid", "bm25", "payload", "ingestion", "line_files")
    ]
    code = [*sorted(Path(__file__).parent.rglob("*.py")), *sorted((package / "law").glob("*.py")), *indexing]
    total = hashlib.sha256()
    for path in [*files, *dropped, *data, *code]:
        total.update(f"{path.name}\n".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]


def _editions(manifest: Manifest) -> Iterator[tuple[ActSource, Version, VersionText]]:
    for act in manifest.act:
        for version in act.version:
            for text in version.text:
                yield act, version, text


def _is_whole(text: VersionText, texts: Texts) -> bool:
    return all(path in texts.found for path in text.paths)


def _audited(act: ActSource, version: Version, text: VersionText, found: Mapping[str, Fetched]) -> Act:
    parsed = parse_act(act, version, text, lambda path: found[path].path)
    audit(parsed, version.counts)
    return parsed.act
