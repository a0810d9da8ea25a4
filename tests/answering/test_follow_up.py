"""Questions that lean on the one before."""

from __future__ import annotations

import pytest

from assistant.answering.follow_up import completed
from assistant.answering.question import Turn

BREACH = Turn("user", "Qui prévenir quand un fichier d'usagers a fuité ?")
ANSWER = Turn("assistant", "RGPD, article 33 …")


@pytest.mark.parametrize(
    "text",
    [
        "et à Lyon ?",
        "c'est quel article ?",
        "du coup, est-ce qu'il faut aussi écrire à toutes les personnes dont les données ont été prises",
        "what about employees and the people whose health records were in the same file?",
    ],
)
def test_what_leans_on_the_question_before_is_read_with_it(text: str) -> None:
    assert completed(text, (BREACH, ANSWER)) == f"{BREACH.content} {text}"


def test_a_full_question_stands_alone() -> None:
    text = "Quelles informations donner aux parents avant d'ouvrir le nouveau portail d'inscription de la cantine ?"
    assert completed(text, (BREACH, ANSWER)) is None


def test_a_short_question_without_a_conversation_stands_alone() -> None:
    assert completed("et à Lyon ?", ()) is None


def test_a_second_follow_up_is_read_with_the_question_that_stood_alone() -> None:
    history = (BREACH, ANSWER, Turn("user", "et les habitants ?"), ANSWER)
    assert completed("sous quel délai ?", history) == f"{BREACH.content} et les habitants ? sous quel délai ?"
