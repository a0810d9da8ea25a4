"""References as people write them: "art. 22 §1 du RGPD", "considérant 71", "annexe III, point 5 b)".

The failure this prevents: a question that names its article and gets another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.reading.act_names import ActNames
from assistant.law.folding import fold
from assistant.law.identifiers import ORDERS, Locator, LocatorKind, order_word

_ORDER = "|".join(ORDERS)
_ARTICLE = re.compile(
    rf"\bart(?:icle)?s?\b[.\s-]*(?:n\s*[o°]\s*)?(\d+|premier)(?:er|re|st|nd|th)?"
    rf"(?:\s*({_ORDER})\b|([a-i])\b)?"
)
_RECITAL = re.compile(r"\b(?:considerants?|recitals?)\s*(?:n\s*[o°]\s*)?\(?(\d+)\)?")
_ANNEX = re.compile(r"\bannex(?:e|es)?\s+([ivxlc]+|\d+)\b")
_ENGAGEMENT = re.compile(
    r"\bengagement\s*(?:n\s*[o°]\s*|numero\s*)?(\d+)\b|\bcommitment\s*(?:no\.?\s*|number\s*)?(\d+)\b|\b(\d+)\s*(?:e|eme|er|ere|st|nd|rd|th)\s+engagement\b"
)
_RANKS = {
    name: rank
    for rank, names in enumerate(
        (
            "premier first",
            "deuxieme second",
            "troisieme third",
            "quatrieme fourth",
            "cinquieme fifth",
            "sixieme sixth",
        ),
        1,
    )
    for name in names.split()
}
_TAIL = re.compile(
    rf"""\s*[,]?\s*(?:
        \.(?P<dotted>\d+|[a-z]{{1,4}})(?![a-z0-9])
      | \(\s*(?P<bracket>\d+[a-z]?|[a-z]{{1,4}})\s*\)
      | (?:§|par\b\.?|paragraphes?|paragraphs?)\s*(?P<paragraph>\d+)(?:\s*(?P<order>{_ORDER})\b|(?P<letter>[a-i])\b)?
      | (?:al\b\.?|alineas?|subparagraphs?)\s*(?P<subparagraph>\d+)
      | (?P<rank>{"|".join(_RANKS)})\s+(?:alinea|subparagraph)s?
      | section\s+(?P<section>[a-h])\b
      | points?\s*\((?P<inserted>\d+[a-i]|[a-z][abc])\)
      | (?:points?|pts?\b\.?|lettres?|let\b\.?|lit\b\.?)\s*\(?(?P<point>\d+|[a-z]{{1,4}})
        (?:\s+(?P<porder>{_ORDER})\b)?\s*\)?
      | (?P<bare>\d+|[a-z]|[ivx]{{2,4}})\)
    )""",
    re.VERBOSE,
)
_ROMAN_VALUES = (("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in a question, and the act named with it (None when no act is)."""

    act: str | None
    locator: Locator


def mentions(text: str, names: ActNames) -> list[Mention]:
    """All places that a text names, each with the act named closest to it (after it first, as in "art. 5 du RGPD")."""
    folded = fold(text).replace("\u00b0", "o")
    acts = names.found(text)
    found = []
    for position, end, locator in sorted(_places(folded), key=lambda place: place[0]):
        if locator.kind is LocatorKind.SECTION:
            found.append(Mention("cadre-lyon", locator))
            continue
        after = next((act for start, act in acts if start >= end), None)
        near = next((act for start, act in acts if end <= start <= end + 40), None)
        before = next((act for start, act in reversed(acts) if start < position), None)
        found.append(Mention(near or before or after, locator))
    return list(dict.fromkeys(found))


def _places(folded: str) -> Iterator[tuple[int, int, Locator]]:
    for match in _ARTICLE.finditer(folded):
        number = "1" if match[1] == "premier" else str(int(match[1]))
        order = match[2] or (order_word(match[3]) if match[3] else "")
        end, parts = _parts(folded, match.end())
        yield match.start(), end, Locator(LocatorKind.ARTICLE, number + order, parts)
    for match in _RECITAL.finditer(folded):
        yield match.start(), match.end(), Locator(LocatorKind.RECITAL, str(int(match[1])))
    for match in _ANNEX.finditer(folded):
        unit = roman(int(match[1])) if match[1].isdigit() else match[1].upper()
        end, parts = _parts(folded, match.end())
        yield match.start(), end, Locator(LocatorKind.ANNEX, unit, parts)
    for match in _ENGAGEMENT.finditer(folded):
        yield match.start(), match.end(), Locator(LocatorKind.SECTION, f"eng-{int(match[match.lastindex or 1])}")


def _parts(folded: str, start: int) -> tuple[int, tuple[str, ...]]:
    """Paragraphs and points that follow a number, and where they end."""
    parts: list[str] = []
    while match := _TAIL.match(folded, start):
        groups = match.groupdict()
        if groups["paragraph"]:
            parts.append(groups["paragraph"] + (groups["order"] or _latin(groups["letter"])))
        elif groups["subparagraph"]:
            parts.append(f"al{groups['subparagraph']}")
        elif groups["rank"]:
            parts += [f"al{_RANKS[groups['rank']]}"] if _RANKS[groups["rank"]] > 1 else []
        elif groups["section"]:
            parts.append(groups["section"])
        elif groups["point"]:
            parts.append(groups["point"] + (groups["porder"] or ""))
        else:
            parts.append(_bracket(groups["bracket"] or groups["bare"] or groups["dotted"] or groups["inserted"], parts))
        start = match.end()
    return start, tuple(parts)


def _bracket(part: str, before: Sequence[str]) -> str:
    """`(1a)` is paragraph 1 bis; `(ba)` after a paragraph is point b bis; others stay."""
    inserted = re.fullmatch(r"(\d+)([a-i])", part)
    if inserted:
        return inserted[1] + order_word(inserted[2])
    if len(part) == 2 and part.isalpha() and part[1] in "abc" and before:
        return part[0] + order_word(part[1])
    return part


def _latin(letter: str | None) -> str:
    return order_word(letter) if letter else ""


def roman(number: int) -> str:
    """`3` -> `III`, for numbers up to 39."""
    digits = []
    for symbol, value in _ROMAN_VALUES:
        while number >= value:
            digits.append(symbol)
            number -= value
    return "".join(digits)
