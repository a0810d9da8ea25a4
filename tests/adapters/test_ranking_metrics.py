from __future__ import annotations

import math

import pytest

from assistant.adapters.ranking_metrics import ranking_figures


def test_a_list_that_begins_with_all_that_is_wanted_is_perfect() -> None:
    assert ranking_figures(["a", "b"], ["b", "a", "c"]) == {"hit_rate": 1.0, "ndcg": 1.0}


def test_a_lower_rank_is_worth_less() -> None:
    found = ranking_figures(["a"], ["x", "a"])
    assert found["hit_rate"] == 1.0
    assert found["ndcg"] == pytest.approx(1 / math.log2(3))


def test_one_of_two_is_a_hit_and_half_an_order() -> None:
    found = ranking_figures(["a", "b"], ["a", "x"])
    assert found["hit_rate"] == 1.0
    assert 0.5 < found["ndcg"] < 1.0


def test_nothing_found_and_nothing_wanted_are_zero_instead_of_an_error() -> None:
    assert ranking_figures(["a"], []) == ranking_figures([], ["a"]) == {"hit_rate": 0.0, "ndcg": 0.0}


def test_a_provision_that_stands_twice_counts_once() -> None:
    assert (
        ranking_figures([("rgpd", "art-5"), ("rgpd", "art-5")], [("rgpd", "art-5"), ("rgpd", "art-5")])["ndcg"] == 1.0
    )
