"""`assistant lexique`: what is printed, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant import cli_lexique, lexicon, wiring
from assistant.cli import app
from assistant.errors import IndexMissing
from assistant.lexicon import load_lexicon
from assistant.library import Library
from tests.in_force import library_in_force
from tests.lexique.entries import act, library_of, provision


@pytest.fixture
def incomplete(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Library:
    """An index in use that holds one article of the model charter only."""
    library = library_of(tmp_path / "acts", act("charte", provision("art-1"), provision("art-99")))
    monkeypatch.setattr(wiring, "open_library", lambda settings: library)
    return library


def test_the_check_prints_one_line_a_finding_and_the_counts_and_fails_on_an_error(incomplete: Library) -> None:
    result = CliRunner().invoke(app, ["lexique", "check"])
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0].startswith("error: charte.toml: charte:art-")
    assert any(line.startswith("rgpd: ") and "reviewed" in line for line in lines)
    assert lines[-1].endswith("warnings")


def test_the_check_as_json_is_nothing_but_json(incomplete: Library) -> None:
    result = CliRunner().invoke(app, ["lexique", "check", "--json"])
    report = json.loads(result.stdout)
    assert result.exit_code == 1
    errors = [finding for finding in report["findings"] if finding["severity"] == "error"]
    assert report["errors"] == len(errors) > 0
    assert {"severity", "file", "reference", "message"} == set(report["findings"][0])
    assert {count["act"] for count in report["counts"]} > {"rgpd", "charte"}


@pytest.mark.mirror
def test_the_check_of_the_whole_data_succeeds(mirror: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = library_in_force(mirror, tmp_path)
    monkeypatch.setattr(wiring, "open_library", lambda settings: library)
    result = CliRunner().invoke(app, ["lexique", "check"])
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1].startswith("0 errors")


def test_without_an_index_the_check_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_DATA", str(tmp_path))
    result = CliRunner().invoke(app, ["lexique", "check"])
    assert isinstance(result.exception, IndexMissing)
    assert "assistant ingest" in str(result.exception)


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus folder of its own, with one entry, and a library that holds its provision."""
    folder = tmp_path / "corpus" / "lexique"
    folder.mkdir(parents=True)
    (folder / "charte.toml").write_text('[[entry]]\nref = "art-1"\nplain.fr = "Simple."\n', encoding="utf-8")
    entries = load_lexicon(folder)
    library = library_of(tmp_path / "acts", act("charte", provision("art-1", "Texte officiel.")))
    monkeypatch.setattr(wiring, "open_library", lambda settings: library)
    monkeypatch.setattr(lexicon, "load_lexicon", lambda: entries)
    monkeypatch.setattr(cli_lexique, "corpus_folder", lambda: tmp_path / "corpus")
    return folder


def test_stamp_writes_for_which_text_each_sentence_was_written(own_folder: Path) -> None:
    result = CliRunner().invoke(app, ["lexique", "stamp"])
    assert (result.exit_code, result.stdout) == (0, "1 provisions stamped, 1 of them anew\n")
    assert set(json.loads((own_folder / "empreintes.json").read_text(encoding="utf-8"))) == {"charte:art-1"}


def test_review_shows_the_official_text_and_writes_what_is_found_right(own_folder: Path) -> None:
    result = CliRunner().invoke(app, ["lexique", "review"], input="C. Durand\no\n")
    assert result.exit_code == 0
    assert "Texte officiel." in result.stdout
    assert 'reviewed_by = "C. Durand"' in (own_folder / "charte.toml").read_text(encoding="utf-8")


def test_a_review_passes_over_what_is_not_in_the_index(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = '[[entry]]\nref = "art-1"\nplain.fr = "Simple."\n\n[[entry]]\nref = "art-2"\nplain.fr = "Simple."\n'
    (own_folder / "absent.toml").write_text(rows, encoding="utf-8")
    (own_folder / "charte.toml").write_text(rows, encoding="utf-8")
    entries = load_lexicon.__wrapped__(own_folder)
    monkeypatch.setattr(lexicon, "load_lexicon", lambda: entries)
    result = CliRunner().invoke(app, ["lexique", "review", "--by", "C."], input="o\n")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "absent passé, ce texte n'est pas dans l'index : lancez `assistant ingest`",
        "charte:art-2 passé, le texte ne l'a pas : lancez `assistant lexique check`",
    ]
    assert 'reviewed_by = "C."' in (own_folder / "charte.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("typed", ["n", "q"])
def test_a_review_that_is_put_off_writes_nothing(own_folder: Path, typed: str) -> None:
    before = (own_folder / "charte.toml").read_bytes()
    assert CliRunner().invoke(app, ["lexique", "review", "--by", "C."], input=f"{typed}\n").exit_code == 0
    assert (own_folder / "charte.toml").read_bytes() == before


def test_check_ease_lists_the_hardest_sentences() -> None:
    result = CliRunner().invoke(app, ["lexique", "check", "--ease"])
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 20
    hardest = [int(line.split("\t")[0]) for line in result.stdout.splitlines()]
    assert hardest == sorted(hardest, reverse=True)


def test_suggest_prints_how_often_and_what(tmp_path: Path) -> None:
    path = tmp_path / "feedback.jsonl"
    path.write_text('{"question": "parapheur", "found": false}\n' * 2, encoding="utf-8")
    result = CliRunner().invoke(app, ["lexique", "suggest", str(path)])
    assert (result.exit_code, result.stdout) == (0, "2\tparapheur\n")
