"""Versions of a provision: what changed, since when, by which act."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.errors import UnknownReference
from assistant.law.identifiers import Reference
from assistant.library import Library
from assistant.versions import Outcome, changed_days, compare, last_change, lifetime, next_change
from tests.every_version import library_of_every_version

FIRST = date(2024, 7, 12)
BEFORE = date(2026, 7, 26)
SINCE = date(2026, 7, 27)
TODAY = date(2026, 11, 21)
OMNIBUS = "32026R1744"
LANGUAGES = ("fr", "en")


@pytest.fixture(scope="module")
def library(mirror: Path, tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of_every_version(mirror, tmp_path_factory.mktemp("acts"))


def at(place: str) -> Reference:
    return Reference.parse(place)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_amended_provision_says_since_when_and_by_which_act(library: Library, lang: str) -> None:
    change = last_change(library, at("ai-act:art-4"), lang, TODAY)
    assert change is not None
    assert (change.since, change.by, change.inserted) == (SINCE, OMNIBUS, False)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", ["ai-act:art-4bis", "ai-act:art-5.1.bbis", "ai-act:art-3.14bis", "ai-act:anx-XIV"])
def test_an_inserted_provision_is_new(library: Library, place: str, lang: str) -> None:
    change = last_change(library, at(place), lang, TODAY)
    assert change is not None
    assert change.inserted


def test_wording_that_moved_into_a_new_paragraph_is_amended_not_new(library: Library) -> None:
    change = last_change(library, at("ai-act:art-4.1"), "fr", TODAY)
    assert change is not None
    assert not change.inserted


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", ["ai-act:art-5.1.b", "ai-act:art-50.1", "rgpd:art-33", "nis2:art-21"])
def test_a_provision_whose_words_stayed_has_no_change(library: Library, place: str, lang: str) -> None:
    assert last_change(library, at(place), lang, TODAY) is None
    assert next_change(library, at(place), lang, BEFORE, TODAY) is None


def test_the_text_of_an_earlier_day_says_how_it_ended(library: Library) -> None:
    replaced = next_change(library, at("ai-act:art-4"), "fr", BEFORE, TODAY)
    deleted = next_change(library, at("ai-act:art-10.5"), "fr", BEFORE, TODAY)
    assert replaced is not None
    assert deleted is not None
    assert (replaced.since, replaced.by, replaced.deleted) == (SINCE, OMNIBUS, False)
    assert deleted.deleted
    assert next_change(library, at("ai-act:art-4"), "fr", BEFORE, BEFORE) is None


def test_a_provision_has_a_first_and_a_last_day(library: Library) -> None:
    assert lifetime(library, at("ai-act:art-4bis"), "fr") == (SINCE, None)
    assert lifetime(library, at("ai-act:art-10.5"), "fr") == (FIRST, SINCE)
    assert lifetime(library, at("ai-act:art-200"), "fr") is None


def test_only_acts_with_several_versions_have_days_of_change(library: Library) -> None:
    assert changed_days(library) == {"ai-act": (SINCE,)}


@pytest.mark.parametrize(
    ("place", "outcome"),
    [
        ("ai-act:art-4", Outcome.AMENDED),
        ("ai-act:art-4bis", Outcome.INSERTED),
        ("ai-act:art-10.5", Outcome.DELETED),
        ("ai-act:art-5.1.b", Outcome.UNCHANGED),
    ],
)
def test_a_comparison_tells_the_four_outcomes_apart(library: Library, place: str, outcome: Outcome) -> None:
    found = compare(library, at(place), "fr", (FIRST, TODAY))
    assert found.outcome is outcome
    assert bool(found.pieces) == (outcome is not Outcome.UNCHANGED)


def test_a_provision_did_not_exist_before_its_act(library: Library) -> None:
    assert compare(library, at("ai-act:art-1"), "fr", (date(2020, 1, 1), TODAY)).outcome is Outcome.INSERTED


def test_a_provision_of_no_version_cannot_be_compared(library: Library) -> None:
    with pytest.raises(UnknownReference, match="119 articles"):
        compare(library, at("ai-act:art-200"), "fr", (FIRST, TODAY))


def test_both_languages_changed_in_the_same_places(library: Library) -> None:
    changed = []
    for lang in LANGUAGES:
        act = library.act("ai-act", lang, TODAY)
        places = (Reference("ai-act", place) for place in act.index)
        changed.append({place for place in places if last_change(library, place, lang, TODAY) is not None})
    assert changed[0] == changed[1]
    assert len(changed[0]) > 250
