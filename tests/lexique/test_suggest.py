"""Real questions that found nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.errors import QuestionError
from assistant.lexique.suggest import Missed, suggest


def feedback(tmp_path: Path, *rows: tuple[str, bool]) -> Path:
    path = tmp_path / "feedback.jsonl"
    lines = [json.dumps({"question": question, "found": found, "day": "2026-11-21"}) for question, found in rows]
    path.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
    return path


def test_questions_that_found_nothing_come_most_frequent_first(tmp_path: Path) -> None:
    path = feedback(
        tmp_path, ("parapheur ?", False), ("vidéo", False), ("fuite", True), ("video", False), ("vidéo", False)
    )
    assert suggest(path) == [Missed("vidéo", 3), Missed("parapheur ?", 1)]


def test_a_question_that_was_found_is_not_listed(tmp_path: Path) -> None:
    assert suggest(feedback(tmp_path, ("fuite", True))) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [("{}", "line 1: question: field required"), ("pas du json", "line 1: line: invalid json")],
)
def test_a_line_that_is_no_feedback_is_named(tmp_path: Path, text: str, fault: str) -> None:
    path = tmp_path / "feedback.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(QuestionError, match=fault):
        suggest(path)


def test_a_file_that_is_not_there_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="cannot be read"):
        suggest(tmp_path / "absent.jsonl")
