"""The proof gate: what the passage does not hold is withheld, with the reason."""

from __future__ import annotations

import pytest

from assistant.answering.answer import Sentence, Withheld
from assistant.answering.proof.verify import best_quote, figures, judge
from tests.answering.passages import BREACH, LOGS, passage

NIS = (
    "4. Les entités concernées soumettent à l'autorité compétente:\n"
    "a) dans les 24 heures après avoir eu connaissance de l'incident important, une alerte précoce;\n"
    "b) dans les 72 heures après avoir eu connaissance de l'incident important, une notification d'incident;\n"
    "d) un rapport final au plus tard un mois après la présentation de la notification d'incident."
)
RIGHTS = (
    "2. Le responsable du traitement ne peut refuser de donner suite à la demande que s'il démontre qu'il n'est pas en "
    "mesure d'identifier la personne concernée, conformément à l'article 12, paragraphe 5, avant le 2 août 2026. "
    "Il peut demander des informations supplémentaires à la personne concernée."
)
PASSAGES = {
    1: passage(BREACH),
    2: passage(LOGS, "ai-act:art-26.6"),
    3: passage(NIS, "nis2:art-23.4", label="NIS 2, article 23, paragraphe 4"),
    4: passage(RIGHTS, "rgpd:art-11.2", label="RGPD, article 11, paragraphe 2"),
}


def reason(text: str, lang: str = "fr") -> str:
    verdict = judge(text, PASSAGES, lang)
    assert isinstance(verdict, Withheld), verdict
    return verdict.reason


@pytest.mark.parametrize(
    "text",
    [
        "En cas de fuite, la collectivité prévient l'autorité dans les 72 heures [1].",
        "La collectivité prévient l'autorité dans les soixante-douze heures, en cas de fuite [1].",
        "Selon l'article 33 du RGPD, la collectivité prévient l'autorité dans les 72 heures [1].",
        "Les journaux sont conservés au moins 6 mois [2].",
        "Les entités concernées soumettent à l'autorité compétente une alerte précoce dans les 24 heures [3].",
        "Les entités concernées soumettent un rapport final au plus tard 1 mois après la présentation "
        "de la notification d'incident [3].",
        "Il peut demander des informations supplémentaires à la personne concernée [4].",
    ],
)
def test_a_sentence_that_its_passage_holds_is_shown(text: str) -> None:
    verdict = judge(text, PASSAGES, "fr")
    assert isinstance(verdict, Sentence), verdict
    assert "[" not in verdict.text


def test_only_the_citations_that_prove_a_sentence_are_kept() -> None:
    verdict = judge("La collectivité prévient l'autorité dans les 72 heures [2] [1] [1].", PASSAGES, "fr")
    assert isinstance(verdict, Sentence)
    assert verdict.citations == (1,)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("La collectivité prévient l'autorité dans les 48 heures [1].", "the passage says 72 hour"),
        ("La collectivité prévient l'autorité dans les 72 jours [1].", "the passage says 72 hour"),
        ("La collectivité prévient l'autorité dans les trois heures [1].", "the passage says 72 hour"),
        ("La collectivité ne prévient pas l'autorité dans les 72 heures [1].", "word of force not"),
        ("Il ne peut demander des informations supplémentaires à la personne concernée [4].", "may not"),
        ("La collectivité prévient l'autorité en cas de fuite, si le risque est faible [1].", "leaves out 'except'"),
        ("L'autorité prévient la collectivité dans les 72 heures [1].", "of its words follow"),
        ("En cas de fuite, la collectivité prévient la presse dans les 72 heures [1].", "presse"),
        ("Les journaux sont conservés au plus six mois [2].", "max"),
        ("Les journaux sont conservés six mois [2].", "leaves out 'min'"),
        ("Les entités concernées soumettent une notification d'incident dans les 24 heures [3].", "24 hour"),
        (
            "Il peut demander des informations supplémentaires à la personne concernée de l'article 14 [4].",
            "article 14",
        ),
        ("Il doit demander des informations supplémentaires à la personne concernée [4].", "must"),
        (
            "Le responsable du traitement peut refuser de donner suite à la demande s'il démontre qu'il n'est pas en "
            "mesure d'identifier la personne concernée [4].",
            "may",
        ),
        (
            "Le responsable n'est pas en mesure d'identifier la personne concernée avant le 2 août 2027 [4].",
            "2026-08-02",
        ),
        ("La collectivité prévient l'autorité en cas de fuite.", "no citation"),
        ("La collectivité prévient l'autorité en cas de fuite [7].", "resolves to nothing"),
        ("Le maire organise chaque année une fête du quartier [1].", "of its words"),
        ("The city tells the authority when there is a leak [1].", "another language"),
        ("Fuite [1].", "only 1 words"),
        ("La collectivité est une collectivité, et le retard est une collectivité [1].", "of its words"),
        ("Le cours de la présentation de la notification d'incident [3].", "'cours' is not in the passage"),
        ("RGPD, article 33, paragraphe 1 [1].", "words that say something"),
        ("L'article 33 interdit que la collectivité prévient l'autorité dans les 72 heures [1].", "forbidden"),
        ("Selon l'article 55, la collectivité prévient l'autorité dans les 72 heures [1].", "article 55"),
        ("fuite " * 200 + "[1].", "200 words"),
        ("La collectivité prévient **l'autorité** dans les 72 heures [1].", "markup"),
        ("La collectivité prévient l'autorité dans les 72 heures sur cnil.fr [1].", "address"),
        ("La collectivité prévient l'autorité. Le retard est motivé [1].", "more than one sentence"),
        ("La collectivité prévient l'autorité, au moins six mois [1] [2].", "6 month"),
    ],
)
def test_an_unproven_sentence_is_withheld_with_its_reason(text: str, why: str) -> None:
    assert why in reason(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("35 000 000 EUR", {"35000000"}),
        ("35\u00a0000\u202f000 EUR ou 35,000,000 EUR", {"35000000"}),
        ("trente-cinq millions d'euros", {"35000000"}),
        ("soixante-douze heures", {"72"}),
        ("quatre-vingt-dix-sept jours", {"97"}),
        ("one hundred and five days", {"105"}),
        ("un mois", {"1"}),
        ("une autorité", set()),
        ("2,5 %", {"2.5"}),
        ("10^25 opérations", {"1025"}),
        ("le vingtième jour", {"20"}),
        ("the third country", set()),
    ],
)
def test_a_number_is_one_number_however_it_is_written(text: str, said: set[str]) -> None:
    assert figures(text) == said


def test_the_quote_of_a_sentence_is_the_one_that_says_it() -> None:
    text = PASSAGES[1].text
    start, end = best_quote("Le retard doit être motivé", PASSAGES[1])
    assert text[start:end] == "Le retard est motivé."


def test_a_sentence_made_of_the_provisions_own_name_says_nothing() -> None:
    text = "1. Les pratiques en matière d'IA suivantes sont interdites:\na) la manipulation des personnes vulnérables;"
    cited = {1: passage(text, "ai-act:art-5.1", label="Règlement IA, article 5, paragraphe 1")}
    empty = judge("Règlement IA, article 5, paragraphe 1, est interdit. [1]", cited, "fr")
    assert isinstance(empty, Withheld)
    assert "the name of the provision" in empty.reason
