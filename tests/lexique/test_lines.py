"""Everyday lines judged one against the others."""

from __future__ import annotations

from assistant.lexique.finding import Severity
from assistant.lexique.lines import LONGEST, MANY, TOO_MANY, check_lines
from tests.lexique.entries import entry, lexicon

GENERIC = "lines of {} other articles hold all its words"


def messages(*entries_fr: tuple[str, str]) -> list[tuple[Severity, str, str]]:
    """Findings on entries of one French line each."""
    found = check_lines(lexicon(*(entry(reference, [line], []) for reference, line in entries_fr)))
    return [(finding.severity, finding.reference, finding.message) for finding in found]


def test_the_same_line_for_two_provisions_is_an_error_whatever_its_accents() -> None:
    [(severity, reference, message)] = messages(
        ("rgpd:art-33", "Fuite de données"), ("nis2:art-23", "fuite de donnees")
    )
    assert severity is Severity.ERROR
    assert reference == "nis2:art-23"
    assert "stands in rgpd:art-33 too" in message


def test_a_paragraph_that_repeats_its_article_is_only_a_warning() -> None:
    for first, second in (("rgpd:art-33", "rgpd:art-33.1"), ("rgpd:art-33.1", "rgpd:art-33")):
        [(severity, _, message)] = messages((first, "fuite de données"), (second, "fuite de données"))
        assert severity is Severity.WARNING
        assert "remove one" in message


def test_the_same_line_in_two_languages_is_no_double() -> None:
    assert not list(check_lines(lexicon(entry("ai-act:art-53", ["gpai"], []), entry("ai-act:art-51", [], ["gpai"]))))


def test_a_line_counts_its_words_between_spaces() -> None:
    fits = "l'agent qu'on " + "x" * 3 + " mot" * (LONGEST - 3)
    assert len(fits.split()) == LONGEST
    assert not messages(("rgpd:art-33", fits))
    [(severity, _, message)] = messages(("rgpd:art-33", fits + " encore"))
    assert severity is Severity.ERROR
    assert f"{LONGEST + 1} words" in message


def test_a_line_of_function_words_says_nothing() -> None:
    [(severity, _, message)] = messages(("rgpd:art-33", "est-ce qu'on peut"))
    assert severity is Severity.ERROR
    assert "meaning of its own" in message


def test_a_line_whose_words_stand_in_lines_of_many_articles_is_too_generic() -> None:
    def rivals(count: int) -> list[tuple[str, str]]:
        return [(f"rgpd:art-{n}", f"hébergeur et sujet numéro {n}") for n in range(50, 50 + count)]

    assert not messages(("rgpd:art-4.8", "hébergeur"), *rivals(MANY - 1))
    for count, judgement in ((MANY, Severity.WARNING), (TOO_MANY, Severity.ERROR)):
        [(severity, reference, message)] = messages(("rgpd:art-4.8", "hébergeur"), *rivals(count))
        assert (severity, reference) == (judgement, "rgpd:art-4.8")
        assert GENERIC.format(count) in message


def test_paragraphs_of_one_article_are_one_rival() -> None:
    rivals = [(f"rgpd:art-28.{n}", f"hébergeur et sujet numéro {n}") for n in range(1, TOO_MANY + 1)]
    assert not messages(("rgpd:art-4.8", "hébergeur"), *rivals)


def test_a_number_makes_a_line_specific() -> None:
    rivals = [(f"rgpd:art-{n}", f"{n} % du chiffre d'affaires") for n in range(1, 10)]
    assert not messages(("rgpd:art-83", "0 % du chiffre d'affaires"), *rivals)


def test_words_of_different_lines_do_not_make_a_rival() -> None:
    rivals = [entry(f"rgpd:art-{n}", [f"droit numéro {n}", f"accès numéro {n}"], []) for n in range(20, 40)]
    assert not list(check_lines(lexicon(entry("rgpd:art-15", ["droit d'accès"], []), *rivals)))
