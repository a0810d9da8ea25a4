"""A passage, its citation and an answer over it, for the tests of the chat. The words are ours, not the law's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from assistant.answering.answer import Answer, AnswerKind, Cost, Fingerprints, Label, Mode, Sentence
from assistant.errors import UnknownReference
from assistant.law.citation import Citation
from assistant.law.identifiers import Reference
from assistant.law.passage import Passage
from assistant.law.validity import Application, Status, Validity

TEXT = "1. La *première* phrase <dit> ceci.\n2. La seconde_phrase dit [cela] & rien d'autre."


def passage_of(reference: str, text: str, lang: str = "fr") -> Passage:
    validity = Validity(
        date(2016, 5, 24), date(2016, 5, 4), None, (Application(date(2018, 5, 25), "pour tous", "rgpd:art-99.2"),)
    )
    return Passage(
        reference=Reference.parse(reference),
        lang=lang,
        version_date="2016-05-04",
        celex="32016R0679",
        label=f"RGPD, {reference.partition(':')[2]}",
        title="Un titre",
        path="Chapitre IV › Section 2",
        context="Les mots d'avant",
        text=text,
        url="https://eur-lex.europa.eu/legal-content/FR/TXT/HTML/?uri=CELEX:32016R0679#art_33",
        validity=validity,
    )


@pytest.fixture
def provision() -> Callable[[Reference, str, date], Passage]:
    """The texts of a small library: one article with two paragraphs, and the article on its application."""
    texts = {"rgpd:art-33": TEXT, "rgpd:art-33.1": TEXT.split("\n")[0], "rgpd:art-99.2": "Ce texte s'applique."}

    def read(reference: Reference, lang: str, day: date) -> Passage:
        if str(reference) not in texts:
            raise UnknownReference(f"{reference} does not exist")
        text = texts[str(reference)] if day < date(2030, 1, 1) else "Un texte plus récent."
        return passage_of(str(reference), text, lang)

    return read


@pytest.fixture
def passage() -> Passage:
    return passage_of("rgpd:art-33.1", TEXT.split("\n")[0])


@pytest.fixture
def citation(passage: Passage) -> Citation:
    return Citation.of(1, passage, 3, len(passage.text), Status.IN_FORCE)


@pytest.fixture
def answer(citation: Citation) -> Answer:
    sentence = Sentence(f"RGPD : « {citation.quote} »", (1,))
    return Answer(
        question="Que dit-il ?",
        lang="fr",
        kind=AnswerKind.ANSWER,
        text=f"Voici le texte :\n\n{sentence.text} [1]\n\nDemandez à votre DPO.",
        label=Label("Réponse composée par un système d'IA.", Mode.EXTRACTIVE, None, "http://example.invalid/type"),
        cost=Cost(0.1, 0, 0, 0.0, "none"),
        fingerprints=Fingerprints("c", "s", "i"),
        sentences=(sentence,),
        guidance=("Voici le texte :", "Demandez à votre DPO."),
        citations=(citation,),
        warnings=("Un texte manque.",),
    )
