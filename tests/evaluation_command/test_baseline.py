from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import QuestionError
from assistant.evaluation.baseline import TOLERANCE, drops, read, write
from assistant.evaluation.figures import Figure

Measured = dict[str, dict[str, dict[str, Figure]]]


def measured(mean: float, n: int = 200, measure: str = "recall@5", split: str = "test") -> Measured:
    return {split: {"all": {measure: Figure(mean, 0.0, 1.0, n)}}}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    write(tmp_path / "baseline.json", measured(0.9))
    return tmp_path / "baseline.json"


def test_a_figure_that_holds_or_grows_is_no_drop(file: Path) -> None:
    assert not list(drops(read(file), measured(0.9)))
    assert not list(drops(read(file), measured(0.95)))


def test_a_figure_may_fall_by_the_tolerance_and_no_further(file: Path) -> None:
    assert not list(drops(read(file), measured(0.9 - TOLERANCE)))
    assert list(drops(read(file), measured(0.9 - TOLERANCE - 0.005))) == [
        "test, all, recall@5: 0.8850, the baseline has 0.9000"
    ]


def test_in_a_small_group_one_question_may_turn_and_a_second_may_not(tmp_path: Path) -> None:
    write(tmp_path / "small.json", measured(0.9, n=10))
    assert not list(drops(read(tmp_path / "small.json"), measured(0.8, n=10)))
    assert list(drops(read(tmp_path / "small.json"), measured(0.7, n=10)))


@pytest.mark.parametrize("measure", ["quotes_verified", "sentences_cited", "labelled"])
def test_proof_may_not_fall_at_all(tmp_path: Path, measure: str) -> None:
    write(tmp_path / "proof.json", measured(1.0, measure=measure))
    assert list(drops(read(tmp_path / "proof.json"), measured(0.998, measure=measure)))


def test_where_less_is_better_growing_is_the_drop(tmp_path: Path) -> None:
    write(tmp_path / "refused.json", measured(0.02, measure="over_refusal"))
    assert not list(drops(read(tmp_path / "refused.json"), measured(0.0, measure="over_refusal")))
    assert list(drops(read(tmp_path / "refused.json"), measured(0.04, measure="over_refusal")))
    write(tmp_path / "dangling.json", measured(0.0, measure="sentences_dangling"))
    assert list(drops(read(tmp_path / "dangling.json"), measured(0.001, measure="sentences_dangling")))


def test_other_questions_need_another_baseline(file: Path) -> None:
    [line] = drops(read(file), measured(0.9, n=199))
    assert line.endswith("the questions changed, write the baseline again")
    [line] = drops(read(file), measured(0.9, measure="recall@10"))
    assert line.endswith("the questions changed, write the baseline again")


def test_answers_may_hold_more_or_fewer_sentences_than_before(tmp_path: Path) -> None:
    write(tmp_path / "proof.json", measured(1.0, n=500, measure="quotes_verified"))
    assert not list(drops(read(tmp_path / "proof.json"), measured(1.0, n=620, measure="quotes_verified")))
    [line] = drops(read(tmp_path / "proof.json"), {"test": {"all": {}}})
    assert line.endswith("not measured any more")


def test_a_split_that_was_not_measured_is_neither_compared_nor_lost(file: Path) -> None:
    write(file, measured(0.5, split="tune"))
    kept = read(file)
    assert set(kept.sets) == {"test", "tune"}
    assert not list(drops(kept, measured(0.5, split="tune")))


def test_a_split_that_the_baseline_lacks_is_said(file: Path) -> None:
    [line] = drops(read(file), measured(0.9, split="tune"))
    assert "not in the baseline" in line


def test_a_missing_or_broken_baseline_says_how_to_make_one(tmp_path: Path) -> None:
    for name, text in (("missing.json", None), ("broken.json", '{"sets": 3}')):
        if text:
            (tmp_path / name).write_text(text)
        with pytest.raises(QuestionError, match="write one with --write-baseline"):
            read(tmp_path / name)


def test_a_baseline_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="cannot be written"):
        write(tmp_path / "no" / "folder.json", measured(0.9))
