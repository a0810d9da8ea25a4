"""Which provisions are told, in which order."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.composition.points import Point
from assistant.answering.pipeline import Assistant
from assistant.answering.question import Question
from assistant.answering.retrieval.application import general_date
from assistant.answering.retrieval.retrieve import Evidence
from assistant.law.identifiers import Reference

DAY = date(2026, 11, 21)


def told(assistant: Assistant, *scored: tuple[str, float], question: str = "que faut-il faire") -> list[Point]:
    """The points of an answer to which retrieval gave these provisions."""
    request = assistant.understand(Question(question, as_of=DAY, lang="fr"))
    evidence = [
        Evidence(assistant.library.passage(Reference.parse(reference), "fr", DAY), score, ())
        for reference, score in scored
    ]
    return assistant.composer.teller.points(request, evidence)


@pytest.mark.parametrize(
    ("found", "rule"),
    [
        ("rgpd:art-14.5.b", "rgpd:art-14.1"),
        ("rgpd:art-8.3", "rgpd:art-8.1"),
        ("nis2:art-20.1.al2", "nis2:art-20.1"),
    ],
)
def test_what_makes_an_exception_is_told_after_its_rule(assistant: Assistant, found: str, rule: str) -> None:
    first, second, *_ = told(assistant, (found, 1.0))
    assert (str(first.passage.reference), str(second.passage.reference)) == (rule, found)


def test_what_was_found_far_behind_the_first_is_left_for_further_reading(assistant: Assistant) -> None:
    points = {
        str(point.passage.reference): point for point in told(assistant, ("rgpd:art-33.1", 1.0), ("rgpd:art-34.1", 0.7))
    }
    assert not points["rgpd:art-33.1"].late
    assert points["rgpd:art-34.1"].late


def test_each_text_that_a_question_names_is_told(assistant: Assistant) -> None:
    question = "fuite de données, RGPD et NIS 2"
    points = told(assistant, ("rgpd:art-33.1", 1.0), ("nis2:art-23.1", 0.7), question=question)
    assert [point.late for point in points[:2]] == [False, False]


def test_the_law_of_the_union_beside_a_citys_text_is_a_text_asked_about(assistant: Assistant) -> None:
    request = assistant.understand(Question("la délibération et le droit européen sur la formation", as_of=DAY))
    assert request.union_law
    assert request.sides == 2
    found = {piece.passage.reference.act for piece in assistant.retriever.search(request)[:2]}
    assert "deliberation-strasbourg" in found
    assert len(found) == 2


def test_two_points_of_one_list_are_told_by_the_paragraph_that_holds_them(assistant: Assistant) -> None:
    request = assistant.understand(Question("critères d'une amende", as_of=DAY, lang="fr"))
    one, two = (assistant.library.passage(Reference.parse(f"rgpd:art-83.2.{x}"), "fr", DAY) for x in "ke")
    first, *_ = assistant.composer.teller.points(request, [Evidence(one, 1.0, (), also=((two, 0.99),))])
    assert str(first.passage.reference) == "rgpd:art-83.2"


def test_beside_a_transitional_date_stands_the_general_one(assistant: Assistant) -> None:
    question = Question("depuis quand faut-il marquer les contenus de synthèse", as_of=DAY)
    request = assistant.understand(question)
    passages = [
        assistant.library.passage(Reference.parse(ref), "fr", DAY) for ref in ("ai-act:art-111.4", "ai-act:art-50.2")
    ]
    assert str(general_date(passages, request, assistant.retriever.priors.application)) == "ai-act:art-113.al2"


def test_the_other_part_of_a_question_is_told_beside_the_first(assistant: Assistant) -> None:
    question = Question(
        "c'est quoi un hypertrucage et combien de temps pour notifier une violation de données", as_of=DAY
    )
    request, evidence = assistant.search(question)
    points = assistant.composer.teller.points(request, evidence)
    assert {str(point.passage.top) for point in points if not point.late} >= {"ai-act:art-3", "rgpd:art-33"}
