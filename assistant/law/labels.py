"""How a provision is written out for a reader: "RGPD, article 33, paragraphe 1", "GDPR, Article 33(1)".

The failure this prevents: a label that calls a point a paragraph, or "4a" what French calls "4 bis".
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.law.act import Provision, ProvisionKind
from assistant.law.identifiers import LocatorKind, order_letter, split_number

_FRENCH_RANKS = ("premier", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième", "huitième")
_ENGLISH_RANKS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


def label(short: str, lineage: Sequence[Provision], lang: str) -> str:
    """The full label of the last provision of `lineage` (article first); `short` is the act's usual name."""
    place = _english(lineage) if lang == "en" else _french(lineage)
    return f"{short}, {place}" if place else short


def number_words(number: str, lang: str) -> str:
    """A number as printed: `4bis` is "4 bis" in French, "4a" in English; `1` is "1er" only in an article's name."""
    digits, order = split_number(number)
    if lang == "en":
        return digits + order_letter(order)
    return f"{digits} {order}" if order else digits


def _french(lineage: Sequence[Provision]) -> str:
    top = lineage[0].locator
    if top.kind is LocatorKind.SECTION:
        return f"« {lineage[0].title} »" if lineage[0].title else top.unit
    if top.kind is LocatorKind.RECITAL:
        return f"considérant {top.unit}"
    if top.kind is LocatorKind.ANNEX:
        return _join([f"annexe {top.unit}", *_points(lineage[1:], "fr")])
    number = "1er" if top.unit == "1" else number_words(top.unit, "fr")
    return _join([f"article {number}", *_points(lineage[1:], "fr")])


def _english(lineage: Sequence[Provision]) -> str:
    top = lineage[0].locator
    if top.kind is LocatorKind.SECTION:
        return f"“{lineage[0].title}”" if lineage[0].title else top.unit
    if top.kind is LocatorKind.RECITAL:
        return f"Recital {top.unit}"
    if top.kind is LocatorKind.ANNEX:
        return _join([f"Annex {top.unit}", *_points(lineage[1:], "en")])
    article = f"Article {number_words(top.unit, 'en')}"
    rest = lineage[1:]
    if rest and rest[0].kind is ProvisionKind.PARAGRAPH:
        article += f"({number_words(rest[0].locator.parts[-1], 'en')})"
        rest = rest[1:]
    return _join([article, *_points(rest, "en")])


def _points(nodes: Sequence[Provision], lang: str) -> list[str]:
    words: list[str] = []
    points: list[str] = []
    for node in nodes:
        part = node.locator.parts[-1]
        if node.kind is ProvisionKind.PARAGRAPH:
            words.append(f"paragraphe {number_words(part, lang)}")
        elif node.kind is ProvisionKind.SUBPARAGRAPH:
            words.append(_subparagraph(int(part.removeprefix("al")), lang))
        elif node.kind is ProvisionKind.HEADING and part.isalpha():
            words.append(f"section {part.upper()}" if lang == "fr" else f"Section {part.upper()}")
        else:
            points.append(_point(part, node, lang, first=not points))
    if points:
        words.append("point " + ("" if lang == "en" else " ").join(points))
    return words


def _point(part: str, node: Provision, lang: str, *, first: bool) -> str:
    bare_number = node.locator.kind is LocatorKind.ANNEX and part[0].isdigit()
    if lang == "fr":
        return number_words(part, "fr") if bare_number else f"{number_words(part, 'fr')})"
    letter, order = split_number(part)
    return f"{letter}{order_letter(order)}" if bare_number and first else f"({letter}{order_letter(order)})"


def _subparagraph(rank: int, lang: str) -> str:
    if lang == "en":
        return f"{_ENGLISH_RANKS[rank - 1] if rank <= len(_ENGLISH_RANKS) else f'{rank}th'} subparagraph"
    return f"{_FRENCH_RANKS[rank - 1] if rank <= len(_FRENCH_RANKS) else f'{rank}e'} alinéa"


def _join(words: Sequence[str]) -> str:
    return ", ".join(words)
