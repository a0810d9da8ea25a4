"""The act of a place that is named without one, taken from the conversation."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.question import Question, Turn
from assistant.answering.reading.act_names import ActNames
from assistant.answering.reading.understand import Reader
from assistant.manifest import load_manifest
from assistant.thesaurus import load_thesaurus

READER = Reader(
    names=ActNames.of(
        {act.id: act.names for act in load_manifest().act} | {d.id: d.names for d in load_manifest().document}
    ),
    thesaurus=load_thesaurus(),
    desk=None,
    owners={},
    changes={},
    language="fr",
    collectivite="strasbourg",
)

ANSWER = """Ce que disent les textes :

La collectivité prévient l'autorité dans les 72 heures, ce que le règlement IA ne change pas. [1]

RGPD, article 33, paragraphe 1 : « La collectivité prévient
l'autorité, conformément au DSA. » [1]

Règlement IA, article 50 : s'applique à partir du 2 août 2026.

Ordre des normes : règlement IA, puis délibération de Strasbourg, puis charte.

En savoir plus :

NIS 2, article 23 : L'entité signale l'incident. [2]"""

ENGLISH = """What the texts say:

GDPR, Article 33(1): “The controller tells the authority.” [1]

Order of norms: AI Act, then the charter."""

TABLE = """| Texte | Ce qu'il dit |
|---|---|
| Data Act, article 4 | L'accès aux données, sans toucher au RGPD. [1] |
| RGPD, article 15 | L'accès à ses données. [2] |"""


def acts(text: str, *history: Turn) -> list[str]:
    request = READER.read(Question(text, None, history), date(2026, 11, 21))
    return [reference.act for reference in request.references]


@pytest.mark.parametrize(
    ("text", "answer", "act"),
    [
        ("que dit l'article 6 ?", ANSWER, "rgpd"),
        ("et l'art 34 ?", ANSWER, "rgpd"),
        ("what does article 34 say?", ENGLISH, "rgpd"),
        ("et l'article 5 ?", TABLE, "data-act"),
        ("et l'article 34 ?", "Selon l'article 33 du RGPD, il faut le dire [1].\n\nVoir le règlement IA.", "rgpd"),
    ],
)
def test_a_place_has_the_act_that_the_answer_before_cites_first(text: str, answer: str, act: str) -> None:
    history = (Turn("user", "qui prévenir quand un fichier a fuité ?"), Turn("assistant", answer))
    assert acts(text, *history) == [act]


@pytest.mark.parametrize("text", ["que dit l'article 6 ?", "and article 6?"])
def test_the_act_that_was_asked_about_comes_before_the_acts_of_answers(text: str) -> None:
    earlier = (Turn("user", "le DSA vise-t-il une mairie ?"), Turn("assistant", "Non."))
    history = (*earlier, Turn("user", "les délais de l'AI Act ?"), Turn("assistant", ANSWER))
    assert acts(text, *history) == ["ai-act"]


def test_the_acts_of_the_place_itself_come_before_the_conversation() -> None:
    history = (Turn("user", "les délais de l'AI Act ?"), Turn("assistant", ANSWER))
    assert acts("que dit l'article 6 du DSA ?", *history) == ["dsa"]


@pytest.mark.parametrize(
    "answer", ["", "Je ne trouve pas de réponse dans les textes (RGPD, règlement IA, NIS 2).", "Bonjour, le RGPD ?"]
)
def test_an_answer_that_cites_nothing_places_nothing(answer: str) -> None:
    assert acts("que dit l'article 6 ?", Turn("user", "bonjour"), Turn("assistant", answer)) == []


def test_each_place_of_a_list_has_the_act_of_the_conversation() -> None:
    request = READER.read(
        Question("que disent les articles 13 et 14 ?", None, (Turn("user", "parlons du RGPD"),)), date(2026, 11, 21)
    )
    assert [str(reference) for reference in request.references] == ["rgpd:art-13", "rgpd:art-14"]
