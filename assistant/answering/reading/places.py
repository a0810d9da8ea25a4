"""Articles, annexes, recitals and engagements as people list them: "articles 12 à 22", "art 5 du RGPD et 6 du DSA".

The failure this prevents: the first article of a list answered and the others lost in silence, and
a number beside an article ("article 33, 72 heures", "en annexe l'avis") taken for one more place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answering.reading.act_names import ActNames
from assistant.answering.reading.place_parts import MOST, WHOLE, Parts, parts_after, parts_after_act, parts_before
from assistant.law.identifiers import ORDERS, Locator, LocatorKind, order_word

_ORDER = "|".join(ORDERS)
_NUMBERED = r"(?:n\s*[o°]s?\s*)?"
NUMERAL = r"(?=[ivxl])(?:xl|l(?=[ivx])x{0,3}|x{0,3})(?:ix|iv|v?i{0,3})(?![a-z0-9'])"
"""A Roman numeral in a folded text: "il", "l'" and "c'est" are words."""

_HEADS = {
    LocatorKind.ARTICLE: rf"\bart(?:icle)?(?P<many>s?)\b[.\s-]*{_NUMBERED}",
    LocatorKind.RECITAL: rf"\b(?:considerant|recital)(?P<many>s?)\s*{_NUMBERED}",
    LocatorKind.ANNEX: rf"\bannexe?(?P<many>s?)\s+{_NUMBERED}",
    LocatorKind.SECTION: r"\b(?:engagement|commitment)(?P<many>s?)\s*(?:n\s*[o°]s?\s*|numeros?\s*|no\.?\s*|number\s*)?",
}
_ITEMS = {
    LocatorKind.ARTICLE: rf"(?P<n>\d+|premier)(?:er|re|st|nd|rd|th)?(?:\s*(?P<order>{_ORDER})\b|(?P<letter>[a-i])\b)?",
    LocatorKind.RECITAL: r"\(?(?P<n>\d+)\)?(?P<order>)(?P<letter>)",
    LocatorKind.ANNEX: rf"(?P<n>{NUMERAL}|\d+\b)(?P<order>)(?P<letter>)",
    LocatorKind.SECTION: r"(?P<n>\d+)\b(?P<order>)(?P<letter>)",
}
_HEAD = {kind: re.compile(head) for kind, head in _HEADS.items()}
_ITEM = {kind: re.compile(item) for kind, item in _ITEMS.items()}
_RANKS = (
    "premier premiere first",
    "deuxieme second seconde",
    "troisieme third",
    "quatrieme fourth",
    "cinquieme fifth",
    "sixieme sixth",
    "septieme seventh",
    "huitieme eighth",
    "neuvieme ninth",
    "dixieme tenth",
)
_RANK_OF = {word: rank for rank, words in enumerate(_RANKS, 1) for word in words.split()}
_RANKED = re.compile(
    rf"\b(?:(?P<digits>\d{{1,3}})\s*(?:e|eme|er|ere|st|nd|rd|th)|(?P<word>{'|'.join(_RANK_OF)}))"
    r"\s+(?:(?P<engagement>engagement|commitment)|(?P<annex>annexe?))\b"
)

_AND = (
    r"\s*[,;/&+]\s*(?:(?:et|ou|puis|ainsi que|and|or|as well as)\s+)?"
    r"|\s+(?:et/ou|et|ou|puis|ainsi que|and/or|and|or|as well as)\s+"
)
_TO = r"\s*(?P<dash>[-\u2013\u2014])\s*|\s+(?:a|au|jusqu'a|jusqu'au|to|through)\s+"
_JOIN = {
    kind: re.compile(rf"(?:{_AND}|(?P<range>{_TO})(?:(?:l'|the\s+)?{head})?)(?:le\s+)?(?=[\d(ivxlp])")
    for kind, head in _HEADS.items()
}
_OF = re.compile(r"\s*,?\s*\(?(?:(?:du|de la|de l'|de|des|d'|dans|of|in|under)\b\s*)?(?:(?:le|la|the)\s+|l')?")
_AFTER_ACT = re.compile(rf"\)?(?:{_AND})(?:(?:le|la|the)\s+|l')?(?=[\d(ivxlp])")

_ENDS = re.compile(
    r"\s*(?:$|[?!:;)\]\"»]|[.,](?!\d)|(?:de l'|d'|s'appliqu)|(?:du|de|des|dans|sous|selon|et|ou|of|in|under|and|or"
    r"|disent|sont|prevoient|imposent|say|are|apply|mean)\b)"
)
"""What follows a number that goes on a list: "l'article 13 et 14 du RGPD", not "l'article 33, 72 heures"."""

_COUNTS = re.compile(
    r"\s*(?:%|\u20ac|(?:h|j|k\u20ac|m\u20ac|heures?|jours?|mois|ans?|annees?|semaines?|minutes?|euros?|eur|pour cent"
    r"|millions?|milliards?|billions?|hours?|days?|weeks?|months?|years?|percent|exemples?|examples?|questions?"
    r"|points?|paragraph\w*|alineas?|articles?|annexes?|personnes?|agents?|people|habitants?|janvier|fevrier|mars"
    r"|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|january|february|march|april|june|july"
    r"|august|september|october|november|december)(?!\w))"
)
"""What makes a number an amount or a date, even after "les articles 13 et 14"."""

_YEAR = re.compile(r"\d{4,}")
_ROMAN_VALUES = (("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))
_MOST_ROMAN = 39


@dataclass(frozen=True, slots=True)
class Place:
    """A place, and where the list that names it starts and ends: the act of the whole list stands beside it."""

    start: int
    end: int
    locator: Locator


@dataclass(frozen=True, slots=True)
class _Item:
    """One number of a list, what it names, its paragraphs; `number` is 0 where it is not plain."""

    number: int
    unit: str
    paths: Sequence[Parts]
    end: int
    closes_range: bool = False


def places(folded: str, names: ActNames) -> Iterator[Place]:
    """Every place that a folded text names, kind by kind."""
    for kind, pattern in _HEAD.items():
        position = 0
        while head := pattern.search(folded, position):
            floor, position = position, head.end()
            for place in _named_by(folded, head, kind, floor, names):
                position = max(position, place.end)
                yield place
    for match in _RANKED.finditer(folded):
        rank = int(match["digits"]) if match["digits"] else _RANK_OF[match["word"]]
        if match["engagement"]:
            yield Place(match.start(), match.end(), Locator(LocatorKind.SECTION, f"eng-{rank}"))
        elif act_beside(folded, match.end(), names):
            yield Place(match.start(), match.end(), Locator(LocatorKind.ANNEX, numeral(str(rank))))


def act_beside(folded: str, end: int, names: ActNames) -> re.Match[str] | None:
    """The name of the act that directly follows a place: "du RGPD", "(AI Act)"."""
    of = _OF.match(folded, end)
    return names.pattern.match(folded, of.end()) if of else None


def numeral(text: str) -> str:
    """`3` and `iii` -> `III`; what is no number of an annex (`0`, `99`) as it was written, and so names none."""
    if text.isdigit() and len(text) <= 2 and 1 <= int(text) <= _MOST_ROMAN:
        return _roman(int(text))
    return text.upper()


def _named_by(folded: str, head: re.Match[str], kind: LocatorKind, floor: int, names: ActNames) -> Iterator[Place]:
    """The places of the list after a head word, with the lists that go on after the name of an act."""
    first = _item(folded, head.end(), kind)
    if first is None or (kind is LocatorKind.ANNEX and _appended(folded, head, first, names)):
        return
    start, inner = head.start(), WHOLE
    if kind in {LocatorKind.ARTICLE, LocatorKind.ANNEX}:
        start, inner = parts_before(folded, floor, start)
    run = _run(folded, first, kind, bool(head["many"]), names)
    act = act_beside(folded, run[-1].end, names)
    if act and inner == run[-1].paths == WHOLE:
        run[-1] = replace(run[-1], paths=parts_after_act(folded, act.end()))
    yield from _each(run, start, kind, inner, to_all=bool(head["many"]))
    while (found := _beyond_act(folded, run[-1].end, kind, names)) is not None:
        start, run = found
        yield from _each(run, start, kind, WHOLE, to_all=False)


def _run(folded: str, first: _Item, kind: LocatorKind, many: bool, names: ActNames) -> list[_Item]:
    """A list as far as it surely goes: up to the last number that can end one."""
    found, kept = [first], 1
    while join := _JOIN[kind].match(folded, found[-1].end):
        last, item = found[-1], _item(folded, join.end(), kind, listed=True)
        if item is None:
            break
        rises = 0 < last.number < item.number
        if join["dash"] and not rises:
            break
        found.append(replace(item, closes_range=join["range"] is not None and rises))
        if (many and (rises or len(found) == 2)) or _may_end(folded, item.end, names):
            kept = len(found)
    return found[:kept]


def _beyond_act(folded: str, end: int, kind: LocatorKind, names: ActNames) -> tuple[int, list[_Item]] | None:
    """The number after an act's name that another act's name follows: "art 5 du RGPD et 6 de l'AI Act"."""
    act = act_beside(folded, end, names)
    join = _AFTER_ACT.match(folded, act.end()) if act else None
    item = _item(folded, join.end(), kind, listed=True) if join else None
    if join is None or item is None:
        return None
    run = _run(folded, item, kind, False, names)
    return (join.end(), run) if act_beside(folded, run[-1].end, names) else None


def _item(folded: str, at: int, kind: LocatorKind, listed: bool = False) -> _Item | None:
    """The number at `at` with its paragraphs; one that goes on a list is no amount, no date and no year."""
    match = _ITEM[kind].match(folded, at)
    if match is None or (listed and (_YEAR.fullmatch(match["n"]) or _COUNTS.match(folded, match.end("n")))):
        return None
    written = "1" if match["n"] == "premier" else match["n"]
    order = match["order"] or (order_word(match["letter"]) if match["letter"] else "")
    end, paths = match.end(), WHOLE
    if kind in {LocatorKind.ARTICLE, LocatorKind.ANNEX}:
        end, paths = parts_after(folded, end)
    number = _NUMBERS.get(written.upper(), 0) if not written.isdigit() else int(written)
    return _Item(0 if order or paths != WHOLE else number, _unit(kind, written) + order, paths, end)


def _unit(kind: LocatorKind, written: str) -> str:
    if kind is LocatorKind.ANNEX:
        return numeral(written)
    return f"eng-{int(written)}" if kind is LocatorKind.SECTION else str(int(written))


def _each(run: Sequence[_Item], start: int, kind: LocatorKind, inner: Sequence[Parts], to_all: bool) -> Iterator[Place]:
    """Each place of a list; the paragraphs before a plural ("le paragraphe 1 des articles 13 et 14") are of each."""
    end, before = run[-1].end, 0
    for n, item in enumerate(run):
        if item.closes_range and item.number - before < MOST:
            for number in range(before + 1, item.number):
                yield Place(start, end, Locator(kind, _unit(kind, str(number))))
        below = inner if n == 0 or to_all else WHOLE
        for path in item.paths:
            for deeper in below:
                yield Place(start, end, Locator(kind, item.unit, (*path, *deeper)))
        before = item.number


def _may_end(folded: str, end: int, names: ActNames) -> bool:
    return _ENDS.match(folded, end) is not None or act_beside(folded, end, names) is not None


def _appended(folded: str, head: re.Match[str], first: _Item, names: ActNames) -> bool:
    """Whether "en annexe" says where something is put and the number after it counts things: "en annexe 3 tableaux"."""
    if not folded[: head.start()].endswith("en "):
        return False
    sure = first.end - head.end() > 1 and not folded[head.end()].isdigit()
    return not sure and not _may_end(folded, first.end, names)


def _roman(number: int) -> str:
    digits = []
    for symbol, value in _ROMAN_VALUES:
        while number >= value:
            digits.append(symbol)
            number -= value
    return "".join(digits)


_NUMBERS = {_roman(number): number for number in range(1, _MOST_ROMAN + 1)}
