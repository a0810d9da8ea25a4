"""Paragraphs and points as people write them, after their article ("art. 6 §1 a et b") or before it.

The failure this prevents: "le paragraphe 9 de l'article 22" read as the whole article, "points a et
b" as point a alone, and "point de vue" as a point.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.law.identifiers import ORDERS, order_word

Parts = tuple[str, ...]
WHOLE: list[Parts] = [()]
"""An article without paragraph."""

MOST = 12
"""Places of a range that are all read; of a longer one, its two ends."""

_ORDER = "|".join(ORDERS)
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
_RANK = rf"(?:(?P<rank>{'|'.join(_RANKS)})|(?P<ordinal>\d)\s*(?:er|e|eme|st|nd|rd|th))"
_LETTERS = r"[a-z](?![a-z0-9'])|[ivx]{2,4}(?![a-z0-9'])|[a-z]{2}(?=\s*\))"
_INSERTED = rf"[a-z](?:[abc]|{_ORDER})?|[ivx]{{2,4}}"
_TAIL = re.compile(
    rf"""\s*[,]?\s*(?:
        \.(?P<dotted>\d+|{_INSERTED})(?![a-z0-9])
      | \(\s*(?P<bracket>\d+[a-z]?|(?!ia\b){_INSERTED})\s*\)
      | (?:(?P<manyp>§§|paragraphes|paragraphs)|§|par\b\.?|paragraphes?|paragraphs?)\s*
        (?P<paragraph>\d+)(?:\s*(?P<order>{_ORDER})\b|(?P<letter>[a-i])\b)?
      | {_RANK}\s+(?:(?P<rankedp>paragraphe?s?)|(?:alinea|subparagraph)s?)\b
      | (?:al\b\.?|alineas?|subparagraphs?)\s*(?P<subparagraph>\d+)
      | section\s+(?P<section>[a-h])\b
      | points?\s*\((?P<inserted>\d+[a-i]|[a-z][abc])\)
      | (?:(?P<many>points)|point|pts?\b\.?|lettres?|let\b\.?|lit\b\.?)(?![a-z])\s*\(?(?P<point>\d+|{_LETTERS})
        (?:\s+(?P<porder>{_ORDER})\b)?(?:\s*\))?
      | (?P<bare>\d+|[a-z]|[ivx]{{2,4}})\)
      | (?P<pair>[a-z])(?=\s*(?:,|/|&|\b(?:et|ou|and|or)\b)\s*[a-z]\b(?!'))
    )""",
    re.VERBOSE,
)
_AND = r"(?:\s*[,/&]\s*(?:(?:et|ou|and|or)\s+)?|\s+(?:et|ou|and|or)\s+|(?P<range>\s+(?:a|to)\s+|\s*-\s*))"
_MORE_LETTERS = re.compile(rf"{_AND}\(?(?P<part>[a-w])\)?(?![a-z0-9'])")
_MORE_NUMBERS = re.compile(rf"{_AND}(?P<part>\d{{1,2}})(?![a-z0-9(]|\.\d|\s*(?:{_ORDER})\b)")
_MORE_BRACKETS = re.compile(rf"{_AND}\((?P<part>\d{{1,2}})\)")

_OF = re.compile(
    r"\s*,?\s*\b(?:(?:de|dans|a|sous) l'|du|de la|des|de|d'|dans (?:le|la|les)|(?:of|in|under)(?: the)?)\s*$"
)
_WORD = re.compile(
    rf"§|(?<![a-z0-9])(?:paragr|par\b|al\b|alinea|subpara|section|point|pts?\b|lettre|let\b|lit\b"
    rf"|(?:{'|'.join(_RANKS)})\b|\d\s*(?:e|er|eme|st|nd|rd|th)\b)"
)
_NAMED_PART = re.compile(r"\s*,?\s*(?:§|paragr|al\b|alinea|subpara|points?\b)")
_OF_NEXT = re.compile(r"\s*,?\s*(?:du|des?|d'|of)(?:\b|(?<='))")
_WINDOW = 80
"""Characters before an article in which the paragraph or the point of it is looked for."""


def parts_after(folded: str, start: int, stop: int | None = None) -> tuple[int, list[Parts]]:
    """Where the paragraphs and points that begin at `start` end, and each path that they name."""
    stop = len(folded) if stop is None else stop
    path: list[str] = []
    done: list[Parts] = []
    while match := _TAIL.match(folded, start, stop):
        if (match["pair"] and not path) or (match["bare"] and _closes_another(folded, match)):
            break
        path += _read(match, path)
        start = match.end()
        while more := _more(match, path).match(folded, start, stop):
            before, after = path[-1], more["part"]
            if not _follows(before, after):
                break
            done += [(*path[:-1], part) for part in (_between(before, after) if more["range"] else [before])]
            path[-1], start = after, more.end()
    return start, [*done, tuple(path)]


def parts_before(folded: str, floor: int, start: int) -> tuple[int, list[Parts]]:
    """The same for those that stand before the article at `start`: "le point c du paragraphe 1 de l'article 5"."""
    paths = WHOLE
    while of := _OF.search(folded, max(floor, start - 16), start):
        window = max(floor, of.start() - _WINDOW)
        for word in _WORD.finditer(folded, window, of.start()):
            end, deeper = parts_after(folded, word.start(), of.start())
            if not folded[end : of.start()].strip(" ,"):
                paths = [(*outer, *inner) for outer in paths for inner in deeper]
                start = word.start()
                break
        else:
            break
    return start, paths


def parts_after_act(folded: str, start: int) -> list[Parts]:
    """The same after the act of an article: "article 22 du RGPD, paragraphe 3"; not those of the next article."""
    if _NAMED_PART.match(folded, start) is None:
        return WHOLE
    end, paths = parts_after(folded, start)
    return WHOLE if _OF_NEXT.match(folded, end) else paths


def _read(match: re.Match[str], before: Sequence[str]) -> list[str]:
    """What one piece names. The first subparagraph is the paragraph itself."""
    groups = match.groupdict()
    rank = str(_RANKS.get(groups["rank"] or "", groups["ordinal"] or ""))
    if groups["paragraph"]:
        return [groups["paragraph"] + (groups["order"] or (order_word(groups["letter"]) if groups["letter"] else ""))]
    if groups["rankedp"]:
        return [rank]
    if rank or groups["subparagraph"]:
        number = rank or groups["subparagraph"]
        return [f"al{number}"] if number != "1" else []
    if groups["point"]:
        return [groups["point"] + (groups["porder"] or "")]
    if groups["section"] or groups["pair"]:
        return [groups["section"] or groups["pair"]]
    return [_bracket(groups["bracket"] or groups["bare"] or groups["dotted"] or groups["inserted"], before)]


def _more(match: re.Match[str], path: Sequence[str]) -> re.Pattern[str]:
    """How a list goes on after this piece; a pattern that never matches where it does not."""
    if path and len(path[-1]) == 1 and path[-1].isalpha() and not match["section"]:
        return _MORE_LETTERS
    if path and path[-1].isdigit():
        if match["manyp"] or match["many"]:
            return _MORE_NUMBERS
        if match["bracket"]:
            return _MORE_BRACKETS
    return _NEVER


_NEVER = re.compile(r"(?P<range>)(?P<part>)(?!)")


def _follows(before: str, after: str) -> bool:
    """Whether a list or a range may go on from one part to the other."""
    if before.isdigit() and after.isdigit():
        return int(before) < int(after)
    return before.isalpha() and after.isalpha() and before < after


def _between(first: str, last: str) -> list[str]:
    """The parts of a range but its last, or its first alone where they are too many."""
    if first.isdigit():
        between = [str(number) for number in range(int(first), int(last))]
    else:
        between = [chr(letter) for letter in range(ord(first), ord(last))]
    return between if len(between) < MOST else [first]


def _closes_another(folded: str, match: re.Match[str]) -> bool:
    """Whether the bracket after a number closes one opened before it: "(articles 13, 14)"."""
    opened = folded.count("(", 0, match.start()) - folded.count(")", 0, match.start())
    return match["bare"].isdigit() and opened > 0


def _bracket(part: str, before: Sequence[str]) -> str:
    """`(1a)` is paragraph 1 bis; `(ba)` after a paragraph is point b bis; others stay."""
    inserted = re.fullmatch(r"(\d+)([a-i])", part)
    if inserted:
        return inserted[1] + order_word(inserted[2])
    if len(part) == 2 and part.isalpha() and part[1] in "abc" and before:
        return part[0] + order_word(part[1])
    return part
