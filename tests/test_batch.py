"""Files of questions: one bad line costs its own result, and no other."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.answering.question import Question, Turn
from assistant.batch import Options, read_history, read_questions, run_batch
from assistant.errors import QuestionError

GOOD = {"id": "b", "question": "une fuite ?"}


def results(folder: Path, *lines: str) -> tuple[list[dict[str, Any]], list[str]]:
    """What a batch of these lines writes, each question answered by itself, and its faults."""
    questions, out = folder / "q.jsonl", folder / "a.jsonl"
    questions.write_text("\n".join(lines), encoding="utf-8")
    count, faults = run_batch(read_questions(questions, Options()), out, lambda asked: {"text": asked.text})
    written = [json.loads(line) for line in out.read_text(encoding="utf-8").strip().split("\n")]
    assert count == len(written)
    return written, faults


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"lang": "de"}, "lang input should be 'fr' or 'en'"),
        ({"history": [{"role": "system", "content": "x"}]}, "history.0.role input should be 'user' or 'assistant'"),
        ({"as_of": "hier"}, "as_of input should be a valid date"),
        ({"question": 3}, "question input should be a valid string"),
    ],
)
def test_a_wrong_line_gets_an_error_of_one_line_and_the_others_are_answered(
    tmp_path: Path, wrong: dict[str, Any], said: str
) -> None:
    (first, second), faults = results(tmp_path, json.dumps({"id": "a", "question": "x", **wrong}), json.dumps(GOOD))
    assert set(first) == {"id", "error"}
    assert first["id"] == "a"
    assert first["error"].startswith(f"line 1 of the file: {said}")
    assert "\n" not in first["error"]
    assert second == {"id": "b", "text": "une fuite ?"}
    assert faults == [f"a: {first['error']}"]


@pytest.mark.parametrize("line", ["nonsense", "[]", '{"question": "sans nom"}', '{"id": 7, "question": "x"}'])
def test_a_line_without_an_identifier_is_called_by_its_number(tmp_path: Path, line: str) -> None:
    written, (fault,) = results(tmp_path, json.dumps(GOOD), "", line)
    assert [row["id"] for row in written] == ["b", "line 3"]
    assert fault.startswith("line 3: ")


def test_a_separator_that_is_no_end_of_line_stays_in_its_question(tmp_path: Path) -> None:
    text = "une fuite\u2028et alors\x85?"
    written, faults = results(tmp_path, json.dumps({"id": "a", "question": text}, ensure_ascii=False), json.dumps(GOOD))
    assert [row["text"] for row in written] == [text, "une fuite ?"]
    assert not faults


def test_a_lines_own_date_stands_over_the_command_lines_and_its_language_under_it(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(json.dumps({**GOOD, "lang": "fr", "as_of": "2025-01-15"}), encoding="utf-8")
    [line] = read_questions(path, Options("en", date(2026, 1, 1), "lyon"))
    assert line.question == Question("une fuite ?", "en", (), date(2025, 1, 15), "lyon")


def test_a_history_is_an_array_or_lines(tmp_path: Path) -> None:
    turns = [{"role": "user", "content": "une fuite"}, {"role": "assistant", "content": "72 heures"}]
    path = tmp_path / "h.json"
    for text in (json.dumps(turns), "\n".join(map(json.dumps, turns))):
        path.write_text(text, encoding="utf-8")
        assert read_history(path) == (Turn("user", "une fuite"), Turn("assistant", "72 heures"))


@pytest.mark.parametrize("text", ['[{"role": "system", "content": "x"}]', '[{"role": "user"}]', "{", '["x"]'])
def test_what_is_no_conversation_is_told_in_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "h.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(QuestionError, match="is no conversation") as caught:
        read_history(path)
    assert "\n" not in str(caught.value)
