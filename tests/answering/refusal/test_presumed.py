"""Rules that a question takes for granted: invented ones are refused with what comes nearest, true ones answered."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.answer import Answer, AnswerKind, RefusalType
from assistant.answering.pipeline import Assistant
from assistant.answering.question import Question

pytestmark = pytest.mark.mirror


def ask(assistant: Assistant, text: str, lang: str = "fr") -> Answer:
    return assistant.answer(Question(text, lang, as_of=date(2026, 11, 21)))


@pytest.mark.parametrize(
    ("text", "lang", "act"),
    [
        ("l'article 33 du RGPD nous laisse 15 jours pour prévenir la CNIL, à partir de quand ?", "fr", "rgpd"),
        ("quel article de NIS 2 impose de changer les mots de passe tous les 90 jours ?", "fr", "nis2"),
        ("la taxe de 5 % que le Data Act prévoit sur les données revendues, qui la verse ?", "fr", "data-act"),
        ("Article 26 of the AI Act makes us keep logs for twelve years, on what medium?", "en", "ai-act"),
    ],
)
def test_an_invented_rule_is_refused_with_what_comes_nearest(
    assistant: Assistant, text: str, lang: str, act: str
) -> None:
    answer = ask(assistant, text, lang)
    assert answer.refusal is RefusalType.FALSE_PREMISE
    assert {citation.reference.act for citation in answer.citations} == {act}


def test_what_comes_nearest_to_a_wrong_time_limit_is_the_right_one(assistant: Assistant) -> None:
    answer = ask(assistant, "l'article 33 du RGPD nous laisse 15 jours pour prévenir la CNIL, à partir de quand ?")
    assert "72 heures" in answer.text.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("l'article 33 du RGPD nous laisse 72 heures pour prévenir la CNIL, à partir de quand ?", "fr"),
        ("quel article du RGPD impose de tenir un registre des traitements ?", "fr"),
        ("NIS 2 impose une alerte précoce sous 24 heures : à qui l'envoyer ?", "fr"),
        ("les journaux que l'article 26 du règlement IA oblige à garder six mois, qui les conserve ?", "fr"),
        ("Which article of the GDPR obliges us to appoint a data protection officer?", "en"),
        ("selon l'article 33 du RGPD, prévenus 5 jours après la fuite, que doit-on faire ?", "fr"),
        ("we learned of it 5 days later: what must we do under Article 33 GDPR?", "en"),
    ],
)
def test_a_true_rule_is_answered(assistant: Assistant, text: str, lang: str) -> None:
    assert ask(assistant, text, lang).kind is AnswerKind.ANSWER


def test_whether_there_is_a_rule_may_be_asked(assistant: Assistant) -> None:
    answer = ask(assistant, "faut-il un diplôme pour être délégué à la protection des données ?")
    assert answer.kind is AnswerKind.ANSWER
