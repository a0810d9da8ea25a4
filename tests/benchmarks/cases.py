"""Cases and rows for the tests of the measurements."""

from __future__ import annotations

from assistant.answering.question import Question
from assistant.evaluation.questions import Case, Place
from assistant.evaluation.retrieval import Hit


def case(*gold: str, any_will_do: bool = False, kind: str = "lookup", lang: str = "fr") -> Case:
    return Case("q1", Question("?", lang), lang, kind, tuple(map(place, gold)), any_will_do)


def place(text: str) -> Place:
    act, _, ref = text.partition(":")
    return Place(act, ref)


def hit(*places: str, words: int = 50) -> Hit:
    return Hit(tuple(map(place, places)), words)
