"""What is quoted, and how much of it."""

from __future__ import annotations

from assistant.answering.composition.extract import quote_of

TEXT = (
    "1. La commune informe les habitants. Elle le fait par écrit, sauf urgence. "
    "Le délai est de dix jours, à moins que le maire ne le prolonge."
)


def quoted(question: str, limit: int, *, from_start: bool = False) -> str:
    start, end = quote_of(question, TEXT, limit, from_start=from_start)
    return TEXT[start:end]


def test_a_short_text_is_quoted_whole() -> None:
    assert quoted("délai", 1000) == TEXT


def test_the_sentence_closest_to_the_question_is_quoted() -> None:
    assert quoted("quel délai en jours ?", 20) == "Le délai est de dix jours, à moins que le maire ne le prolonge."


def test_sentences_that_follow_are_quoted_as_long_as_they_fit() -> None:
    assert quoted("informer les habitants de la commune", 80).endswith("sauf urgence.")


def test_a_sentence_is_never_cut_for_its_end_may_hold_the_exception() -> None:
    assert quoted("délai", 5).endswith("ne le prolonge.")


def test_a_place_asked_for_is_quoted_from_its_beginning() -> None:
    assert quoted("délai", 40, from_start=True).startswith("La commune")


def test_the_quote_under_a_plain_sentence_is_the_one_that_proves_it() -> None:
    plain = "Le délai est de dix jours."
    start, end = quote_of("informer les gens", TEXT, 20, from_start=False, plain=plain)
    assert TEXT[start:end].startswith("Le délai est de dix jours")
