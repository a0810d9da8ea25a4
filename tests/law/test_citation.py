"""A citation is its quote: outside the official text there is none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.law.act import text_hash
from assistant.law.citation import Citation
from assistant.law.identifiers import Reference
from assistant.law.passage import Passage
from assistant.law.validity import Application, Status, Validity

LIFE = Validity(date(2024, 8, 1), date(2024, 7, 12), date(2026, 7, 27), (Application(date(2025, 2, 2), "", "x:art-1"),))


def passage(text: str) -> Passage:
    reference = Reference.parse("rgpd:art-33.1")
    return Passage(reference, "fr", "2016-05-04", "32016R0679", "RGPD, article 33", "", "", "", text, "", LIFE)


@given(st.text(min_size=1), st.data())
def test_a_quote_is_the_characters_it_points_to(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    citation = Citation.of(1, passage(text), start, end, Status.IN_FORCE)
    assert text[citation.start : citation.end] == citation.quote
    assert citation.sha256 == text_hash(text)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (0, 0), (2, 1), (0, 99)])
def test_a_quote_outside_the_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        Citation.of(1, passage("abc"), start, end, Status.IN_FORCE)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2024, 7, 31), Status.NOT_YET_IN_FORCE),
        (date(2024, 8, 1), Status.NOT_YET_APPLICABLE),
        (date(2025, 2, 2), Status.IN_FORCE),
        (date(2026, 7, 27), Status.REPLACED),
    ],
)
def test_the_status_follows_the_day(day: date, status: Status) -> None:
    assert LIFE.status_on(day) is status


def test_a_directive_binds_through_national_law() -> None:
    life = Validity(date(2023, 1, 16), date(2022, 12, 27), None, (), directive=True)
    assert life.status_on(date(2026, 1, 1)) is Status.DIRECTIVE
