from __future__ import annotations

import numpy as np

from assistant.answering.retrieval.retrieve import Evidence
from benchmarks.learned_ranker import FEATURES, Asked, Ranker, cross_validated, learn, useful
from tests.answering.passages import passage
from tests.benchmarks.cases import case


def asked(gold: int, best: int, *, named: bool = False) -> Asked:
    """Three rows, of which `best` has the highest lines feature and `gold` is right."""
    found = (("reference", 1),) if named else (("dense", 1),)
    evidence = tuple(
        Evidence(passage("mot", f"rgpd:art-{n}"), 1.0, found if n == 0 else (("dense", 1),)) for n in range(3)
    )
    features = np.zeros((3, len(FEATURES)))
    features[best, FEATURES.index("lines")] = 1.0
    right = np.arange(3) == gold
    return Asked(case(f"rgpd:art-{gold}"), evidence, features, right)


def test_a_feature_that_tells_right_from_wrong_is_learned_and_orders_unseen_questions() -> None:
    questions = [asked(n % 3, n % 3) for n in range(30)]
    ranker = learn(questions)
    assert FEATURES[int(np.abs(ranker.weights).argmax())] == "lines"
    assert all(values["recall@1"] == 1.0 for values in cross_validated(questions, []))


def test_a_place_that_the_question_names_stays_first() -> None:
    weights = np.where(np.array(FEATURES) == "lines", 1.0, 0.0)
    ranker = Ranker(weights, np.ones(len(FEATURES)), {})
    assert ranker.order(asked(2, 2)) == [2, 0, 1]
    assert ranker.order(asked(2, 2, named=True)) == [0, 2, 1]


def test_a_question_of_which_nothing_right_was_found_teaches_nothing() -> None:
    lost = asked(7, 0)
    assert useful([lost, asked(1, 1)])[0].right.any()
    assert len(useful([lost])) == 0
