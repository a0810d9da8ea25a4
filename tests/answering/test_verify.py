"""The proof gate: what the passage does not hold is withheld, with the reason."""

from __future__ import annotations

import pytest

from assistant.answering.answer import Sentence, Withheld
from assistant.answering.verify import best_quote, coverage, figures, judge, linked
from tests.answering.passages import BREACH, LOGS, passage

PASSAGES = {1: passage(BREACH), 2: passage(LOGS, "ai-act:art-26.6")}


def reason(text: str, lang: str = "fr") -> str:
    verdict = judge(text, PASSAGES, lang)
    assert isinstance(verdict, Withheld), verdict
    return verdict.reason


def test_a_sentence_that_its_passage_holds_is_shown() -> None:
    verdict = judge("En cas de fuite, la collectivité prévient l'autorité dans les 72 heures [1].", PASSAGES, "fr")
    assert isinstance(verdict, Sentence)
    assert verdict.citations == (1,)
    assert "[1]" not in verdict.text


def test_a_number_in_words_is_the_number_in_digits() -> None:
    assert isinstance(judge("Les journaux sont conservés au moins 6 mois [2].", PASSAGES, "fr"), Sentence)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("La collectivité prévient l'autorité dans les 48 heures [1].", "48 is not in the passage"),
        ("La collectivité prévient l'autorité dans les trois heures [1].", "3 is not in the passage"),
        ("La collectivité prévient l'autorité en cas de fuite.", "no citation"),
        ("La collectivité prévient l'autorité en cas de fuite [7].", "resolves to nothing"),
        ("Les journaux ne sont jamais conservés par le prestataire [2].", "negation"),
        ("Le maire organise chaque année une fête du quartier [1].", "of its words"),
        ("The city tells the authority when there is a leak [1].", "another language"),
        ("Fuite [1].", "only 1 words"),
        ("La collectivité est une collectivité, et le retard est une collectivité [1].", "stand together"),
        ("RGPD, article 33, paragraphe 1 [1].", "words that say something"),
        (
            "L'article 55 impose que la collectivité prévienne l'autorité en cas de fuite [1].",
            "55 is not in the passage",
        ),
        ("fuite " * 200 + "[1].", "200 words"),
    ],
)
def test_an_unproven_sentence_is_withheld_with_its_reason(text: str, why: str) -> None:
    assert why in reason(text)


def test_thousands_are_one_number_however_they_are_spaced() -> None:
    assert figures("35 000 000 EUR") == figures("35\u00a0000\u202f000 EUR") == figures("35,000,000 EUR") == {"35000000"}


def test_coverage_is_a_share_of_the_content_words() -> None:
    assert coverage("la collectivité prévient", BREACH) == 1.0
    assert coverage("les éléphants volent", BREACH) == 0.0
    assert coverage("de la du", BREACH) == 0.0


def test_the_quote_of_a_sentence_is_the_one_that_says_it() -> None:
    text = PASSAGES[1].text
    start, end = best_quote("Le retard doit être motivé", PASSAGES[1])
    assert text[start:end] == "Le retard est motivé."


def test_words_stand_together_when_the_passage_puts_them_together() -> None:
    assert linked("la collectivité prévient l'autorité", BREACH) == 1.0
    assert linked("l'autorité motive la fuite du risque", BREACH) < 1.0
