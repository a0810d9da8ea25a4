from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import QuestionError
from benchmarks.baseline import drops, guarded, read, write
from benchmarks.metrics import Figure
from benchmarks.questions import QuestionSet


def measured(mean: float, n: int = 100) -> dict[str, dict[str, dict[str, Figure]]]:
    return {"own (test)": {"all": {"recall@5": Figure(mean, 0.0, 1.0, n)}}}


def test_a_figure_that_holds_is_no_drop(tmp_path: Path) -> None:
    write(tmp_path / "baseline.json", measured(0.9))
    assert not list(drops(read(tmp_path / "baseline.json"), measured(0.95)))


def test_one_question_may_be_lost_and_a_second_may_not(tmp_path: Path) -> None:
    write(tmp_path / "baseline.json", measured(0.9))
    assert not list(drops(read(tmp_path / "baseline.json"), measured(0.89)))
    assert list(drops(read(tmp_path / "baseline.json"), measured(0.88))) == [
        "own (test), all, recall@5: 0.880, the baseline has 0.900"
    ]


def test_other_questions_need_another_baseline(tmp_path: Path) -> None:
    write(tmp_path / "baseline.json", measured(0.9))
    [line] = drops(read(tmp_path / "baseline.json"), measured(0.9, n=99))
    assert line.endswith("the questions changed, write the baseline again")


def test_a_missing_baseline_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="write one with --write-baseline"):
        read(tmp_path / "baseline.json")


def test_the_test_split_is_guarded_and_everything_where_there_is_none() -> None:
    tune, test, other = QuestionSet("a", "tune", ()), QuestionSet("b", "test", ()), QuestionSet("c", "", ())
    assert guarded([tune, test, other]) == [test]
    assert guarded([other]) == [other]
