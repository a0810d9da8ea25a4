"""What a question takes for granted and does not exist: articles, annexes, chapters, next editions, thresholds.

Each finding says what there is instead. The failure this prevents: an answer about article 120 of
the GDPR, or a search that quietly takes another article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answering.reading.places import NUMERAL, numeral
from assistant.answering.reading.understand import Request
from assistant.answering.refusal.clues import OTHER_LAW, load_clues
from assistant.answering.remarks import absence
from assistant.answering.wording import refusals
from assistant.law.act import Act
from assistant.law.folding import fold
from assistant.law.identifiers import Locator, LocatorKind, Reference
from assistant.law.labels import label
from assistant.library import Library, short_name

_CHAPTER = re.compile(rf"\bchap(?:itre|ter|\.)?s?\s*(?:n\s*[o°]\s*)?({NUMERAL}|\d+\b)")
_NEXT = re.compile(
    r"\b(rgpd|gdpr|nis|dsa|ria|ai act|data act)(?:-?(\d)|[\s-]+(\d)(?=\.0|\s*(?:\.?\s*$|[?!:;)\]\"»])"
    r"|\s+(?:s'|n'|(?:est|sera|va|existe|dit|prevoit|impose|oblige|concerne|entre|pour|dans|en|sur|is|will|does|says?|exists?"
    r"|appl\w+|for|in|et|ou|and|or)\b(?!\s+\d))))(?:\.0)?(?![\d/]|[.,]\d)"
)
"""An act with the number of an edition, glued to it or before no noun: "RGPD 6 bases légales" only counts."""
_EDITIONS = {"nis": (1, 2)}
"""Acts of which there are numbered editions; NIS 1 exists, but is not held here."""

_DELIBERATION = re.compile(r"\be-?\s?(20\d\d)-(\d+)\b")
_EUROPEAN_ACT = re.compile(
    r"\b(?:(?:reglement|directive|loi)s?(?: europeenn?e?s?| ue| de l'ue)\s+(?:sur|relatif aux?|relative aux?)"
    r"|(?:european|eu) (?:regulation|directive|law|act) on)\s+(?P<subject>[^,?.:;]{4,80})"
)
_SUBJECTS = re.compile(
    r"\b(?:ia|ai|intelligence|donnees?|data|numeriques?|digital|cyber\w*|securite|security|rgpd|gdpr)\b"
)
"""What the acts held here are about: who names such a subject means one of them."""

_INHABITANTS = re.compile(
    r"\b(?:moins|plus|less|fewer|more|under|over|below|above|au dessous|en dessous|au dessus)\s*(?:de|d'|than)?\s*"
    r"(?:\d[\d\s.,]*(?:000)?|mille|cinq mille|dix mille)\s*(?:habitants?|hab\b|inhabitants?|residents?)"
)
_RULE = re.compile(
    r"derog|exempt|exoner|dispens|exception|seuil|obligat|oblig|interdi|prevoi|prevu|impose|applique|concern|threshold"
    r"|apply|applies|relax|allege"
)


def false_premise(request: Request, library: Library) -> str:
    """What the question takes for granted and is not so, in words; empty where nothing was found."""
    return next(_findings(request, library), "")


def _findings(request: Request, library: Library) -> Iterator[str]:
    yield from _missing_places(request, library)
    folded = fold(request.question)
    yield from _missing_chapters(folded, request, library)
    yield from next_editions(folded, request.lang)
    yield from _other_deliberations(folded, request, library)
    yield from _other_european_acts(folded, request)
    if _INHABITANTS.search(folded) and _RULE.search(folded):
        yield refusals.NO_THRESHOLD[request.lang]


def _missing_places(request: Request, library: Library) -> Iterator[str]:
    for reference in request.references:
        if reference.act not in library.acts:
            yield refusals.NO_SUCH_ACT[request.lang].format(name=reference.act)
        elif not library.has(reference, request.lang, request.day):
            on_another_day = absence(reference, request.lang, request.day, library)
            yield on_another_day.rstrip(".") or _instead(reference, request, library)
    for locator in request.unplaced:
        if not any(library.has(Reference(act, locator), request.lang, request.day) for act in library.acts):
            yield refusals.NOWHERE[request.lang].format(place=_written(locator, request.lang))


def _instead(reference: Reference, request: Request, library: Library) -> str:
    """What the act has, or, where its article exists, how many parts that has."""
    act = library.act(reference.act, request.lang, request.day)
    top = act.find(reference.locator.top)
    if top is not None and reference.locator.parts:
        short = label(short_name(library.manifest, act), act.lineage(top.locator), act.lang)
        count = len(top.children)
        return (
            refusals.NO_PART[request.lang].format(place=short, count=count)
            if count
            else refusals.NO_PARTS[request.lang].format(place=short)
        )
    engagements = [p for p in act.provisions if p.locator.unit.startswith("eng-")]
    if engagements and reference.locator.kind is LocatorKind.SECTION:
        return refusals.COUNTED[request.lang].format(act=short_name(library.manifest, act), count=len(engagements))
    return library.extent(reference.act, request.lang, request.day)


def _written(locator: Locator, lang: str) -> str:
    names = refusals.PLACES[lang]
    return f"{names[locator.kind.value]} {locator.unit}" if locator.kind.value in names else locator.unit


def _missing_chapters(folded: str, request: Request, library: Library) -> Iterator[str]:
    if len(request.acts) != 1:
        return
    act = library.act(request.acts[0], request.lang, request.day)
    chapters = _chapters(act)
    for match in _CHAPTER.finditer(folded):
        if numeral(match[1]) not in chapters:
            short = short_name(library.manifest, act)
            key = refusals.CHAPTERS if chapters else refusals.NO_CHAPTERS
            yield key[request.lang].format(act=short, count=len(chapters))


def _chapters(act: Act) -> Sequence[str]:
    numbers = (d.number.split()[-1] for p in act.provisions for d in p.path if d.kind == "chapter")
    return tuple(dict.fromkeys(numbers))


def next_editions(folded: str, lang: str) -> Iterator[str]:
    """Editions that no act has: "NIS 3", "RGPD 2"."""
    for match in _NEXT.finditer(folded):
        number = int(match[2] or match[3])
        if number > 1 and number not in _EDITIONS.get(match[1], ()):
            yield refusals.NO_EDITION[lang].format(name=match[0].upper().strip())


def _other_deliberations(folded: str, request: Request, library: Library) -> Iterator[str]:
    held = " ".join(fold(name) for code, name in _names(library))
    for match in _DELIBERATION.finditer(folded):
        if f"{match[1]}-{match[2]}" not in held:
            yield refusals.OTHER_DELIBERATION[request.lang].format(number=match[0].upper())


def _other_european_acts(folded: str, request: Request) -> Iterator[str]:
    """A European act by its subject, which is neither held nor among those known to exist elsewhere."""
    for match in _EUROPEAN_ACT.finditer(folded):
        known = request.acts or _SUBJECTS.search(match["subject"]) or OTHER_LAW in load_clues().found(folded)
        if not known:
            typed = request.question if len(request.question) == len(folded) else folded
            yield refusals.NO_SUCH_ACT[request.lang].format(name=typed[slice(*match.span())].strip())


def _names(library: Library) -> Iterator[tuple[str, str]]:
    for document in library.manifest.document:
        for name in (*document.names, document.title.fr, document.title.en):
            yield document.id, name
