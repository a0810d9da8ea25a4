"""The library: every parsed act, by version and language, and any provision of it as a passage.

The failure this prevents: an answer that can quote only what the search index happens to hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from assistant.errors import StoreError, UnknownReference
from assistant.law.act import Act, Provision, ProvisionKind
from assistant.law.identifiers import Locator, LocatorKind, Reference
from assistant.law.labels import label
from assistant.law.passage import Passage
from assistant.law.serial import act_from_json, act_to_json
from assistant.law.validity import Validity
from assistant.manifest import ActSource, Manifest, validity

_PAGE = "https://eur-lex.europa.eu/legal-content/{lang}/TXT/HTML/?uri=CELEX:{celex}#{anchor}"


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of one act in one language, and the file that holds it.

    `version_date` is the first day on which it is the text: that of its publication, or for a document
    without a date the first day of all, whatever date its passages are labelled with.
    """

    act: str
    lang: str
    version_date: date
    valid_until: date | None
    file: Path


class Library:
    """The acts of one index generation, read when first asked for."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.manifest = manifest
        self._acts: dict[Path, Act] = {}

    @cached_property
    def editions(self) -> tuple[Edition, ...]:
        """All editions, oldest version first."""
        found = [_edition(file) for file in sorted(self.folder.glob("*.json"))]
        return tuple(sorted(found, key=lambda edition: (edition.act, edition.version_date, edition.lang)))

    @property
    def acts(self) -> tuple[str, ...]:
        """Codes of all acts and documents."""
        return tuple(dict.fromkeys(edition.act for edition in self.editions))

    def edition(self, act: str, lang: str, day: date) -> Edition:
        """The version valid on `day`, in `lang` where it exists; before the first version, the first one."""
        mine = [edition for edition in self.editions if edition.act == act]
        if not mine:
            raise UnknownReference(f"no text called '{act}': known ones are {', '.join(self.acts)}")
        begun = [edition for edition in mine if edition.version_date <= day] or mine[:1]
        version = max(edition.version_date for edition in begun)
        current = [edition for edition in mine if edition.version_date == version]
        return next((edition for edition in current if edition.lang == lang), current[0])

    def open(self, edition: Edition) -> Act:
        """The parsed act of an edition."""
        if edition.file not in self._acts:
            try:
                self._acts[edition.file] = act_from_json(edition.file.read_text(encoding="utf-8"))
            except (OSError, ValueError, KeyError) as error:
                raise StoreError(f"{edition.file.name} cannot be read ({error}): run `assistant ingest`") from error
        return self._acts[edition.file]

    def act(self, act: str, lang: str, day: date) -> Act:
        """The act as valid on `day`; `UnknownReference` when no text has this code."""
        return self.open(self.edition(act, lang, day))

    def passage(self, reference: Reference, lang: str, day: date) -> Passage:
        """Any provision, whether indexed or not; `UnknownReference` says what does exist."""
        act = self.act(reference.act, lang, day)
        if act.find(reference.locator) is None:
            raise UnknownReference(f"{reference} does not exist: {self.extent(reference.act, lang, day)}")
        return make_passage(self.manifest, act, reference.locator)

    def has(self, reference: Reference, lang: str, day: date) -> bool:
        """Whether a text that is held has this place on a day."""
        return reference.act in self.acts and self.act(reference.act, lang, day).find(reference.locator) is not None

    def defines(self, reference: Reference) -> bool:
        """Whether this is an article of definitions: it says what each word means and nothing as a whole."""
        source = self.manifest.find_act(reference.act)
        return source is not None and str(reference.locator) == source.definitions

    def extent(self, act: str, lang: str, day: date) -> str:
        """What an act holds, in words: "RGPD : 99 articles et 173 considérants"."""
        edition = self.open(self.edition(act, lang, day))
        short = short_name(self.manifest, edition)
        counts = [(kind, len(edition.tops(kind))) for kind in LocatorKind]
        names = _COUNTED["en" if lang == "en" else "fr"]
        words = [f"{count} {names[kind]}" for kind, count in counts if count]
        joined = f"{', '.join(words[:-1])} {'and' if lang == 'en' else 'et'} {words[-1]}" if words[1:] else words[0]
        return f"{short}: {joined}" if lang == "en" else f"{short} : {joined}"


_COUNTED = {
    "fr": {
        LocatorKind.ARTICLE: "articles",
        LocatorKind.RECITAL: "considérants",
        LocatorKind.ANNEX: "annexes",
        LocatorKind.SECTION: "sections",
    },
    "en": {
        LocatorKind.ARTICLE: "articles",
        LocatorKind.RECITAL: "recitals",
        LocatorKind.ANNEX: "annexes",
        LocatorKind.SECTION: "sections",
    },
}


def write_acts(folder: Path, acts: Iterable[Act]) -> None:
    """Write one file an edition into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for act in acts:
        until = act.valid_until.isoformat() if act.valid_until else "now"
        name = f"{act.act}.{act.lang}.{act.valid_from.isoformat()}.{until}.json"
        (folder / name).write_text(act_to_json(act), encoding="utf-8")


def _edition(file: Path) -> Edition:
    try:
        act, lang, version, until = file.stem.split(".")
        end = None if until == "now" else date.fromisoformat(until)
        return Edition(act, lang, date.fromisoformat(version), end, file)
    except ValueError as error:
        raise StoreError(f"{file.name} is no edition of an act: run `assistant ingest`") from error


def short_name(manifest: Manifest, act: Act) -> str:
    """The usual name of an act or document in the language of the edition."""
    source = manifest.find_act(act.act) or manifest.find_document(act.act)
    return source.short.of(act.lang) if source else act.title


def make_passage(manifest: Manifest, act: Act, locator: Locator) -> Passage:
    """The provision at `locator`, which must exist, with everything a citation needs."""
    lineage = act.lineage(locator)
    provision, top = lineage[-1], lineage[0]
    source = manifest.find_act(act.act)
    celex = act.celex_oj if top.kind is ProvisionKind.RECITAL else act.celex
    return Passage(
        reference=Reference(act.act, locator),
        lang=act.lang,
        version_date=act.version_date.isoformat(),
        celex=celex,
        label=label(short_name(manifest, act), lineage, act.lang),
        title=top.title,
        path=" > ".join(str(division) for division in top.path),
        context=_context(lineage),
        text=provision.official_text(),
        url=_url(manifest, act, celex, top),
        validity=_validity(source, act, locator),
        amended_by=provision.amended_by,
        only_language=source is None,
    )


def _context(lineage: tuple[Provision, ...]) -> str:
    """The words that introduce a point: the lead-ins of the provisions that hold it."""
    lines = []
    for parent, child in pairwise(lineage):
        before = [parent]
        for sibling in parent.children:
            if sibling is child:
                break
            if sibling.kind is ProvisionKind.SUBPARAGRAPH:
                before = [sibling]
        if child.kind is ProvisionKind.POINT or child.kind is ProvisionKind.HEADING:
            lines.append(before[-1].text)
    return " ".join(line for line in lines if line)


def eurlex_page(lang: str, celex: str, anchor: str) -> str:
    """The publisher's page of an act of the Union, at one of its articles, recitals or annexes."""
    return _PAGE.format(lang=lang.upper(), celex=celex, anchor=anchor)


def _url(manifest: Manifest, act: Act, celex: str, top: Provision) -> str:
    if manifest.find_act(act.act) is not None:
        return eurlex_page(act.lang, celex, top.anchor)
    document = manifest.find_document(act.act)
    return document.site if document else ""


def _validity(source: ActSource | None, act: Act, locator: Locator) -> Validity:
    if source is None:
        return Validity(act.valid_from, act.valid_from, act.valid_until, ())
    version = next(version for version in source.version if version.date == act.version_date)
    return validity(source, version, locator, act.lang)
