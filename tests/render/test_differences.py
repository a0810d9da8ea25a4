"""A comparison of versions, shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.law.act import text_hash
from assistant.law.differences import word_diff
from assistant.law.identifiers import Reference
from assistant.law.passage import Passage
from assistant.law.validity import Validity
from assistant.render.differences import difference_lines, difference_to_json
from assistant.versions import Comparison

FIRST, LAST = date(2024, 7, 12), date(2026, 11, 21)
DAYS = (FIRST, LAST)
OLD, NEW = "1. La ville doit répondre.\n2. Elle note.", "1. La ville peut répondre.\n2. Elle note tout."


def passage(text: str, version: date, lang: str = "fr") -> Passage:
    return Passage(
        reference=Reference.parse("ai-act:art-4"),
        lang=lang,
        version_date=version.isoformat(),
        celex="",
        label="Règlement IA, article 4",
        title="Titre",
        path="",
        context="",
        text=text,
        url="https://example.org/art_4",
        validity=Validity(version, version, None, ()),
    )


def amended() -> Comparison:
    since = date(2026, 7, 27)
    return Comparison(passage(OLD, FIRST), passage(NEW, since), word_diff(OLD, NEW), since, "32026R1744")


def plain(comparison: Comparison) -> str:
    """Without the colours."""
    import re

    return re.sub(r"\x1b\[\d*m", "", difference_lines(comparison, DAYS))


def test_changes_carry_signs_as_well_as_colours() -> None:
    coloured = difference_lines(amended(), DAYS)
    assert "\x1b[31m[-doit-]" in coloured
    assert "\x1b[32m{+peut+}" in coloured
    assert "1. La ville [-doit-] {+peut+} répondre.\n2. Elle note {+tout+}." in plain(amended())


def test_a_change_over_several_lines_is_marked_on_each() -> None:
    long = replace(amended(), before=None, pieces=word_diff("", NEW))
    assert "{+1. La ville peut répondre.+}\n{+2. Elle note tout.+}" in plain(long)


@pytest.mark.parametrize(
    ("comparison", "words"),
    [
        (amended(), "modifié le 27 juillet 2026 par le règlement (UE) 2026/1744"),
        (replace(amended(), before=None), "N'existait pas le 12 juillet 2024 ; ajouté le 27 juillet 2026"),
        (replace(amended(), after=None), "N'existe plus le 21 novembre 2026 ; supprimé le 27 juillet 2026"),
        (replace(amended(), pieces=()), "Rien n'a changé entre le 12 juillet 2024 et le 21 novembre 2026."),
    ],
)
def test_the_second_line_says_what_happened(comparison: Comparison, words: str) -> None:
    assert words in difference_lines(comparison, DAYS).splitlines()[1]


def test_an_english_comparison_is_worded_in_english() -> None:
    english = replace(amended(), before=passage(OLD, FIRST, "en"), after=passage(NEW, FIRST, "en"))
    assert "amended on 27 July 2026 by Regulation (EU) 2026/1744" in difference_lines(english, DAYS)


def test_programs_get_both_texts_and_the_pieces() -> None:
    found = difference_to_json(amended(), DAYS)
    assert found["change"] == "amended"
    assert (found["since"], found["amended_by"]) == ("2026-07-27", "32026R1744")
    assert found["from"]["sha256"] == text_hash(OLD)
    assert found["to"]["text"] == "".join(p["text"] for p in found["pieces"] if p["operation"] != "removed")


def test_programs_get_null_where_the_provision_did_not_exist() -> None:
    assert difference_to_json(replace(amended(), before=None), DAYS)["from"] is None
    unchanged = difference_to_json(replace(amended(), pieces=()), DAYS)
    assert (unchanged["change"], unchanged["since"], unchanged["amended_by"]) == ("unchanged", None, None)
