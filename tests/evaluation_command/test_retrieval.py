from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation.figures import figure, group
from assistant.evaluation.questions import REFUSED, Place, read_cases
from assistant.evaluation.retrieval import BUDGETS, CUTS, Hit, scores, within
from tests.benchmarks.cases import case, hit
from tests.evaluation_command.scorer import official_scorer

OWN = Path(__file__).resolve().parents[1] / "evaluation" / "questions.jsonl"


def test_a_paragraph_finds_its_article() -> None:
    assert scores(case("rgpd:art-12"), [hit("rgpd:art-12.3")])["recall@1"] == 1.0


def test_the_same_number_in_another_act_finds_nothing() -> None:
    assert scores(case("rgpd:art-12"), [hit("dsa:art-12")])["recall@10"] == 0.0


def test_half_of_what_is_needed_counts_for_half() -> None:
    assert scores(case("rgpd:art-22", "ai-act:art-26"), [hit("rgpd:art-22")])["recall@5"] == 0.5


def test_where_any_one_will_do_one_is_enough() -> None:
    assert scores(case("rgpd:art-22", "ai-act:art-26", any_will_do=True), [hit("ai-act:art-26")])["recall@5"] == 1.0


def test_a_part_of_the_paragraph_asked_for_is_exact_and_its_article_is_not() -> None:
    asked = case("rgpd:art-33.1")
    assert scores(asked, [hit("rgpd:art-33.1.a")])["exact@5"] == 1.0
    assert scores(asked, [hit("rgpd:art-33")])["exact@5"] == 0.0
    assert scores(asked, [hit("rgpd:art-33.12")])["exact@5"] == 0.0


def test_exactness_is_not_asked_where_the_gold_is_an_article() -> None:
    assert "exact@5" not in scores(case("rgpd:art-33"), [hit("rgpd:art-33.1")])


def test_the_first_row_counts_even_above_the_budget_and_the_next_only_within_it() -> None:
    rows = [hit("rgpd:art-1", words=400), hit("rgpd:art-2", words=10)]
    assert within(rows, 300) == rows[:1]
    assert within(rows, 700) == rows


def test_a_chunk_shows_all_the_provisions_it_overlaps() -> None:
    assert scores(case("rgpd:art-6"), [hit("rgpd:art-5", "rgpd:art-6")])["recall@1"] == 1.0


def test_groups_are_all_questions_each_language_and_each_kind() -> None:
    cases = [case("rgpd:art-1"), case("rgpd:art-2", lang="en", kind="dated")]
    found = group(cases, [{"recall@5": 1.0}, {"recall@5": 0.0}])
    assert {name: figures["recall@5"].mean for name, figures in found.items()} == {
        "all": 0.5, "fr": 1.0, "en": 0.0, "dated": 0.0, "lookup": 1.0,
    }  # fmt: skip


def test_an_interval_holds_its_mean_and_is_the_same_each_time() -> None:
    values = [1.0] * 70 + [0.0] * 30
    one = figure(values)
    assert one == figure(values)
    assert one.n == 100
    assert 0.55 < one.low < one.mean < one.high < 0.85


def test_every_figure_equals_that_of_the_official_scorer() -> None:
    scorer = official_scorer()
    questions = [json.loads(line) for line in OWN.read_text(encoding="utf-8").splitlines()]
    generator = random.Random(7)
    results = {row["id"]: _random_rows(questions, row, generator) for row in questions}
    official = scorer.score_search(questions, {identifier: {"results": rows} for identifier, rows in results.items()})
    cases = [one for one in read_cases(OWN) if one.is_searched]
    rows = [
        scores(one, [Hit((Place(r["act"], r["ref"]),), len(r["text"].split())) for r in results[one.id]])
        for one in cases
    ]
    ours = group(cases, rows)
    assert set(ours) == set(official)
    for name, figures in ours.items():
        for metric, measured in figures.items():
            assert measured.mean == pytest.approx(official[name][metric], abs=6e-5), (name, metric)
    assert set(ours["all"]) == set(official["all"]) - {"n"}
    assert {f"recall@{k}" for k in CUTS} | {f"recall@{b}w" for b in BUDGETS} < set(ours["all"])


def _random_rows(
    questions: list[dict[str, Any]], row: dict[str, Any], generator: random.Random
) -> list[dict[str, str]]:
    """Some right rows among wrong ones, deeper and shallower than asked for."""
    pool = [gold for question in questions for gold in question["gold"]]
    chosen = generator.sample(pool, 9) + [gold for gold in row["gold"] if generator.random() < 0.7]
    generator.shuffle(chosen)
    return [
        {
            "act": gold["act"],
            "ref": gold["ref"] + generator.choice(["", "", ".1", ".1.a"]) * (row["kind"] not in REFUSED),
            "text": "mot " * generator.randint(5, 400),
        }
        for gold in chosen
    ]
