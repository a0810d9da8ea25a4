"""What kind of answer a question asks for, and which provisions hold one."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import pytest

from assistant.answering.pipeline import Assistant
from assistant.answering.reading.asked_for import asked_for, has_amount, has_duration
from assistant.law.identifiers import Reference
from assistant.library import Library

DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("C'est quoi un hypertrucage ?", {"definition"}),
        ("what is a data holder", {"definition"}),
        ("Sous combien de temps faut-il répondre ?", {"duration"}),
        ("how soon must we answer", {"duration"}),
        ("Quel est le montant de l'amende ?", {"amount"}),
        ("depuis quand est-ce interdit", {"day"}),
        ("quelles obligations quand on utilise une IA", set()),
        ("quelle est la position de la ville sur l'énergie", {"city"}),
        ("the city's position on energy", {"city"}),
        ("la ville doit-elle répondre", set()),
    ],
)
def test_the_words_of_a_question_say_what_it_asks_for(text: str, wanted: set[str]) -> None:
    assert {name for name, asked in asdict(asked_for(text)).items() if asked} == wanted


@pytest.mark.parametrize(
    ("reference", "lang", "duration", "amount"),
    [
        ("rgpd:art-12.3", "fr", True, False),
        ("rgpd:art-12.3", "en", True, False),
        ("rgpd:art-83.5", "fr", False, True),
        ("nis2:art-23.4.a", "fr", True, False),
        ("rgpd:art-77.1", "fr", False, False),
    ],
)
def test_a_provision_is_known_to_hold_a_time_limit_or_an_amount(
    assistant: Assistant, reference: str, lang: str, duration: bool, amount: bool
) -> None:
    library: Library = assistant.library
    passage = library.passage(Reference.parse(reference), lang, DAY)
    assert (has_duration(passage), has_amount(passage)) == (duration, amount)
