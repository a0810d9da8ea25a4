"""Days, months, seasons and years as people write them, in French and English, as spans of days.

The failure this prevents: "mars 2026", "mi-2025" and "12/07/2024" read as noise words by the search.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier january janv jan",
            "fevrier february fevr fev feb",
            "mars march mar",
            "avril april avr apr",
            "mai may",
            "juin june jun",
            "juillet july juil jul",
            "aout august aug",
            "septembre september sept sep",
            "octobre october oct",
            "novembre november nov",
            "decembre december dec",
        ),
        1,
    )
    for name in names.split()
}
_SEASONS = {"printemps": 1, "spring": 1, "ete": 2, "summer": 2, "automne": 3, "autumn": 3, "fall": 3}
_FIRST_DAYS = {1: (3, 20), 2: (6, 21), 3: (9, 22), 4: (12, 21)}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_SEASON = "|".join(_SEASONS)
_PART = (
    r"(?:(?P<part>debut|mi|fin|early|mid|late|(?:the\s+)?(?:beginning|start|middle|end)\s+of)"
    r"[\s-]+(?:d[eu']\s*)?)?"
)
_YEAR = r"20[0-4]\d"
_FORMS = re.compile(
    rf"""(?<![\w/-])(?:
        (?P<iso>{_YEAR}-\d\d-\d\d)(?!\d)
      | (?P<n1>\d{{1,2}})[/.-](?P<n2>\d{{1,2}})[/.-](?P<n3>{_YEAR}|\d\d)(?![\w/])
      | (?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH})\.?,?\s+(?P<y1>{_YEAR})\b
      | (?P<m2>{_MONTH})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>{_YEAR})\b
      | {_PART}(?:
            (?P<m3>{_MONTH})\.?\s+(?:de\s+|of\s+)?(?P<y3>{_YEAR})\b
          | (?P<season>{_SEASON})\s+(?:de\s+|of\s+)?(?P<y4>{_YEAR})\b
          | (?P<y5>{_YEAR})(?![\w/]|-\w|[.,]\d|\s?°)
        )
      | (?P<last>l'an(?:nee)?\s+(?:derniere?|passee?)|last\s+year)
      | (?P<next>l'an(?:nee)?\s+prochaine?|next\s+year)
    )""",
    re.VERBOSE,
)
_EARLY = re.compile(r"debut|early|beginning|start")
_MIDDLE = re.compile(r"\bmid?\b|middle")
_LATE = re.compile(r"fin|late|end")


@dataclass(frozen=True, slots=True)
class Span:
    """A day or a run of days, both ends included, and where it is written."""

    first: date
    last: date
    start: int
    end: int

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.first <= day <= self.last


def spans(flat: str, today: date) -> Iterator[Span]:
    """Every date in a text without case and accents; impossible ones ("31 février 2026") are passed over."""
    for match in _FORMS.finditer(flat):
        days = _days(match, today)
        if days is not None:
            yield Span(*days, match.start(), match.end())


def _days(match: re.Match[str], today: date) -> tuple[date, date] | None:
    found = match.groupdict()
    try:
        if found["last"] or found["next"]:
            return _year(today.year + (1 if found["next"] else -1), "")
        if found["y5"]:
            return _year(int(found["y5"]), found["part"] or "")
        if found["m3"]:
            return _month(int(found["y3"]), _MONTHS[found["m3"]], found["part"] or "")
        if found["season"]:
            return _season(int(found["y4"]), _SEASONS[found["season"]])
        day = _one_day(found)
    except ValueError:
        return None
    return day, day


def _one_day(found: dict[str, str | None]) -> date:
    """The day of a full date; in figures the day comes first, unless only the other reading is possible."""
    if found["iso"]:
        return date.fromisoformat(found["iso"])
    if found["n1"] and found["n2"] and found["n3"]:
        first, second, year = int(found["n1"]), int(found["n2"]), int(found["n3"])
        year += 2000 if year < 100 else 0
        return date(year, first, second) if second > 12 else date(year, second, first)
    day, month, year_words = found["day"] or found["day2"], found["m1"] or found["m2"], found["y1"] or found["y2"]
    assert day is not None
    assert month is not None
    assert year_words is not None
    return date(int(year_words), _MONTHS[month], int(day))


def _part(first: date, last: date, words: str) -> tuple[date, date]:
    """The third of a month or year that "début", "mi" or "fin" names; the whole without such a word."""
    third = (last - first) / 3
    if _EARLY.search(words):
        return first, first + third
    if _LATE.search(words):
        return last - third, last
    return (first + third, last - third) if _MIDDLE.search(words) else (first, last)


def _year(year: int, part: str) -> tuple[date, date]:
    return _part(date(year, 1, 1), date(year, 12, 31), part)


def _month(year: int, month: int, part: str) -> tuple[date, date]:
    return _part(date(year, month, 1), date(year, month, monthrange(year, month)[1]), part)


def _season(year: int, season: int) -> tuple[date, date]:
    return date(year, *_FIRST_DAYS[season]), date(year, *_FIRST_DAYS[season + 1]) - timedelta(days=1)
