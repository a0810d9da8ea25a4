"""Editions and articles of codes that a question names or only seems to name."""

from __future__ import annotations

import pytest

from assistant.answering.refusal.premise import next_editions
from assistant.answering.refusal.refuse import ARTICLE_OF_A_CODE
from assistant.law.folding import fold


@pytest.mark.parametrize(
    "text",
    [
        "que dit le NIS 3 ?",
        "RGPD 2",
        "RGPD2, c'est pour quand ?",
        "NIS-3 et les communes",
        "quand s'applique NIS 3 ?",
        "NIS 3 s'applique aux communes ?",
        "le RGPD 2.0 est-il prévu ?",
        "what does GDPR 2 say?",
        "when does NIS 3 apply",
        "AI Act 2 is it adopted",
    ],
)
def test_an_edition_that_does_not_exist_is_found(text: str) -> None:
    assert list(next_editions(fold(text), "fr"))


@pytest.mark.parametrize(
    "text",
    [
        "ai act 4 niveaux de risque ?",
        "RGPD 6 bases légales ?",
        "dsa 3 obligations",
        "RGPD : 6 bases légales",
        "GDPR 6 legal bases",
        "data act 3 exemples",
        "AI Act 4 risk levels?",
        "NIS 2 et les communes",
        "quand s'applique NIS 2 ?",
        "NIS2",
        "RGPD 5.1",
        "RGPD 33",
        "le RGPD 3 points",
    ],
)
def test_a_number_that_counts_is_no_edition(text: str) -> None:
    assert not list(next_editions(fold(text), "fr"))


@pytest.mark.parametrize(
    "text",
    [
        "article L. 311-1 du CRPA",
        "que dit l'article L311-1",
        "l'art. R 123 du code du travail",
        "que dit L2121-29 du CGCT",
        "code général des collectivités, L 2121-29",
        "que dit le L. 311-1 ?",
        "article D12",
        "what does article L. 311-1 say?",
    ],
)
def test_an_article_of_a_code_is_seen(text: str) -> None:
    assert ARTICLE_OF_A_CODE.search(fold(text))


@pytest.mark.parametrize(
    "text",
    [
        "le bâtiment D12 peut-il avoir une caméra",
        "une caméra en salle R15 ?",
        "dossier L2024-12, qui y accède ?",
        "can room D12 have a camera?",
        "le métro D 14 filme-t-il ?",
    ],
)
def test_a_letter_with_a_number_alone_is_no_article_of_a_code(text: str) -> None:
    assert not ARTICLE_OF_A_CODE.search(fold(text))
