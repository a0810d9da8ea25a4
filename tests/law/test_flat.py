"""Flat text keeps every character in its place."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.law.flat import flat


def test_accents_case_and_apostrophes_go_and_nothing_moves() -> None:
    assert flat("L’Éœuvre\u00a0d’Été\nN° 5") == "l'eœuvre d'ete\nn° 5"


@settings(deadline=None)
@given(st.text())
def test_flat_text_is_as_long_as_the_text(text: str) -> None:
    assert len(flat(text)) == len(text)
