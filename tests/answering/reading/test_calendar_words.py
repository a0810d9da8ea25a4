"""Dates as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.reading.calendar_words import spans
from assistant.law.flat import flat

TODAY = date(2026, 11, 21)


def span(text: str) -> tuple[date, date]:
    (found,) = spans(flat(text), TODAY)
    return found.first, found.last


@pytest.mark.parametrize(
    "text",
    [
        "1er août 2024",
        "1 août 2024",
        "01/08/2024",
        "1.8.2024",
        "01-08-2024",
        "2024-08-01",
        "1 August 2024",
        "1st of August 2024",
        "August 1, 2024",
        "Aug. 1st 2024",
        "1/8/24",
    ],
)
def test_a_day_is_read_in_every_usual_form(text: str) -> None:
    assert span(text) == (date(2024, 8, 1), date(2024, 8, 1))


def test_figures_put_the_day_first_unless_only_the_month_can_be() -> None:
    assert span("12/07/2024")[0] == date(2024, 7, 12)
    assert span("07/27/2026")[0] == date(2026, 7, 27)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("mars 2026", date(2026, 3, 1), date(2026, 3, 31)),
        ("février 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("July 2025", date(2025, 7, 1), date(2025, 7, 31)),
        ("été 2026", date(2026, 6, 21), date(2026, 9, 21)),
        ("autumn 2025", date(2025, 9, 22), date(2025, 12, 20)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("l'année dernière", date(2025, 1, 1), date(2025, 12, 31)),
        ("next year", date(2027, 1, 1), date(2027, 12, 31)),
    ],
)
def test_months_seasons_and_years_are_spans(text: str, first: date, last: date) -> None:
    assert span(text) == (first, last)


def test_a_part_of_a_year_or_month_is_its_third() -> None:
    assert span("début 2025")[0] == date(2025, 1, 1)
    assert span("début 2025")[1] < date(2025, 6, 1)
    assert span("fin juillet 2026")[0] > date(2026, 7, 15)
    assert span("fin juillet 2026")[1] == date(2026, 7, 31)
    middle = span("mi-2025")
    assert date(2025, 4, 1) < middle[0] < middle[1] < date(2025, 10, 1)


@pytest.mark.parametrize("text", ["31 février 2026", "45/13/2025", "règlement 2016/679", "E-2025-419", "article 22"])
def test_what_is_no_date_is_passed_over(text: str) -> None:
    assert not list(spans(flat(text), TODAY))
