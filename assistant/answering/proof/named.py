"""Dates and places of the law as they are written inside a sentence, in one spelling for both languages.

The failure this prevents: "à partir du 2 août 2026" proven by a passage that says 2027, and
"l'article 9" by one that says "l'article 6".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_MONTHS = {
    month: number
    for number, months in enumerate(
        (
            "janvier january", "fevrier february", "mars march", "avril april", "mai may", "juin june", "juillet july",
            "aout august", "septembre september", "octobre october", "novembre november", "decembre december",
        ),
        1,
    )
    for month in months.split()
}  # fmt: skip
_DAY = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)?")
_YEAR = re.compile(r"(?:19|20)\d\d")

_KINDS = {
    word: kind
    for kind, words in {
        "article": "article articles art",
        "recital": "considerant considerants recital recitals",
        "annex": "annexe annexes annex annexes",
        "chapter": "chapitre chapitres chapter chapters",
        "section": "section sections",
        "paragraph": "paragraphe paragraphes paragraph paragraphs §",
        "point": "point points",
        "subparagraph": "alinea alineas subparagraph subparagraphs",
    }.items()
    for word in words.split()
}
DATE_STARTERS, PLACE_STARTERS = frozenset(_MONTHS), frozenset(_KINDS)
"""Words with which a date (if not with a digit) or a place may begin."""

_ROMAN = re.compile(r"[ivxlc]+")
_NUMBER = re.compile(r"(\d+)(?:er|([a-i]))?")
_ORDERS = {"bis": "a", "ter": "b", "quater": "c", "quinquies": "d", "sexies": "e", "septies": "f"}
_LINKS = {",", "et", "ou", "and", "or", "to", "a", "au", "aux", "l", "les", "the"}
_INSIDE = {"article": "paragraph", "annex": "point", "paragraph": "point", "point": "point"}
"""What brackets after a number name: `6(1)` is a paragraph of an article, `(1)(a)` a point of it."""


def read_date(words: Sequence[str], at: int) -> tuple[str, int] | None:
    """`2 août 2026`, `August 2, 2026`, `août 2026`, `2 août` as ISO 8601 as far as it is said; and where it ends.

    "16 may" without a year is a number and a verb.
    """
    day, after = _day(words, at)
    if _at(words, after) in _MONTHS and (day or _YEAR.fullmatch(_at(words, after + 1))):
        month, end = _MONTHS[words[after]], after + 1
    elif not day and _at(words, at) in _MONTHS and _day(words, at + 1)[0]:
        month, (day, end) = _MONTHS[words[at]], _day(words, at + 1)
    else:
        return None
    following = end + 1 if _at(words, end) == "," else end
    year = _at(words, following)
    if not _YEAR.fullmatch(year):
        if words[end - 1] == "may" or (day and words[after] == "may"):
            return None
        return f"--{month:02d}-{day}", end
    return "-".join([year, f"{month:02d}", *([day] if day else [])]), following + 1


def _day(words: Sequence[str], at: int) -> tuple[str, int]:
    match = _DAY.fullmatch(_at(words, at))
    return (f"{int(match[1]):02d}", at + 1) if match and 1 <= int(match[1]) <= 31 else ("", at)


def read_places(words: Sequence[str], at: int) -> tuple[list[str], int]:
    """The places that a word such as "article" introduces, and where they end: `["article 6", "paragraph 1"]`.

    `words` hold brackets and commas as words of their own.
    """
    kind = _KINDS.get(words[at], "")
    places: list[str] = []
    step = at + 1
    while kind and step < len(words):
        number, after = _designator(words, step, kind)
        if number:
            inner, step = _bracketed(words, after, _INSIDE.get(kind, ""))
            places += [f"{kind} {number}", *inner]
        elif places and words[step] in _LINKS and _goes_on(words, step, kind):
            step += 1
        else:
            break
    return places, step if places else at


def _designator(words: Sequence[str], at: int, kind: str) -> tuple[str, int]:
    """A number, numeral or letter with its order, and what follows it; empty when there is none."""
    bracket = _at(words, at) == "("
    start = at + 1 if bracket else at
    word = _at(words, start)
    match = _NUMBER.fullmatch(word)
    if match:
        order = _ORDERS.get(_at(words, start + 1), "")
        end = start + 2 if order else start + 1
        number = match[1] + (order or match[2] or "")
    elif kind in {"annex", "chapter"} and _ROMAN.fullmatch(word):
        number, end = word, start + 1
    elif kind == "point" and _is_letter(words, start, bracket):
        order = _ORDERS.get(_at(words, start + 1), "")
        number, end = word + order, start + (2 if order else 1)
    else:
        return "", at
    if _at(words, end) == ")" and (bracket or kind == "point"):
        end += 1
    return number, end


def _is_letter(words: Sequence[str], at: int, bracket: bool) -> bool:
    """`a)` or `(a)`; a bare letter after "point" only where it is no small word."""
    word = _at(words, at)
    short = len(word) <= 4 and word.isalpha() and (len(word) <= 2 or bool(_ROMAN.fullmatch(word)))
    closed = _at(words, at + 1) == ")" or (_at(words, at + 1) in _ORDERS and _at(words, at + 2) == ")")
    return short and (closed or (not bracket and len(word) == 1 and word not in {"a", "l", "d", "y"}))


def _bracketed(words: Sequence[str], at: int, kind: str) -> tuple[list[str], int]:
    """`(1)(a)` after an article: a paragraph and a point."""
    found: list[str] = []
    step = at
    while kind and _at(words, step) == "(" and _at(words, step + 2) == ")":
        inner = words[step + 1]
        if not (_NUMBER.fullmatch(inner) or (len(inner) <= 4 and inner.isalpha())):
            break
        found.append(f"{'paragraph' if inner[0].isdigit() and kind == 'paragraph' else 'point'} {inner}")
        step += 3
    return found, step


def _goes_on(words: Sequence[str], at: int, kind: str) -> bool:
    """Whether a comma or an "et" is followed by one more number of the same kind."""
    step = at + 1
    while _at(words, step) in _LINKS and step < at + 3:
        step += 1
    number, after = _designator(words, step, kind)
    following = _at(words, after)
    return bool(number) and following not in _MONTHS and following not in {"mois", "months", "%", "eur", "ans", "jours"}


def _at(words: Sequence[str], place: int) -> str:
    return words[place] if place < len(words) else ""
