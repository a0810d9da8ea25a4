"""A citation of a provision whose official text is not on this machine: name, link, version and status, no quote.

Everything comes from the manifest and the locator. The failure this prevents: a source that looks
like the others, with words that nobody could have read here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assistant.errors import ManifestError
from assistant.law.act import Provision, ProvisionKind
from assistant.law.citation import Citation
from assistant.law.identifiers import Locator, LocatorKind, Reference, order_letter, split_number
from assistant.law.labels import label
from assistant.law.validity import Validity
from assistant.lexicon import Entry, short_hash
from assistant.library import eurlex_page
from assistant.manifest import ActSource, DocumentSource, Manifest, Version, validity

_TOPS = {
    LocatorKind.ARTICLE: ProvisionKind.ARTICLE,
    LocatorKind.RECITAL: ProvisionKind.RECITAL,
    LocatorKind.ANNEX: ProvisionKind.ANNEX,
    LocatorKind.SECTION: ProvisionKind.SECTION,
}


def cite_without_text(number: int, entry: Entry, lang: str, day: date, manifest: Manifest) -> Citation:
    """Citation `number` of an entry's provision, its quote empty and its offsets 0.

    `sha256` holds the first digits of the hash of the text that the sentence was written for, empty
    where no stamp says so. Raises `ManifestError` for a text that the manifest does not list.
    """
    reference = entry.reference
    life = _life(reference, lang, manifest)
    stamp = entry.stamps.get(lang)
    known = stamp is not None and stamp.plain == short_hash(entry.plain[lang])
    return Citation(
        n=number,
        reference=reference,
        label=place_label(reference, lang, manifest),
        quote="",
        start=0,
        end=0,
        sha256=stamp.text if stamp is not None and known else "",
        url=_link(reference, lang, manifest),
        lang=lang,
        version_date=life.valid_from.isoformat(),
        status=life.status_on(day),
        applies=life.applications,
        amended_by="",
    )


def last_version(act: ActSource) -> Version:
    """The version for which the plain sentences were written: the newest one."""
    return max(act.version, key=lambda version: version.date)


def short_of(act: str, lang: str, manifest: Manifest) -> str:
    """The usual name of a text."""
    source = manifest.find_act(act) or manifest.find_document(act)
    return source.short.of(lang) if source else act


def place_label(reference: Reference, lang: str, manifest: Manifest) -> str:
    """The label of a provision, from its locator alone: "RGPD, article 33, paragraphe 1"."""
    lineage = tuple(_lineage(reference, manifest))
    return label(short_of(reference.act, lang, manifest), lineage, lang)


def _lineage(reference: Reference, manifest: Manifest) -> Iterator[Provision]:
    """The provision and those that hold it, with the kind that each part has by its form."""
    place = reference.locator.top
    yield Provision(place, _TOPS[place.kind], "", "", title=_title(reference, manifest))
    source = manifest.find_act(reference.act)
    defines = source is not None and str(place) == source.definitions
    for part in reference.locator.parts:
        first, place = not place.parts, place.child(part)
        yield Provision(place, _kind(place, first=first, defines=defines), "", "")


def _kind(place: Locator, *, first: bool, defines: bool) -> ProvisionKind:
    """Paragraph, point, subparagraph or section of an annex; numbers in an article of definitions are points."""
    part = place.parts[-1]
    if part.startswith("al") and part[2:].isdigit():
        return ProvisionKind.SUBPARAGRAPH
    if first and place.kind is LocatorKind.ARTICLE and part[0].isdigit() and not defines:
        return ProvisionKind.PARAGRAPH
    if first and place.kind is LocatorKind.ANNEX and part.isalpha():
        return ProvisionKind.HEADING
    return ProvisionKind.POINT


def _title(reference: Reference, manifest: Manifest) -> str:
    document = manifest.find_document(reference.act)
    sections = document.section if document else ()
    return next((section.title for section in sections if section.slug == reference.locator.unit), "")


def _life(reference: Reference, lang: str, manifest: Manifest) -> Validity:
    act = manifest.find_act(reference.act)
    if act is not None:
        return validity(act, last_version(act), reference.locator, lang)
    begun = _document(reference, manifest).date
    return Validity(begun, begun, None, ())


def _document(reference: Reference, manifest: Manifest) -> DocumentSource:
    document = manifest.find_document(reference.act)
    if document is None:
        raise ManifestError(f"corpus/manifest.toml lists no text {reference.act}, which has everyday lines")
    return document


def _link(reference: Reference, lang: str, manifest: Manifest) -> str:
    """The publisher's page: of an act, at the article or annex."""
    act = manifest.find_act(reference.act)
    if act is None:
        return _document(reference, manifest).site
    texts = last_version(act).text
    text = next((text for text in texts if text.lang == lang), texts[0])
    return eurlex_page(text.lang, text.celex, _anchor(reference.locator))


def _anchor(locator: Locator) -> str:
    """The page's id of an article or annex: `art_33`, `art_4a` for article 4 bis, `anx_III`."""
    if locator.kind is not LocatorKind.ARTICLE:
        return f"anx_{locator.unit}"
    digits, order = split_number(locator.unit)
    return f"art_{digits}{order_letter(order)}"
