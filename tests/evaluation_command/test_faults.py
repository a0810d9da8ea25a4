from __future__ import annotations

from assistant.answering.answer import AnswerKind, RefusalType, Sentence
from assistant.evaluation.faults import Fault, FaultKind, of_answer
from tests.evaluation_command.outcomes import answer, case, outcome, refused


def test_a_right_answer_has_no_fault() -> None:
    assert outcome(case("rgpd:art-33"), answer("rgpd:art-33.1"), "rgpd:art-33.1").faults == ()


def test_what_is_missing_is_named() -> None:
    asked = case("rgpd:art-33", "nis2:art-23", facts=[["72 heures", "72 h"]])
    assert outcome(asked, answer("rgpd:art-33.1"), "rgpd:art-33.1").faults == (
        Fault(FaultKind.NOT_CITED, "nis2:art-23"),
        Fault(FaultKind.FACT_MISSING, "72 heures / 72 h"),
        Fault(FaultKind.NOT_FOUND, "nis2:art-23"),
    )


def test_where_any_will_do_all_are_named_only_when_none_is_there() -> None:
    asked = case("rgpd:art-33", "nis2:art-23", any_will_do=True)
    assert outcome(asked, answer("rgpd:art-33.1"), "rgpd:art-33.1").faults == ()
    [cited, found] = outcome(asked, answer("dsa:art-4"), "dsa:art-4").faults
    assert (cited.detail, found.detail) == ("rgpd:art-33, nis2:art-23", "rgpd:art-33, nis2:art-23")


def test_proof_that_does_not_hold_is_a_fault_of_any_answer() -> None:
    given = answer("rgpd:art-33", sentences=[Sentence("Nue.", ()), Sentence("Vide.", (7,))], notice="")
    found = [fault.kind for fault in of_answer(case("rgpd:art-33"), given, ["other words"])]
    assert found == [FaultKind.QUOTE, FaultKind.UNCITED, FaultKind.DANGLING, FaultKind.UNLABELLED]


def test_a_refusal_is_judged_by_its_type_alone() -> None:
    asked = case(kind="injection", refusal=RefusalType.INJECTION)
    assert outcome(asked, refused(RefusalType.INJECTION)).faults == ()
    assert outcome(asked, refused(RefusalType.OFF_TOPIC)).faults == (
        Fault(FaultKind.OTHER_REFUSAL, "hors_sujet ≠ injection"),
    )
    assert outcome(asked, answer("rgpd:art-33")).faults == (Fault(FaultKind.ANSWERED, "injection"),)


def test_a_refusal_and_a_question_back_are_named_instead_of_what_they_lack() -> None:
    asked = case("rgpd:art-33", facts=[["72 heures"]])
    found = outcome(asked, refused(RefusalType.OFF_TOPIC), "rgpd:art-33").faults
    assert found == (Fault(FaultKind.OVER_REFUSAL, "hors_sujet"),)
    asked_back = outcome(asked, answer(kind=AnswerKind.CLARIFICATION, text="Lequel ?"), "rgpd:art-33").faults
    assert [fault.kind for fault in asked_back] == [FaultKind.CLARIFICATION]
