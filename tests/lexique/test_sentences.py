"""Plain sentences held against their provision."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.lexique.sentences import check_sentences
from tests.in_force import DAY
from tests.lexique.entries import act, entry, lexicon, library_of, provision

FRENCH = provision("art-33", "La notification a lieu dans les 72 heures, au plus tard le 35e jour.")
ENGLISH = provision("art-33", "Notification shall take place within 72 hours, at the latest after seven days.")


def faults(tmp_path: Path, plain_fr: str, plain_en: str = "") -> list[str]:
    library = library_of(tmp_path, act("rgpd", FRENCH), act("rgpd", ENGLISH, lang="en"))
    entries = lexicon(entry("rgpd:art-33", plain_fr=plain_fr, plain_en=plain_en))
    return [finding.message for finding in check_sentences(entries, library, DAY)]


def test_a_number_of_the_provision_may_be_said(tmp_path: Path) -> None:
    assert not faults(tmp_path, "La commune notifie dans les 72 heures.", "The city notifies within 72 hours.")


@pytest.mark.parametrize("sentence", ["La commune notifie dans les 48 heures.", "La commune a deux jours."])
def test_a_number_that_the_provision_does_not_hold_is_named(tmp_path: Path, sentence: str) -> None:
    [message] = faults(tmp_path, sentence)
    assert "in fr says" in message
    assert "read both, then mend it" in message


def test_each_language_is_held_against_its_own_text(tmp_path: Path) -> None:
    assert not faults(tmp_path, "", "The city has at most 7 days.")
    assert faults(tmp_path, "La commune a 7 jours.")


def test_the_number_of_the_article_and_of_the_act_may_be_said(tmp_path: Path) -> None:
    assert not faults(tmp_path, "L'article 33 du règlement 2016/679 vaut ici.")


def test_an_entry_without_a_provision_is_left_to_the_check_of_coverage(tmp_path: Path) -> None:
    library = library_of(tmp_path, act("rgpd", FRENCH))
    assert not list(check_sentences(lexicon(entry("rgpd:art-34", plain_fr="Dans les 9 jours.")), library, DAY))
