"""Entries held against the texts: places that do not exist, and provisions nobody wrote about.

The failure this prevents: an entry that lost its provision when the act was amended, and an article
that only its own legal words can find.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from assistant.law.act import Act, ProvisionKind
from assistant.law.identifiers import Locator, LocatorKind, Reference
from assistant.lexicon import Entry, Lexicon
from assistant.lexique.finding import Finding, error, warning
from assistant.library import Library

DEFINITIONS: Mapping[str, Locator] = {
    act: Locator.parse(article)
    for act, article in {
        "rgpd": "art-4", "ai-act": "art-3", "nis2": "art-6", "dsa": "art-3", "data-act": "art-2",
    }.items()
}  # fmt: skip
"""The article of each act whose points are definitions."""


def check_coverage(lexicon: Lexicon, library: Library, day: date) -> Iterator[Finding]:
    """Entries without a provision, provisions without an entry, entries that lack a language."""
    written = tuple(reference.act for reference in lexicon.entries)
    for act in dict.fromkeys(listed_texts(library) + written):
        file, mine = f"{act}.toml", [entry for entry in lexicon.entries.values() if entry.reference.act == act]
        if act not in library.acts:
            yield warning(file, act, "the text is absent from the index, nothing was compared: run `assistant ingest`")
            continue
        text = library.act(act, "fr", day)
        for entry in mine:
            yield from _exists(entry, text, file)
            yield from _whole(entry, file)
        for locator in required(text) - {entry.reference.locator for entry in mine}:
            yield error(file, Reference(act, locator), "has no entry: write its everyday lines and its plain sentence")


def listed_texts(library: Library) -> tuple[str, ...]:
    """Codes of the acts and documents of the manifest."""
    manifest = library.manifest
    return tuple(act.id for act in manifest.act) + tuple(document.id for document in manifest.document)


def required(text: Act) -> set[Locator]:
    """What must have an entry: articles, annexes, sections and definitions."""
    tops = {top.locator for top in text.provisions if top.locator.kind is not LocatorKind.RECITAL}
    article = text.find(DEFINITIONS[text.act]) if text.act in DEFINITIONS else None
    points = article.children if article else ()
    return tops | {point.locator for point in points if point.kind is ProvisionKind.POINT}


def _exists(entry: Entry, text: Act, file: str) -> Iterator[Finding]:
    if text.find(entry.reference.locator) is None:
        date_of_text = text.version_date.isoformat()
        yield error(file, entry.reference, f"does not exist in the text of {date_of_text}: correct or remove the entry")


def _whole(entry: Entry, file: str) -> Iterator[Finding]:
    for lang in ("fr", "en"):
        if not entry.words[lang]:
            yield error(file, entry.reference, f"has no everyday line in {lang}: write at least one")
        if not entry.plain[lang].strip():
            yield error(file, entry.reference, f"has no plain sentence in {lang}: write it from the provision")
