from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pytest

from assistant.answering.question import Question
from assistant.answering.retrieval.ranking import WEIGHTS, Priors, rank
from assistant.everyday_lines import Nearest, Table
from assistant.ports import Hit
from benchmarks.ablation import by_ranks, without_retriever
from tests.answering.passages import passage
from tests.benchmarks.cases import reader

HITS = [
    Hit(passage("a", "rgpd:art-1"), 0.9, (("dense", 1), ("bm25", 3)), (("dense", 0.8), ("bm25", 2.0))),
    Hit(passage("b", "rgpd:art-2"), 0.8, (("words", 1),), (("words", 12.0),)),
    Hit(passage("c", "rgpd:art-3"), 0.7, (("bm25", 1), ("words", 2)), (("bm25", 9.0), ("words", 3.0))),
]


TABLE = Table((), np.zeros((0, 4), np.float32), np.zeros(0, np.int64), {})
NEAREST = Nearest(TABLE, np.zeros(0, np.float32), ())


def order(hits: list[Hit], weights: Mapping[str, float] = WEIGHTS) -> list[str]:
    request = reader().read(Question("une fuite"), date(2026, 11, 21))
    ranked = rank(hits, NEAREST, request, Priors({}, frozenset()), weights)
    return [str(scored.passage.reference) for scored in ranked]


def test_a_retriever_taken_away_leaves_neither_its_scores_nor_what_it_alone_found() -> None:
    left = without_retriever("words")(HITS)
    assert [str(hit.passage.reference) for hit in left] == ["rgpd:art-1", "rgpd:art-3"]
    assert all("words" not in dict(hit.scores) | dict(hit.ranks) for hit in left)


def test_a_weight_of_nought_takes_a_retriever_out_of_the_scores() -> None:
    assert order(HITS, {**WEIGHTS, "words": 0.0}) == order(without_retriever("words")(HITS))


def test_reciprocal_ranks_stand_in_the_place_of_scores() -> None:
    scores = dict(by_ranks(HITS)[0].scores)
    assert scores == pytest.approx({"dense": 1 / 61, "bm25": 1 / 63})
