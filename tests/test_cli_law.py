"""`assistant diff`: what is printed, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant import wiring
from assistant.cli import app
from assistant.errors import UnknownReference
from assistant.library import Library
from tests.every_version import EARLIER, LATER, library_of_every_version


@pytest.fixture(scope="module")
def library(mirror: Path, tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of_every_version(mirror, tmp_path_factory.mktemp("acts"))


@pytest.fixture(autouse=True)
def index(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index in use holds every version."""
    monkeypatch.setattr(wiring, "open_library", lambda settings: library)


def diff(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["diff", *arguments])


def test_an_amended_article_is_shown_word_by_word() -> None:
    result = diff("ai-act:art-4", "--from", EARLIER, "--to", LATER)
    assert result.exit_code == 0
    assert "modifié le 27 juillet 2026 par le règlement (UE) 2026/1744" in result.stdout
    assert "[-" in result.stdout
    assert "{+" in result.stdout
    assert "\x1b" not in result.stdout


def test_the_json_is_nothing_but_json() -> None:
    result = diff("ai-act:art-4", "--from", EARLIER, "--to", LATER, "--lang", "en", "--json")
    found = json.loads(result.stdout)
    assert (found["change"], found["lang"], found["amended_by"]) == ("amended", "en", "32026R1744")
    assert (found["from"]["version_date"], found["to"]["version_date"]) == (EARLIER, LATER)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("ai-act:art-5.1.b", "Rien n'a changé entre"),
        ("ai-act:art-4bis", "N'existait pas le 12 juillet 2024"),
        ("ai-act:art-10.5", "N'existe plus le 27 juillet 2026"),
        ("deliberation-strasbourg:catalogue", "N'existait pas le 12 juillet 2024"),
    ],
)
def test_every_outcome_is_said_in_words(place: str, words: str) -> None:
    result = diff(place, "--from", EARLIER, "--to", LATER)
    assert result.exit_code == 0
    assert words in result.stdout


def test_without_a_later_day_today_is_compared() -> None:
    assert "modifié le 27 juillet 2026" in diff("ai-act:art-4", "--from", EARLIER).stdout


def test_reversed_days_and_an_unknown_language_are_wrong_usage() -> None:
    assert diff("ai-act:art-4", "--from", LATER, "--to", EARLIER).exit_code == 2
    assert diff("ai-act:art-4", "--from", EARLIER, "--lang", "de").exit_code == 2
    assert diff("ai-act:art-4").exit_code == 2


@pytest.mark.parametrize("place", ["ai-act:art-444", "inconnu:art-1", "art-4", "ai-act:article 4"])
def test_a_place_that_does_not_exist_is_an_error_the_user_can_mend(place: str) -> None:
    assert isinstance(diff(place, "--from", EARLIER).exception, UnknownReference)
