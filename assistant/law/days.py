"""A day in words, French and English.

The failure this prevents: four parts of a program that each write dates their own way.
"""

from __future__ import annotations

from datetime import date

_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "en": "January February March April May June July August September October November December".split(),
}


def spelled(day: date, lang: str) -> str:
    """`2 décembre 2027`, `1er août 2024`, `2 December 2027`; French unless `lang` is `en`."""
    known = "en" if lang == "en" else "fr"
    number = "1er" if known == "fr" and day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[known][day.month - 1]} {day.year}"
