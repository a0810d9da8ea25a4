from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.question import Question
from assistant.answering.ranking import WEIGHTS, Priors, rank
from assistant.answering.understand import Reader
from assistant.ports import Hit
from assistant.thesaurus import Thesaurus
from benchmarks.ablation import by_ranks, by_scores, fused, without_retriever
from tests.answering.passages import passage

HITS = [
    Hit(passage("a", "rgpd:art-1"), 0.9, (("dense", 1), ("bm25", 3)), (("dense", 0.8), ("bm25", 2.0))),
    Hit(passage("b", "rgpd:art-2"), 0.8, (("words", 1),), (("words", 12.0),)),
    Hit(passage("c", "rgpd:art-3"), 0.7, (("bm25", 1), ("words", 2)), (("bm25", 9.0), ("words", 3.0))),
]


def order(hits: list[Hit]) -> list[str]:
    reader = Reader({}, Thesaurus(()), "fr", "strasbourg")
    request = reader.read(Question("une fuite"), date(2026, 11, 21))
    return [str(scored.passage.reference) for scored in rank(hits, request, Priors({}, frozenset()))]


def test_a_retriever_taken_away_leaves_neither_its_scores_nor_what_it_alone_found() -> None:
    left = without_retriever("words")(HITS)
    assert [str(hit.passage.reference) for hit in left] == ["rgpd:art-1", "rgpd:art-3"]
    assert all("words" not in dict(hit.scores) | dict(hit.ranks) for hit in left)


def test_the_first_row_of_the_sweep_is_the_product_itself() -> None:
    assert order(fused(by_scores, WEIGHTS)(HITS)) == order(HITS)


def test_a_weight_of_nought_takes_a_retriever_out_of_the_scores() -> None:
    without = fused(by_scores, {**WEIGHTS, "words": 0.0})(HITS)
    assert order(without) == order(without_retriever("words")(HITS))


def test_reciprocal_ranks_add_up() -> None:
    assert by_ranks(HITS, {"dense": 1.0, "bm25": 2.0})[0] == pytest.approx(1 / 61 + 2 / 63)
