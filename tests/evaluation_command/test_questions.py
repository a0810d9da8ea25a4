from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import QuestionError
from assistant.evaluation.questions import TODAY, read_cases


def file_of(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "own.jsonl"
    lines = [json.dumps({**_PLAIN, "id": f"q{n}", **row}) + "\n" for n, row in enumerate(rows, 1)]
    path.write_text("".join(lines), encoding="utf-8")
    return path


_PLAIN: dict[str, Any] = {
    "question": "une fuite ?",
    "lang": "fr",
    "kind": "lookup",
    "gold": [{"act": "rgpd", "ref": "art-33"}],
}


def test_a_question_without_a_date_is_asked_on_a_fixed_day(tmp_path: Path) -> None:
    cases = read_cases(file_of(tmp_path, {}, {"as_of": "2024-08-01"}))
    assert [case.question.as_of for case in cases] == [TODAY, date(2024, 8, 1)]


def test_what_was_said_before_comes_with_the_question(tmp_path: Path) -> None:
    [case] = read_cases(file_of(tmp_path, {"history": [{"role": "user", "content": "une fuite"}]}))
    assert [turn.content for turn in case.question.history] == ["une fuite"]


@pytest.mark.parametrize(
    ("wrong", "named"), [({"lang": "de"}, "lang"), ({"history": [{"role": "tool", "content": "x"}]}, "history.0.role")]
)
def test_a_wrong_line_is_named(tmp_path: Path, wrong: dict[str, Any], named: str) -> None:
    with pytest.raises(QuestionError, match=rf"own\.jsonl, line 2: {named}"):
        read_cases(file_of(tmp_path, {}, wrong))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match=r"absent\.jsonl cannot be read"):
        read_cases(tmp_path / "absent.jsonl")


def test_one_split_is_read_alone_on_the_day_that_is_asked_for(tmp_path: Path) -> None:
    path = file_of(tmp_path, {"split": "tune"}, {"id": "q2", "split": "test"})
    [case] = read_cases(path, date(2025, 1, 1), "test")
    assert (case.id, case.question.as_of) == ("q2", date(2025, 1, 1))
    with pytest.raises(QuestionError, match="no question of the split 'held'"):
        read_cases(path, split="held")


def test_an_identifier_that_stands_twice_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="q1 stands twice"):
        read_cases(file_of(tmp_path, {"id": "q1"}, {"id": "q1"}))


def test_a_refusal_that_does_not_exist_is_a_wrong_line(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="line 1: refusal"):
        read_cases(file_of(tmp_path, {"refusal": "hors_service"}))
