from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.question_sets import read_questions, read_sets


def file_of(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "own.jsonl"
    plain = {"question": "une fuite ?", "lang": "fr", "kind": "lookup", "gold": [{"act": "rgpd", "ref": "art-33"}]}
    lines = [json.dumps({**plain, "id": f"q{n}", **row}) + "\n" for n, row in enumerate(rows, 1)]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def test_each_split_is_a_set_of_its_own(tmp_path: Path) -> None:
    sets = read_sets([file_of(tmp_path, {"split": "tune"}, {"split": "test"}, {"split": "tune"})])
    assert [(questions.name, len(questions.cases)) for questions in sets] == [("own (tune)", 2), ("own (test)", 1)]


def test_a_question_that_must_be_refused_is_no_case_of_retrieval_but_one_of_speed(tmp_path: Path) -> None:
    path = file_of(tmp_path, {}, {"kind": "offtopic", "gold": []}, {"kind": "false_premise"})
    assert [len(questions.cases) for questions in read_sets([path])] == [1]
    assert len(read_questions(path)) == 3
