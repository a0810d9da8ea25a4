"""Entries and small acts for the tests of the checker."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from assistant.law.act import Act, Provision, ProvisionKind
from assistant.law.identifiers import Locator, LocatorKind, Reference
from assistant.lexicon import Entry, Lexicon
from assistant.library import Library, write_acts
from assistant.manifest import load_manifest

KINDS = {
    LocatorKind.ARTICLE: ProvisionKind.ARTICLE,
    LocatorKind.ANNEX: ProvisionKind.ANNEX,
    LocatorKind.RECITAL: ProvisionKind.RECITAL,
    LocatorKind.SECTION: ProvisionKind.SECTION,
}


def entry(
    reference: str,
    fr: Sequence[str] = ("une ligne",),
    en: Sequence[str] = ("one line",),
    plain_fr: str = "Une phrase.",
    plain_en: str = "A sentence.",
) -> Entry:
    return Entry(
        reference=Reference.parse(reference),
        words={"fr": tuple(fr), "en": tuple(en)},
        plain={"fr": plain_fr, "en": plain_en},
        reviewed_by="",
        reviewed_on="",
    )


def lexicon(*entries: Entry) -> Lexicon:
    return Lexicon({entry.reference: entry for entry in entries})


def provision(locator: str, text: str = "Texte.", children: tuple[Provision, ...] = ()) -> Provision:
    place = Locator.parse(locator)
    kind = ProvisionKind.POINT if place.parts else KINDS[place.kind]
    return Provision(place, kind, "", text, children)


def act(name: str, *provisions: Provision, lang: str = "fr") -> Act:
    """An act with the version date that the manifest gives it, so that its passages can be made."""
    source = load_manifest().find_act(name)
    day = source.version[-1].date if source else date(2025, 6, 27)
    return Act(name, lang, "0", "0", day, day, None, name, provisions)


def library_of(folder: Path, *acts: Act) -> Library:
    write_acts(folder, acts)
    return Library(folder, load_manifest())
