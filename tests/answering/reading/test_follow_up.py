"""Questions that lean on the one before."""

from __future__ import annotations

import pytest

from assistant.answering.question import Turn
from assistant.answering.reading.act_names import ActNames
from assistant.answering.reading.follow_up import FollowUp, follow_up

BREACH = Turn("user", "Qui prévenir quand un fichier d'usagers a fuité ?")
ANSWER = Turn("assistant", "RGPD, article 33 …")
NAMES = ActNames.of({"rgpd": ("RGPD", "GDPR"), "nis2": ("NIS2",)})


def leaning(text: str, history: tuple[Turn, ...]) -> FollowUp:
    found = follow_up(text, history)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "text",
    [
        "et à Lyon ?",
        "c'est quel article ?",
        "ils ne répondent pas, qui saisir maintenant ?",
        "quel délai pour les prévenir ?",
        "who handles complaints then?",
        "du coup, est-ce qu'il faut aussi écrire à toutes les personnes dont les données ont été prises",
        "what about employees and the people whose health records were in the same file?",
    ],
)
def test_what_leans_on_the_question_before_is_read_with_it(text: str) -> None:
    assert leaning(text, (BREACH, ANSWER)).completed == f"{BREACH.content} {text}"


@pytest.mark.parametrize(
    "text",
    [
        "Quelles informations donner aux parents avant d'ouvrir le nouveau portail d'inscription de la cantine ?",
        "Dois-je refuser l'aide sociale à ce demandeur ?",
        "Un chatbot public doit dire que c'est une IA ?",
        "can a school record lessons with a camera?",
    ],
)
def test_a_full_question_stands_alone_however_short(text: str) -> None:
    assert follow_up(text, (BREACH, ANSWER)) is None


def test_a_short_question_without_a_conversation_stands_alone() -> None:
    assert follow_up("et à Lyon ?", ()) is None


def test_a_second_follow_up_is_read_with_the_question_that_stood_alone() -> None:
    history = (BREACH, ANSWER, Turn("user", "et les habitants ?"), ANSWER)
    assert leaning("sous quel délai ?", history).completed == f"{BREACH.content} et les habitants ? sous quel délai ?"


def test_a_chain_of_follow_ups_keeps_the_question_that_stood_alone() -> None:
    first = Turn("user", "Quel est le délai pour notifier une violation de données ?")
    chain = (first, ANSWER, Turn("user", "et pour les mineurs ?"), ANSWER, Turn("user", "et à Lyon ?"), ANSWER)
    found = leaning("pareil pour les sous-traitants ?", chain)
    assert found.completed == f"{first.content} et à Lyon ? pareil pour les sous-traitants ?"


def test_a_chain_in_english_goes_back_no_further_than_a_new_question() -> None:
    chain = (
        Turn("user", "How soon must a breach be notified?"),
        Turn("user", "and for minors?"),
        Turn("user", "Which providers of high-risk systems must register them in a database?"),
        Turn("user", "and in Lyon?"),
        Turn("user", "what about deployers?"),
    )
    assert leaning("and for a school?", chain).completed == (
        "Which providers of high-risk systems must register them in a database? what about deployers? and for a school?"
    )


def test_a_chain_that_only_leans_keeps_its_first_question() -> None:
    chain = tuple(Turn("user", text) for text in ("les délais ?", "et à Lyon ?", "et ici ?"))
    assert leaning("et pour nous ?", chain).completed == "les délais ? et ici ? et pour nous ?"


def test_another_text_named_takes_the_place_of_the_one_named_before() -> None:
    before = (Turn("user", "How soon must a GDPR breach be notified?"),)
    assert leaning("same thing under NIS2?", before).searched(NAMES) == (
        "how soon must a breach be notified? same thing under NIS2?"
    )


@pytest.mark.parametrize("text", ["article svp", "c'est quel article exactement ?", "which article please?"])
def test_who_asks_for_the_place_alone_gets_the_place_of_the_answer_before(text: str) -> None:
    assert leaning(text, (BREACH, ANSWER)).searched(NAMES) == BREACH.content


@pytest.mark.parametrize(
    ("text", "alone"), [("same thing under NIS2?", ""), ("et pour une école ?", "et pour une école ?")]
)
def test_who_asks_the_same_of_another_text_says_nothing_alone(text: str, alone: str) -> None:
    assert leaning(text, (BREACH, ANSWER)).alone(NAMES) == alone
