"""The guard: our own questions through the real assistant, compared with the committed figures.

What a figure may fall by, and why, stands in `assistant/evaluation/baseline.py`; how to write the
figures again in README.md beside this file.
"""

from __future__ import annotations

from pathlib import Path

from assistant.answering.pipeline import Assistant
from assistant.evaluation.baseline import drops, read
from assistant.evaluation.questions import read_cases
from assistant.evaluation.report import guarded
from assistant.evaluation.run import ask_all

HERE = Path(__file__).resolve().parent
CURE = "mend the change, or write the baseline again if it is meant (tests/evaluation/README.md)"


def test_no_figure_of_our_own_questions_fell_below_the_baseline(assistant: Assistant) -> None:
    outcomes = ask_all(assistant, read_cases(HERE / "questions.jsonl"), lambda done, total: None)
    fallen = list(drops(read(HERE / "baseline.json"), guarded(outcomes)))
    assert not fallen, "\n".join([*fallen, CURE])


def test_the_baseline_is_about_both_splits() -> None:
    assert set(read(HERE / "baseline.json").sets) == {"tune", "test"}
