"""Days in words."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.law.days import spelled


@pytest.mark.parametrize(
    ("day", "lang", "words"),
    [
        (date(2027, 12, 2), "fr", "2 décembre 2027"),
        (date(2024, 8, 1), "fr", "1er août 2024"),
        (date(2024, 8, 1), "en", "1 August 2024"),
        (date(2026, 2, 28), "fr", "28 février 2026"),
    ],
)
def test_a_day_is_written_out(day: date, lang: str, words: str) -> None:
    assert spelled(day, lang) == words
