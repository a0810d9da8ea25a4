"""`assistant eval`: a report, a baseline, and an exit code that a build can rely on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.errors import QuestionError
from tests.evaluation_command.scorer import official_scorer

QUESTIONS: list[dict[str, Any]] = [
    {"id": "a", "question": "Combien de temps pour notifier une violation de données ?", "lang": "fr", "kind": "figure",
     "gold": [{"act": "rgpd", "ref": "art-33"}], "key_facts": [["72 heures"]], "split": "tune"},
    {"id": "b", "question": "l'article 120 du RGPD dit quoi ?", "lang": "fr", "kind": "false_premise", "gold": [],
     "refusal": "premisse_fausse", "split": "test"},
]  # fmt: skip


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "own.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in QUESTIONS), encoding="utf-8")
    return path


@pytest.fixture
def run(indexed_data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    monkeypatch.setenv("ASSISTANT_DATA", str(indexed_data))
    monkeypatch.setenv("ASSISTANT_OFFLINE", "true")
    return lambda *arguments: CliRunner().invoke(app, ["eval", *map(str, arguments), "--out", str(tmp_path / "report")])


def test_a_run_writes_both_files_and_prints_the_figures(run: Any, questions: Path, tmp_path: Path) -> None:
    ended = run(questions)
    assert ended.exit_code == 0
    assert "quotes_verified      1.0000" in ended.stdout
    report = json.loads((tmp_path / "report" / "report.json").read_text(encoding="utf-8"))
    assert report["questions"] == 2
    assert report["made"]["as_of"] == "2026-11-21"
    assert report["refusals"]["premisse_fausse"]["premisse_fausse"] == 1
    assert "Évaluation" in (tmp_path / "report" / "report.html").read_text(encoding="utf-8")


def test_the_answers_of_the_report_satisfy_the_official_scorer(
    run: Any, questions: Path, tmp_path: Path, mirror: Path
) -> None:
    scorer = official_scorer()
    run(questions, "--split", "tune")
    report = json.loads((tmp_path / "report" / "report.json").read_text(encoding="utf-8"))
    answers = {row["id"]: row["answer"] for row in report["rows"]}
    rows = [{"accept": [], "gold_mode": "all", **row} for row in QUESTIONS[:1]]
    official = scorer.score_answers(rows, answers, scorer.official(mirror))["scores"]
    assert official["quotes in the official text"]["mean"] == 1.0 == report["figures"]["all"]["quotes_verified"]["mean"]
    assert official["required provisions cited"]["mean"] == report["figures"]["all"]["required_cited"]["mean"]


def test_a_baseline_is_written_then_holds_and_a_better_one_does_not(run: Any, questions: Path, tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    assert run(questions, "--write-baseline", file).exit_code == 0
    held = run(questions, "--check", file)
    assert (held.exit_code, f"no figure is below {file}" in held.stdout) == (0, True)
    kept = json.loads(file.read_text(encoding="utf-8"))
    kept["sets"]["tune"]["all"]["quotes_verified"]["mean"] = 1.5
    file.write_text(json.dumps(kept), encoding="utf-8")
    fallen = run(questions, "--check", file)
    assert fallen.exit_code == 1
    assert "tune, all, quotes_verified: 1.0000, the baseline has 1.5000" in fallen.stdout


def test_a_split_without_questions_is_named(run: Any, questions: Path) -> None:
    ended = run(questions, "--split", "held")
    assert isinstance(ended.exception, QuestionError)
    assert "split 'held'" in str(ended.exception)
