"""Numbers as the law prints them and as people write them: digits, words, French and English, with units.

The failure this prevents: "soixante-douze heures" that is not 72 hours, and "3 mois" taken for "3 ans".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

_SMALL = {
    word: value
    for value, words in enumerate(
        (
            "zero", "un une one", "deux two both", "trois three", "quatre four", "cinq five", "six", "sept seven",
            "huit eight", "neuf nine", "dix ten", "onze eleven", "douze twelve", "treize thirteen",
            "quatorze fourteen", "quinze fifteen", "seize sixteen", "seventeen", "eighteen", "nineteen",
        )
    )
    for word in words.split()
}  # fmt: skip
_TENS = {
    word: value
    for value, words in (
        (20, "vingt vingts twenty"), (30, "trente thirty"), (40, "quarante forty"), (50, "cinquante fifty"),
        (60, "soixante sixty"), (70, "septante seventy"), (80, "huitante octante eighty"), (90, "nonante ninety"),
    )
    for word in words.split()
}  # fmt: skip
_HUNDRED = {"cent", "cents", "hundred"}
_LARGE = {
    "mille": 1_000, "thousand": 1_000, "million": 1_000_000, "millions": 1_000_000,
    "milliard": 1_000_000_000, "milliards": 1_000_000_000, "billion": 1_000_000_000, "billions": 1_000_000_000,
}  # fmt: skip
_ORDINALS = {
    word: value
    for value, words in enumerate(
        (
            "premier premiere premiers premieres first", "deuxieme second seconde secondly", "troisieme third",
            "quatrieme fourth", "cinquieme fifth", "sixieme sixth", "septieme seventh", "huitieme eighth",
            "neuvieme ninth", "dixieme tenth",
        ),
        1,
    )
    for word in words.split()
} | {"vingtieme": 20, "twentieth": 20, "trentieme": 30, "thirtieth": 30}  # fmt: skip
_UNITS = {
    word: unit
    for unit, words in {
        "second": "secondes",
        "minute": "minute minutes",
        "hour": "heure heures hour hours h",
        "day": "jour jours day days",
        "week": "semaine semaines week weeks",
        "month": "mois month months",
        "quarter": "trimestre trimestres",
        "year": "an ans annee annees year years",
        "%": "% percent pourcent",
        "EUR": "eur euro euros €",
        "people": "salaries employees persons",
    }.items()
    for word in words.split()
}
_BETWEEN = set(
    "ouvrable ouvrables ouvres calendaires civils civiles working calendar d de further additional consecutive".split()
)
"""Words that may stand between a number and its unit ("45 millions d'euros", "five working days")."""

NUMBER_STARTERS = frozenset({*_SMALL, *_TENS, *_HUNDRED, *_LARGE, *_ORDINALS, "eur"})
"""Words with which a number in words may begin."""

_ORDINAL_DIGITS = re.compile(r"(\d+)(?:er|ere|e|eme|st|nd|rd|th)")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


def read_number(words: Sequence[str], start: int) -> tuple[str, int] | None:
    """The number that begins at `words[start]`, as "72 hour" or "5", and where it ends; None when there is none.

    `words` are folded. "un" and "one" are numbers before a unit only: they are articles and pronouns elsewhere.
    """
    if words[start] in {"eur", "€"} and start + 1 < len(words):
        amount = _value(words, start + 1)
        return (f"{_plain(amount[0])} EUR", amount[1]) if amount else None
    rank = _ordinal(words, start)
    if rank is not None:
        return f"{rank} order", start + 1
    found = _value(words, start)
    if found is None:
        return None
    value, end = found
    unit, after = _unit(words, end)
    if not unit and value == 1 and not words[start].isdigit():
        return None
    return (f"{_plain(value)} {unit}".strip(), after)


def _value(words: Sequence[str], start: int) -> tuple[Decimal, int] | None:
    """Digits, multiplied by the words that follow ("35 millions"), or a run of number words."""
    if not _DIGITS.fullmatch(words[start]):
        return _from_words(words, start)
    value, end = Decimal(_digits(words[start])), start + 1
    while end < len(words) and words[end] in _LARGE:
        value, end = value * _LARGE[words[end]], end + 1
    return value, end


def _digits(text: str) -> str:
    """Thousands joined, a decimal comma as a point."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", text):
        return text.replace(",", "")
    whole, *rest = re.split(r"[.,]", text)
    return f"{whole}.{''.join(rest)}" if rest else whole


def _from_words(words: Sequence[str], start: int) -> tuple[Decimal, int] | None:
    total, group, end = 0, 0, start
    while end < len(words):
        word = words[end]
        if word in {"et", "and"} and end > start and _joins(words, end, group):
            end += 1
            continue
        if word in _LARGE and (end > start or word in {"mille", "thousand"}):
            total, group, end = total + max(group, 1) * _LARGE[word], 0, end + 1
            continue
        larger = _add(group, words, end)
        if larger is None:
            break
        group, end = larger
    return (Decimal(total + group), end) if end > start else None


def _joins(words: Sequence[str], at: int, group: int) -> bool:
    """Whether "et" or "and" goes on with a number: "soixante et onze", "one hundred and five"."""
    following = _at(words, at + 1)
    if words[at] == "et":
        return group % 100 in {20, 30, 40, 50, 60} and following in {"un", "une", "onze"}
    return group >= 100 and group % 100 == 0 and (following in _SMALL or following in _TENS)


def _add(group: int, words: Sequence[str], at: int) -> tuple[int, int] | None:
    """The number under a thousand after one more word, and the next place; None when the word does not continue it."""
    word = words[at]
    if word == "quatre" and group % 100 == 0 and _at(words, at + 1) in {"vingt", "vingts"}:
        return group + 80, at + 2
    if word in _HUNDRED and group < 10 and (group or word == "cent"):
        return max(group, 1) * 100, at + 1
    if word in _TENS and group % 100 == 0:
        return group + _TENS[word], at + 1
    if word in _SMALL:
        value, room = _SMALL[word], group % 100
        if room == 0 or (room % 10 == 0 and room >= 20 and value < 10):
            return group + value, at + 1
        if (room in {60, 80} and value < 20) or (room in {10, 70, 90} and 7 <= value <= 9):
            return group + value, at + 1
    return None


def _ordinal(words: Sequence[str], start: int) -> int | None:
    """`vingtième`, `20th`, `1er`; "third country" and "third party" are no ranks."""
    word = words[start]
    following = _at(words, start + 1)
    if word == "third" and following.startswith(("countr", "part")):
        return None
    digits = _ORDINAL_DIGITS.fullmatch(word)
    return int(digits[1]) if digits else _ORDINALS.get(word)


def _unit(words: Sequence[str], at: int) -> tuple[str, int]:
    """The unit that follows a number, empty when none does, and the place after it."""
    if (_at(words, at), _at(words, at + 1)) in {("pour", "cent"), ("per", "cent")}:
        return "%", at + 2
    step = at
    while step < len(words) and step < at + 2 and words[step] in _BETWEEN:
        step += 1
    if step < len(words) and words[step] in _UNITS:
        return _UNITS[words[step]], step + 1
    return "", at


def _at(words: Sequence[str], place: int) -> str:
    return words[place] if place < len(words) else ""


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
