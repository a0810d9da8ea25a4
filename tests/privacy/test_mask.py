"""Masked text keeps its sense and none of the personal data that was found."""

from __future__ import annotations

import pytest

from assistant.privacy import Kind, findings, mask
from assistant.privacy.mask import words
from tests.privacy.test_sentences import sentences


def masked(text: str) -> str:
    return mask(text, findings(text))


def test_what_was_found_is_replaced_by_what_it_is() -> None:
    assert masked("Mme Durand, née le 14/03/1985, habite 12 rue des Lilas") == (
        "[personne], née le [date de naissance], habite [adresse]"
    )


def test_two_persons_stay_two_and_one_stays_one() -> None:
    assert masked("Mme Petit accuse M. Blanc, mme petit a porté plainte") == (
        "[personne 1] accuse [personne 2], [personne 1] a porté plainte"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("appeler Mme Dupont (03 88 00 00 00) ?", "appeler [personne] ([téléphone]) ?"),
        ("[06 12 34 56 78]", "[[téléphone]]"),
        ("(06 12 34 56 78 ou 03 88 60 90 90)", "([téléphone 1] ou [téléphone 2])"),
        ("tél. (03) 88 60 90 90", "tél. [téléphone]"),
        ("le +33 (0)3 88 60 90 90", "le [téléphone]"),
    ],
)
def test_brackets_around_a_number_stay_and_those_of_the_number_go(text: str, expected: str) -> None:
    assert masked(text) == expected


def test_a_text_without_findings_is_not_changed() -> None:
    text = "que dit l'article 22 du RGPD ?"
    assert masked(text) == text


@pytest.mark.parametrize("split", ["tune", "held_out"])
def test_a_masked_sentence_raises_no_alarm_again(split: str) -> None:
    left = [masked(s.text) for s in sentences() if s.split == split and findings(masked(s.text))]
    assert left == []


def test_each_kind_has_a_name() -> None:
    assert all(words(kind) for kind in Kind)
