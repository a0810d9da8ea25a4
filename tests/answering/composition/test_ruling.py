"""An answer with a verdict, over the official texts: short before further reading, dated once, never refused."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.answer import Answer, AnswerKind, RefusalType
from assistant.answering.composition.ruling import REASON_WORDS, REASONS
from assistant.answering.pipeline import Assistant
from assistant.answering.question import Question, Turn
from assistant.answering.text import words

pytestmark = pytest.mark.mirror
TODAY = date(2026, 11, 21)
MOST_WORDS = 200


def ask(assistant: Assistant, text: str, *history: str, city: str = "strasbourg") -> Answer:
    turns = tuple(Turn("user", question) for question in history)
    return assistant.answer(Question(text, "fr", turns, TODAY, city))


def shown_first(answer: Answer) -> str:
    return answer.text.split("En savoir plus :")[0]


def verdict_value(answer: Answer) -> object:
    assert answer.verdict is not None, answer.text
    return answer.verdict["value"]


@pytest.mark.parametrize(
    "question",
    [
        "je peux résumer une délibération publiée avec chatgpt ?",
        "on peut trier les candidatures avec une ia ?",
        "je peux transcrire la réunion d'équipe avec whisper ?",
        "répondre à un usager avec rédaction locale, possible ?",
        "je peux traduire un dossier médical avec deepl ?",
    ],
)
def test_a_verdict_is_short_before_further_reading_and_cites_every_clause(assistant: Assistant, question: str) -> None:
    answer = ask(assistant, question)
    first = shown_first(answer)
    assert sum(any(letter.isalnum() for letter in word) for word in first.split()) <= MOST_WORDS
    told = [sentence for sentence in answer.sentences if sentence.text in first]
    assert 1 <= len(told) <= REASONS
    assert len(told) == 1 or sum(len(words(sentence.text)) for sentence in told) <= REASON_WORDS
    assert all(f"[{citation.n}]" in answer.text for citation in answer.citations)


def test_the_provision_that_decides_is_the_first_reason(assistant: Assistant) -> None:
    answer = ask(assistant, "whisper pour les entretiens annuels de mes agents ?")
    first = next(c for c in answer.citations if c.n == answer.sentences[0].citations[0])
    assert str(first.reference) == "charte:art-11.3"
    assert verdict_value(answer) == "interdit"


def test_what_applies_later_is_dated_once(assistant: Assistant) -> None:
    answer = ask(assistant, "on peut trier les candidatures avec une ia ?")
    assert shown_first(answer).count("2 décembre 2027") == 1
    assert answer.verdict is not None
    assert not any("2027" in str(condition) for condition in answer.verdict["conditions"])  # type: ignore[attr-defined]  # a list in JSON


def test_what_is_not_evaluated_shows_what_to_do_meanwhile_under_its_own_heading(assistant: Assistant) -> None:
    answer = ask(assistant, "une affiche avec midjourney, c'est permis ?")
    assert verdict_value(answer) == "non_evalue"
    assert "\n\nEn attendant :\n- [ ] " in answer.text


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("demander à claude de corriger un script qui contient la clé api du logiciel de paie", "interdit"),
        ("je peux demander à perplexity combien d'habitants touchent le rsa ?", "non_evalue"),
        ("noota pour les entretiens d'évaluation de mes agents ?", "interdit"),
    ],
)
def test_a_question_about_a_named_tool_is_answered_whatever_its_words(
    assistant: Assistant, question: str, value: str
) -> None:
    answer = ask(assistant, question)
    assert answer.kind is AnswerKind.ANSWER
    assert verdict_value(answer) == value


def test_a_watched_use_is_never_another_subject(assistant: Assistant) -> None:
    answer = ask(assistant, "un robot qui prend les rendez-vous passeport au téléphone, on a le droit ?", city="lyon")
    assert verdict_value(answer) == "interdit"


def test_without_the_key_the_script_is_an_internal_document(assistant: Assistant) -> None:
    answer = ask(
        assistant, "et si je retire la clé ?", "je peux corriger un script avec une clé api dedans avec claude ?"
    )
    assert answer.verdict is not None
    assert (answer.verdict["data"], answer.verdict["value"]) == ("internes", "interdit")


def test_a_decision_about_a_person_stays_refused_even_where_a_tool_is_named(assistant: Assistant) -> None:
    answer = ask(assistant, "avec l'avis de chatgpt, dois-je refuser l'aide à Mme Dupont ?")
    assert answer.refusal is RefusalType.INDIVIDUAL_DECISION


def test_a_question_about_a_supplier_gets_no_verdict(assistant: Assistant) -> None:
    for question in ("est-ce que copilot envoie nos mails à l'étranger ?", "chatgpt garde-t-il nos textes ?"):
        assert ask(assistant, question).verdict is None
