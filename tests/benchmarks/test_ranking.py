from __future__ import annotations

import math

import numpy as np
import pytest

from assistant.adapters import bm25
from assistant.evaluation.questions import Place
from assistant.evaluation.retrieval import DEPTH
from benchmarks.ranking import Postings, best, stems
from tests.answering.passages import passage


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    postings = Postings.of(["fuite registre", "registre", "registre charte"], "fr")
    assert np.argmax(postings.scores(stems("fuite registre", "fr"))) == 0
    assert postings.scores(stems("fuite", "fr"))[0] > postings.scores(stems("registre", "fr"))[0]


def test_a_score_is_the_textbooks() -> None:
    postings = Postings.of(["fuite", "registre"], "fr")
    [frequency] = bm25.encode_passage("fuite", "fr").values
    assert postings.scores(stems("fuites", "fr"))[0] == pytest.approx(frequency * math.log(1 + 1.5 / 1.5))


def test_words_searched_beside_the_question_count_for_less() -> None:
    asked = stems("fuite", "fr", "violation fuite", 0.5)
    [own] = bm25.encode_question("fuite", "fr").indices
    assert sorted(asked.values()) == [0.5, 1.5]
    assert asked[own] == 1.5


def test_a_provision_is_shown_once_by_its_best_passage_after_those_named() -> None:
    pool = [passage("un deux", "rgpd:art-33.1"), passage("trois", "rgpd:art-33.2"), passage("quatre", "rgpd:art-5")]
    rows = best(pool, np.array([1.0, 2.0, 0.0]), first=[passage("cinq", "rgpd:art-12")])
    assert [row.places[0] for row in rows] == [Place("rgpd", "art-12"), Place("rgpd", "art-33.2")]


def test_points_of_an_annex_are_rows_of_their_own() -> None:
    pool = [
        passage("un", "ai-act:anx-III.5.b"),
        passage("deux", "ai-act:anx-III.5.c"),
        passage("x", "ai-act:anx-III.4"),
    ]
    assert len(best(pool, np.array([3.0, 2.0, 1.0]))) == 2


def test_a_result_is_as_long_as_that_of_the_command() -> None:
    pool = [passage("mot", f"rgpd:art-{n}") for n in range(1, 30)]
    assert len(best(pool, np.ones(29))) == DEPTH
