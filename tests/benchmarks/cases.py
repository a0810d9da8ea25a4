"""Cases, rows and a reader of questions for the tests of the measurements."""

from __future__ import annotations

from assistant.answering.question import Question
from assistant.answering.reading.act_names import ActNames
from assistant.answering.reading.understand import Reader
from assistant.evaluation.questions import Case, Place
from assistant.evaluation.retrieval import Hit
from assistant.thesaurus import Thesaurus


def case(*gold: str, any_will_do: bool = False, kind: str = "lookup", lang: str = "fr") -> Case:
    return Case("q1", Question("?", lang), lang, kind, tuple(map(place, gold)), any_will_do)


def place(text: str) -> Place:
    act, _, ref = text.partition(":")
    return Place(act, ref)


def hit(*places: str, words: int = 50) -> Hit:
    return Hit(tuple(map(place, places)), words)


def reader(kind: type[Reader] = Reader) -> Reader:
    """One that knows the GDPR by name and nothing else."""
    return kind(
        names=ActNames.of({"rgpd": ("RGPD",)}),
        thesaurus=Thesaurus(()),
        desk=None,
        owners={},
        changes={},
        language="fr",
        collectivite="strasbourg",
    )
