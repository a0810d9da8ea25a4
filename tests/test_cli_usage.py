"""`assistant catalogue`, `rules` and `verdict`: what is printed, and the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant import wiring
from assistant.cli import app
from assistant.errors import ManifestError, QuestionError
from tests.in_force import library_in_force
from tests.usage.entries import catalogue_of, tool


@pytest.fixture
def texts(mirror: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = library_in_force(mirror, tmp_path / "acts")
    monkeypatch.setattr(wiring, "open_library", lambda settings: library)


def test_the_check_of_the_example_catalogue_succeeds() -> None:
    result = CliRunner().invoke(app, ["catalogue", "check"])
    assert result.exit_code == 0
    assert result.stdout.endswith(" tools, 0 faults\n")


def test_a_bad_entry_gives_file_line_field_and_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_CATALOGUE", str(catalogue_of(tmp_path, tool("Un"))))
    result = CliRunner().invoke(app, ["catalogue", "check"])
    assert result.exit_code == 1
    assert result.stdout.startswith("outils.toml, line 5, tool.Un.slug: 'Un': write lower-case")
    report = json.loads(CliRunner().invoke(app, ["catalogue", "check", "--json"]).stdout)
    assert report["faults"][0]["line"] == 5


def test_show_lists_the_tools_or_says_everything_of_one() -> None:
    listed = CliRunner().invoke(app, ["catalogue", "show"]).stdout.splitlines()
    assert len(listed) >= 30
    whole = CliRunner().invoke(app, ["catalogue", "show", "la suite"]).stdout
    assert "Hébergement : à vérifier" in whole
    row = json.loads(CliRunner().invoke(app, ["catalogue", "show", "chat gpt", "--json"]).stdout)[0]
    assert (row["slug"], row["status"], row["grid"]) == ("chatgpt", "non_evalue", [])


def test_show_of_a_tool_that_is_not_there_says_so() -> None:
    result = CliRunner().invoke(app, ["catalogue", "show", "zorg"])
    assert isinstance(result.exception, QuestionError)
    assert "'zorg' is not in outils.toml" in str(result.exception)


def test_export_writes_the_file(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["catalogue", "export", "--out", str(tmp_path / "outils.ods")])
    assert result.exit_code == 0
    assert (tmp_path / "outils.ods").stat().st_size > 0


@pytest.mark.mirror
@pytest.mark.usefixtures("texts")
def test_the_rules_are_proved() -> None:
    result = CliRunner().invoke(app, ["rules", "check", "--as-of", "2026-11-21"])
    assert result.exit_code == 0
    assert ", 0 errors, 3 contradictions" in result.stdout.splitlines()[-1]
    report = json.loads(CliRunner().invoke(app, ["rules", "check", "--as-of", "2026-11-21", "--json"]).stdout)
    assert report["errors"] == []
    assert {"entry": "loi-tri-candidatures", "clause": "ai-act:anx-III.4.a", "from": "2027-12-02"} in report["later"]


@pytest.mark.mirror
@pytest.mark.usefixtures("texts")
def test_a_verdict_as_json_is_nothing_but_json_with_its_quotes() -> None:
    asked = ["verdict", "--use", "agent_public", "--audience", "usagers", "--as-of", "2026-11-21", "--json"]
    strasbourg = json.loads(CliRunner().invoke(app, asked).stdout)
    lyon = json.loads(CliRunner().invoke(app, [*asked, "--collectivite", "lyon"]).stdout)
    assert (strasbourg["value"], strasbourg["collectivite"]) == ("sous_conditions", "strasbourg")
    assert (lyon["value"], lyon["rule"]) == ("interdit", "lyon-interactions-usagers")
    assert lyon["citations"] == [source["n"] for source in lyon["sources"]]
    assert lyon["sources"][0]["act"] == "cadre-lyon"


@pytest.mark.mirror
@pytest.mark.usefixtures("texts")
def test_a_verdict_for_a_person_starts_with_the_value() -> None:
    asked = ["verdict", "--tool", "chat gpt", "--use", "compte_rendu", "--data", "personnelles", "--lang", "en"]
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == "✕ Not allowed"


def test_an_unknown_use_or_language_is_wrong_usage() -> None:
    assert CliRunner().invoke(app, ["verdict", "--use", "cuisine"]).exit_code == 2
    assert CliRunner().invoke(app, ["verdict", "--lang", "de"]).exit_code == 2


def test_a_broken_catalogue_stops_a_verdict_with_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_CATALOGUE", str(tmp_path / "absent.toml"))
    result = CliRunner().invoke(app, ["catalogue", "show"])
    assert isinstance(result.exception, ManifestError)
    assert "cannot be read" in str(result.exception)
