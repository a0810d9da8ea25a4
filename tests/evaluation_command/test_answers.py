from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from assistant.answering.answer import Answer, AnswerKind, RefusalType, Sentence
from assistant.errors import UnknownReference
from assistant.evaluation.answers import scores, unexpected
from assistant.evaluation.figures import pooled
from assistant.evaluation.questions import Case, read_cases
from assistant.law.identifiers import Locator
from assistant.render.contract import answer_to_json
from tests.evaluation_command.outcomes import answer, case, place, refused
from tests.evaluation_command.scorer import official_scorer

OWN = Path(__file__).resolve().parents[1] / "evaluation" / "questions.jsonl"

OFFICIAL_NAMES = {
    "labelled": "labelled as AI-generated",
    "sentences_cited": "sentences with a citation",
    "sentences_dangling": "sentences with a dangling number",
    "refused": "refused when it must",
    "right_refusal": "refused with the right type",
    "over_refusal": "over-refusal",
    "required_cited": "required provisions cited",
    "legitimate": "citations that are legitimate",
    "key_facts": "key facts present",
    "dated": "dated: provision cited and facts present",
}


def test_a_refusal_of_another_type_is_a_refusal_but_not_the_right_one() -> None:
    asked = case(kind="offtopic", refusal=RefusalType.OFF_TOPIC)
    values = scores(asked, refused(RefusalType.OUTSIDE_CORPUS), ())
    assert (values["refused"], values["right_refusal"]) == ((1.0,), (0.0,))


def test_a_refusal_where_an_answer_was_there_counts_against_it_everywhere() -> None:
    values = scores(case("rgpd:art-33", facts=[["72 heures"]]), refused(RefusalType.OUTSIDE_CORPUS), ())
    assert values["over_refusal"] == (1.0,)
    assert values["required_cited"] == (0.0,)
    assert values["key_facts"] == (0.0,)
    assert "legitimate" not in values


def test_accepted_provisions_are_legitimate_and_texts_of_the_house_do_not_count() -> None:
    asked = case("rgpd:art-33", accept=["rgpd:rec-85"])
    given = answer("rgpd:art-33.1", "rgpd:rec-85", "charte:art-2", "dsa:art-4")
    assert scores(asked, given, ())["legitimate"] == pytest.approx([2 / 3])
    assert unexpected(asked, [place("dsa:art-4"), place("charte:art-2"), place("rgpd:art-33.1")]) == [
        place("dsa:art-4")
    ]


def test_a_fact_is_found_without_case_accents_or_kinds_of_blanks() -> None:
    asked = case("rgpd:art-33", facts=[["Soixante-douze heures", "72 heures"], ["l’autorité de contrôle"]])
    given = answer("rgpd:art-33", text="Dans les 72\u00a0HEURES.")
    assert scores(asked, given, ())["key_facts"] == (0.5,)


def test_a_dated_question_is_right_only_with_provision_and_facts() -> None:
    asked = case("ai-act:art-113", kind="dated", facts=[["2 décembre 2027"]])
    assert scores(asked, answer("ai-act:art-113", text="Le 2 décembre 2027."), ())["dated"] == (1.0,)
    assert scores(asked, answer("ai-act:art-113", text="Le 2 août 2026."), ())["dated"] == (0.0,)


def test_each_sentence_and_each_quote_counts_by_itself() -> None:
    given = answer("rgpd:art-33", sentences=[Sentence("Prouvée.", (1,)), Sentence("Nue.", ()), Sentence("Vide.", (7,))])
    values = scores(case("rgpd:art-33"), given, [False])
    assert values["sentences_cited"] == (1.0, 0.0, 1.0)
    assert values["sentences_dangling"] == (0.0, 0.0, 1.0)
    assert values["quotes_verified"] == (0.0,)


def test_an_answer_that_never_came_is_counted_as_nothing_cited_and_nothing_labelled() -> None:
    values = scores(case("rgpd:art-33"), None, ())
    assert (values["labelled"], values["over_refusal"], values["required_cited"]) == ((0.0,), (0.0,), (0.0,))


def test_an_answer_without_a_notice_is_not_labelled() -> None:
    assert scores(case("rgpd:art-33"), answer("rgpd:art-33", notice=""), ())["labelled"] == (0.0,)


def test_every_figure_equals_that_of_the_official_scorer() -> None:
    scorer = official_scorer()
    cases = read_cases(OWN)
    generator = random.Random(11)
    given = {one.id: _random_answer(one, cases, generator) for one in cases}
    rows = [json.loads(line) for line in OWN.read_text(encoding="utf-8").splitlines()]
    outputs = {name: answer_to_json(one) for name, one in given.items() if one is not None}
    official: dict[str, Any] = scorer.score_answers(rows, outputs, None)["scores"]
    ours = pooled(scores(one, given[one.id], ()) for one in cases)
    assert set(ours) == set(OFFICIAL_NAMES)
    assert {OFFICIAL_NAMES[name] for name in ours} == set(official)
    for name, figure in ours.items():
        theirs = official[OFFICIAL_NAMES[name]]
        assert figure.n == theirs["of"], name
        assert figure.mean == pytest.approx(theirs["mean"], abs=6e-5), name


def _random_answer(asked: Case, cases: list[Case], generator: random.Random) -> Answer | None:
    """Right, wrong and half right, refused, asked back, without label, or not there at all."""
    chance = generator.random()
    if chance < 0.05:
        return None
    if chance < 0.3:
        return refused(generator.choice(list(RefusalType)))
    if chance < 0.35:
        return answer(kind=AnswerKind.CLARIFICATION, text="Lequel ?")
    others = [*[str(p) for one in generator.sample(cases, 4) for p in one.gold][:3], "charte:art-2"]
    wanted = [str(p) for p in (*asked.gold, *asked.accept) if generator.random() < 0.7]
    cited = [reference for reference in {*wanted, *others} if _is_reference(reference)]
    facts = [generator.choice(wordings).upper() for wordings in asked.key_facts if generator.random() < 0.6]
    numbers = [tuple(generator.sample(range(1, 9), generator.randint(0, 2))) for _ in range(3)]
    return answer(
        *sorted(cited),
        text=f"Voici. {' '.join(facts)}",
        sentences=[Sentence("Une phrase.", some) for some in numbers],
        notice=generator.choice(["", "Réponse d'une IA."]),
    )


def _is_reference(text: str) -> bool:
    try:
        Locator.parse(text.partition(":")[2])
    except UnknownReference:
        return False
    return True
