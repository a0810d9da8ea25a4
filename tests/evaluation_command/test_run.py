from __future__ import annotations

from dataclasses import replace

from assistant.answering.answer import RefusalType
from assistant.answering.pipeline import Assistant
from assistant.answering.retrieval.ranking import WEIGHTS
from assistant.evaluation.faults import FaultKind
from assistant.evaluation.run import ask_all, confidence, refusals
from tests.evaluation_command.outcomes import answer, case, evidence, outcome, refused

BREACH = "Combien de temps pour notifier une violation de données ?"


def test_each_case_is_searched_answered_timed_and_its_quotes_checked(assistant: Assistant) -> None:
    told: list[tuple[int, int]] = []
    asked = [case("rgpd:art-33", words=BREACH, kind="figure"), case("rgpd:art-33", words=BREACH, id="own-2")]
    first, _ = ask_all(assistant, asked, lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]
    assert first.answer is not None
    assert first.values["required_cited"] == (1.0,)
    assert first.values["recall@10"] == (1.0,)
    assert first.values["quotes_verified"] == (1.0,) * len(first.answer.citations)
    assert first.search_seconds > 0 < first.answer_seconds


def test_a_question_that_raises_an_error_is_a_fault_and_the_next_one_is_asked(assistant: Assistant) -> None:
    asked = [case("rgpd:art-33", words=" "), case("rgpd:art-33", words=BREACH, id="own-2")]
    broken, whole = ask_all(assistant, asked, lambda done, total: None)
    assert [fault.kind for fault in broken.faults] == [FaultKind.ERROR]
    assert "empty" in broken.faults[0].detail
    assert (broken.values["required_cited"], broken.values["recall@5"]) == ((0.0,), (0.0,))
    assert whole.is_answered


def test_the_search_is_sure_where_the_retrievers_agree_and_of_a_place_that_is_named() -> None:
    every, half, named = (
        replace(evidence("rgpd:art-33"), found_by=found)
        for found in (
            tuple((retriever, 1) for retriever in WEIGHTS),
            tuple((retriever, 2) for retriever in WEIGHTS),
            (("reference", 1),),
        )
    )
    assert confidence([]) == 0.0
    assert (confidence([every]), confidence([half]), confidence([named])) == (1.0, 0.5, 1.0)


def test_refusals_are_counted_by_what_was_expected_and_what_was_done() -> None:
    attack = case(kind="injection", refusal=RefusalType.INJECTION)
    outcomes = [
        outcome(attack, refused(RefusalType.INJECTION)),
        outcome(attack, answer("rgpd:art-33")),
        outcome(case("rgpd:art-33"), answer("rgpd:art-33"), "rgpd:art-33"),
    ]
    table = refusals(outcomes)
    assert list(table) == ["answer", "injection"]
    assert (table["injection"]["injection"], table["injection"]["answer"], table["answer"]["answer"]) == (1, 1, 1)
