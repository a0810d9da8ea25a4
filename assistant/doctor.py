"""What is there, what is missing, and the cure for each: the report of `assistant doctor`.

The failure this prevents: an installation that answers from half the texts, and nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.errors import AssistantError
from assistant.law.identifiers import LocatorKind
from assistant.library import Library
from assistant.manifest import ActSource, Counts, Manifest, load_manifest
from assistant.mark.key import public_key
from assistant.models import installed
from assistant.settings import Settings
from assistant.wiring import check_index, open_library, today


@dataclass(frozen=True, slots=True)
class TextState:
    """One act in one language, in its version of today: what was found and what must be."""

    act: str
    lang: str
    version_date: str
    found: Counts
    expected: Counts
    cure: str = ""

    @property
    def complete(self) -> bool:
        """Whether every article, recital and annex is there."""
        return self.found == self.expected

    def line(self) -> str:
        """For people."""
        if not self.version_date:
            return f"MISSING {self.act} ({self.lang}): {self.cure}"
        counts = f"{self.found.articles} articles, {self.found.recitals} recitals, {self.found.annexes} annexes"
        mark, cure = ("ok     ", "") if self.complete else ("BROKEN ", f": {self.cure}")
        return f"{mark} {self.act} ({self.lang}, {self.version_date}): {counts}{cure}"


@dataclass(frozen=True, slots=True)
class DocumentState:
    """A local document: how many sections were read, or where to look for it."""

    id: str
    sections: int
    cure: str = ""

    def line(self) -> str:
        """For people."""
        return f"ok      {self.id}: {self.sections} sections" if self.sections else f"MISSING {self.id}: {self.cure}"


@dataclass(frozen=True, slots=True)
class Report:
    """The whole examination."""

    texts: tuple[TextState, ...]
    documents: tuple[DocumentState, ...]
    index: str
    models: tuple[tuple[str, str, bool], ...]
    public_key: str

    @property
    def ok(self) -> bool:
        """Nothing is missing and the index can be used."""
        return not self.index and all(t.complete for t in self.texts) and all(d.sections for d in self.documents)

    def lines(self) -> Iterator[str]:
        """For people: one line a text, document, model and problem."""
        yield from (text.line() for text in self.texts)
        yield from (document.line() for document in self.documents)
        for purpose, name, here in self.models:
            cure = "" if here else f": run `assistant models pull {name}`"
            yield f"{'ok     ' if here else 'MISSING'} {purpose} {name}{cure}"
        yield f"BROKEN  index: {self.index}" if self.index else "ok      index"
        yield f"ok      public key of exports: {self.public_key or 'made at the first start of the chat or export'}"

    def to_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "ok": self.ok,
            "texts": [
                {
                    "act": text.act,
                    "lang": text.lang,
                    "version_date": text.version_date or None,
                    "complete": text.complete,
                    **text.found.model_dump(),
                    "expected": text.expected.model_dump(),
                    "cure": text.cure or None,
                }
                for text in self.texts
            ],
            "documents": [
                {"id": d.id, "present": d.sections > 0, "sections": d.sections, "cure": d.cure or None}
                for d in self.documents
            ],
            "models": [{"purpose": p, "name": n, "installed": here} for p, n, here in self.models],
            "index": {"usable": not self.index, "problem": self.index or None},
            "mark": {"public_key": self.public_key or None},
        }


def examine(settings: Settings) -> Report:
    """Look at the texts in the index, the models that the settings name, and the index itself."""
    manifest = load_manifest()
    day = today()
    try:
        library: Library | None = open_library(settings)
        problem = check_index(settings)
    except AssistantError as error:
        library, problem = None, str(error)
    acts = [_act(library, act, lang, day) for act in manifest.act for lang in ("fr", "en")]
    return Report(
        texts=tuple(acts),
        documents=tuple(_documents(library, manifest, day)),
        index=problem,
        models=tuple(_models(settings)),
        public_key=public_key(settings.data),
    )


def _act(library: Library | None, source: ActSource, lang: str, day: date) -> TextState:
    version = [version for version in source.version if version.date <= day][-1]
    nothing = Counts(articles=0, recitals=0, annexes=0)
    absent = TextState(
        source.id,
        lang,
        "",
        nothing,
        version.counts,
        "not indexed: run `assistant ingest` with a network, or set `mirror` to a folder that holds the texts",
    )
    if library is None or source.id not in library.acts:
        return absent
    edition = library.edition(source.id, lang, day)
    if edition.lang != lang or edition.version_date != version.date:
        return absent
    act = library.open(edition)
    found = Counts(
        articles=len(act.tops(LocatorKind.ARTICLE)),
        recitals=len(act.tops(LocatorKind.RECITAL)),
        annexes=len(act.tops(LocatorKind.ANNEX)),
    )
    return TextState(source.id, lang, edition.version_date.isoformat(), found, version.counts, "run `assistant ingest`")


def _documents(library: Library | None, manifest: Manifest, day: date) -> Iterator[DocumentState]:
    for document in manifest.document:
        if library is not None and document.id in library.acts:
            yield DocumentState(document.id, len(library.act(document.id, "fr", day).provisions))
        else:
            yield DocumentState(document.id, 0, f"{document.published_at}; drop the file into corpus/local and ingest")
    listed = {act.id for act in manifest.act} | {document.id for document in manifest.document}
    for act in library.acts if library is not None else ():
        if act not in listed and library is not None:
            yield DocumentState(act, len(library.act(act, "fr", day).provisions))


def _models(settings: Settings) -> Iterator[tuple[str, str, bool]]:
    wanted = (("embedder", settings.embedder), ("chat", settings.chat_model), ("reranker", settings.reranker))
    for purpose, name in wanted:
        if name:
            yield purpose, name, installed(settings, name) is not None
