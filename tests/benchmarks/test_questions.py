from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import QuestionError
from benchmarks.questions import TODAY, read_questions, read_sets


def file_of(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "own.jsonl"
    path.write_text("".join(json.dumps({**_PLAIN, **row}) + "\n" for row in rows), encoding="utf-8")
    return path


_PLAIN: dict[str, Any] = {
    "id": "q1",
    "question": "une fuite ?",
    "lang": "fr",
    "kind": "lookup",
    "gold": [{"act": "rgpd", "ref": "art-33"}],
}


def test_each_split_is_a_set_of_its_own(tmp_path: Path) -> None:
    sets = read_sets([file_of(tmp_path, {"split": "tune"}, {"split": "test"}, {"split": "tune"})])
    assert [(questions.name, len(questions.cases)) for questions in sets] == [("own (tune)", 2), ("own (test)", 1)]


def test_a_question_that_must_be_refused_is_no_case_of_retrieval_but_one_of_speed(tmp_path: Path) -> None:
    path = file_of(tmp_path, {}, {"kind": "offtopic", "gold": []}, {"kind": "false_premise"})
    assert [len(questions.cases) for questions in read_sets([path])] == [1]
    assert len(read_questions(path)) == 3


def test_a_question_without_a_date_is_asked_on_a_fixed_day(tmp_path: Path) -> None:
    [questions] = read_sets([file_of(tmp_path, {}, {"as_of": "2024-08-01"})])
    assert [one.question.as_of for one in questions.cases] == [TODAY, date(2024, 8, 1)]


def test_what_was_said_before_comes_with_the_question(tmp_path: Path) -> None:
    [questions] = read_sets([file_of(tmp_path, {"history": [{"role": "user", "content": "une fuite"}]})])
    assert [turn.content for turn in questions.cases[0].question.history] == ["une fuite"]


def test_a_wrong_line_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match=r"own\.jsonl, line 2: lang"):
        read_sets([file_of(tmp_path, {}, {"lang": "de"})])


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match=r"absent\.jsonl cannot be read"):
        read_sets([tmp_path / "absent.jsonl"])
