"""The reading sheets: each holds exactly the entries that its seed draws, and a judgement for each."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from assistant.law.identifiers import Reference
from assistant.lexicon import load_lexicon
from assistant.usage.rules import load_table
from tests.evaluation.readings.draw import draw, draw_sentences

READINGS = Path(__file__).resolve().parent / "readings"
SHEETS = sorted(
    sheet
    for sheet in READINGS.glob("*.md")
    if re.search(r"^field: (words|plain)", sheet.read_text("utf-8"), re.MULTILINE)
)
ANSWERS = sorted(READINGS.glob("answers-*.md"))
USAGE = sorted(READINGS.glob("usage-*.md"))
SENTENCES = [sheet for sheet in SHEETS if sheet.stem.startswith("plain-")]


def _header(sheet: Path) -> dict[str, str]:
    return dict(re.findall(r"^(seed|field|count|references): (\S+)", sheet.read_text("utf-8"), re.MULTILINE))


def _rows(sheet: Path) -> list[list[str]]:
    lines = [line for line in sheet.read_text("utf-8").splitlines() if re.match(r"\| \d+ \|", line)]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def _judgement(row: list[str]) -> str:
    return row[-2].partition(":")[0]


def test_the_everyday_index_and_three_samples_of_sentences_were_read() -> None:
    assert "everyday-index" in {sheet.stem for sheet in SHEETS}
    assert len(SENTENCES) >= 3


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_a_sheet_holds_exactly_what_its_seed_draws(sheet: Path) -> None:
    header = _header(sheet)
    names = (READINGS / header["references"]).read_text("utf-8").split()
    drawer = draw if header["field"] == "words" else draw_sentences
    drawn = drawer(names, int(header["seed"]), int(header["count"]))
    columns = 1 if header["field"] == "words" else 2
    assert [" ".join(row[1 : 1 + columns]) for row in _rows(sheet)] == drawn


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_each_entry_has_a_judgement_and_a_change_where_it_was_not_right(sheet: Path) -> None:
    for row in _rows(sheet):
        assert _judgement(row) in {"right", "wording", "fault", "words missing", "mended"}, row
        assert _judgement(row) == "right" or row[-1] not in {"", "–"}, row


def test_the_last_sample_has_at_most_one_fault_of_substance() -> None:
    assert [_judgement(row) for row in _rows(SENTENCES[-1])].count("fault") <= 1


@pytest.mark.parametrize("sheet", SENTENCES, ids=lambda sheet: sheet.stem)
def test_a_sample_is_half_french_and_half_english(sheet: Path) -> None:
    assert [row[2] for row in _rows(sheet)] == ["fr"] * 30 + ["en"] * 30


def test_the_references_of_the_draws_still_exist() -> None:
    names = (READINGS / "references.txt").read_text("utf-8").split()
    assert set(names) <= {str(reference) for reference in load_lexicon().entries}


@pytest.mark.parametrize("sheet", ANSWERS, ids=lambda sheet: sheet.stem)
def test_a_sheet_of_answers_holds_exactly_the_questions_that_its_seed_draws(sheet: Path) -> None:
    header = _header(sheet)
    names = (READINGS / header["references"]).read_text("utf-8").split()
    drawn = draw(names, int(header["seed"]), int(header["count"]))
    kinds = {row["id"]: row["kind"] for row in _questions()}
    assert [(row[1], row[2]) for row in _rows(sheet)] == [(name, kinds[name]) for name in drawn]


@pytest.mark.parametrize("sheet", ANSWERS, ids=lambda sheet: sheet.stem)
def test_each_answer_was_judged_as_an_agent_and_as_a_dpo(sheet: Path) -> None:
    for row in _rows(sheet):
        assert {row[3], row[4]} <= {"oui", "non"}, row
        assert row[5], row
        assert (row[3], row[4]) == ("oui", "oui") or row[6] not in {"", "–"}, row


@pytest.mark.parametrize("sheet", ANSWERS, ids=lambda sheet: sheet.stem)
def test_the_count_of_a_sheet_of_answers_is_that_of_its_rows(sheet: Path) -> None:
    passed = sum((row[3], row[4]) == ("oui", "oui") for row in _rows(sheet))
    assert f"Result: {passed} of 60 " in sheet.read_text("utf-8")


@pytest.mark.parametrize("sheet", USAGE, ids=lambda sheet: sheet.stem)
def test_each_usage_verdict_rests_on_a_rule_of_the_table_and_was_judged(sheet: Path) -> None:
    values = {rule.id: rule.value for rule in load_table().rules}
    rows = _rows(sheet)
    signed = sum(row[6] == "oui" for row in rows)
    assert f"Result: {signed} of 20 " in sheet.read_text("utf-8")
    assert len(rows) == 20
    assert {row[1] for row in rows} == {"strasbourg", "lyon"}
    for row in rows:
        assert values[row[4]] == row[3], row
        assert row[5].split() == [str(Reference.parse(clause)) for clause in row[5].split()], row
        assert row[6] in {"oui", "non"}, row
        assert row[7], row
        assert row[6] == "oui" or row[8] not in {"", "–"}, row


def _questions() -> list[dict[str, str]]:
    return [json.loads(line) for line in (READINGS.parent / "questions.jsonl").read_text("utf-8").splitlines()]
