"""The thesaurus and the links of the recitals."""

from __future__ import annotations

from pathlib import Path

from assistant.law.identifiers import Reference
from assistant.lexique.tables import check_links, check_thesaurus
from assistant.recitals import RecitalLinks
from assistant.thesaurus import load_thesaurus
from tests.in_force import DAY
from tests.lexique.entries import act, library_of, provision


def thesaurus_faults(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / f"{len(list(tmp_path.iterdir()))}.toml"
    path.write_text(text, encoding="utf-8")
    return [finding.message for finding in check_thesaurus(load_thesaurus(path))]


def expansion(when: str, fr: str = "mots", en: str = "words") -> str:
    return f'[[expansion]]\nwhen = [{when}]\nfr = "{fr}"\nen = "{en}"\n'


def test_an_expansion_that_adds_nothing_says_in_which_language(tmp_path: Path) -> None:
    [message] = thesaurus_faults(tmp_path, expansion('"dpo"', en=" "))
    assert message.startswith("adds no word in en")
    [message] = thesaurus_faults(tmp_path, expansion('"dpo"', fr="", en=""))
    assert message.startswith("adds no word in fr and en")


def test_an_expansion_that_starts_from_nothing_is_an_error(tmp_path: Path) -> None:
    [message] = thesaurus_faults(tmp_path, expansion(""))
    assert message.startswith("starts from no word")


def test_a_phrase_in_two_expansions_is_found_whatever_its_case_accents_and_plural(tmp_path: Path) -> None:
    for second in ('"DPO", "dpd"', '"dpos"'):
        [message] = thesaurus_faults(tmp_path, expansion('"dpo"') + expansion(second))
        assert "starts expansion 1 too" in message
    [message] = thesaurus_faults(tmp_path, expansion('"requêtes"') + expansion('"requete"'))
    assert "starts expansion 1 too" in message


def test_a_longer_phrase_is_not_the_shorter_one(tmp_path: Path) -> None:
    assert not thesaurus_faults(tmp_path, expansion('"cloud"') + expansion('"changer de cloud"'))


def links_faults(tmp_path: Path, **linked: str) -> dict[str, str]:
    """Faults of a table of links for an act of two recitals and one article."""
    library = library_of(tmp_path, act("rgpd", provision("rec-1"), provision("rec-2"), provision("art-1")))
    explained = {
        Reference.parse(f"rgpd:{recital.replace('_', '-')}"): (Reference.parse(place),)
        for recital, place in linked.items()
    }
    return {finding.reference: finding.message for finding in check_links(RecitalLinks(explained, {}), library, DAY)}


def test_every_recital_needs_a_row(tmp_path: Path) -> None:
    assert not links_faults(tmp_path, rec_1="rgpd:art-1", rec_2="rgpd:art-1")
    assert list(links_faults(tmp_path, rec_1="rgpd:art-1")) == ["rgpd:rec-2"]


def test_a_link_to_or_from_a_place_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    faults = links_faults(tmp_path, rec_1="rgpd:art-1", rec_2="rgpd:art-2")
    assert "links rgpd:art-2, which does not exist" in faults["rgpd:rec-2"]
    faults = links_faults(tmp_path, rec_1="rgpd:art-1", rec_2="rgpd:art-1", rec_3="rgpd:art-1")
    assert "rgpd:rec-3" in faults


def test_a_link_to_a_text_that_is_no_act_is_an_error(tmp_path: Path) -> None:
    faults = links_faults(tmp_path, rec_1="rgpd:art-1", rec_2="rgdp:art-1")
    assert "'rgdp' is no act" in faults["rgpd:rec-2"]
