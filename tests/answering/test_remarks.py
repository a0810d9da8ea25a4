"""What is said beside an answer about dates, amendments and the order of norms."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.answering.remarks import Dating, absence, remarks_on
from assistant.answering.wording.dates import DIRECTIVE, OTHER_LANGUAGE, amending_act
from assistant.law.citation import Citation
from assistant.law.identifiers import Reference
from assistant.library import Library
from tests.every_version import library_of_every_version

TODAY = date(2026, 11, 21)
BEFORE = date(2026, 6, 1)


@pytest.fixture(scope="module")
def library(mirror: Path, tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of_every_version(mirror, tmp_path_factory.mktemp("acts"))


def said(library: Library, *places: str, lang: str = "fr", day: date = TODAY, asked: bool = False) -> tuple[str, ...]:
    """The remarks on citations of these places, in this order."""
    citations = []
    for number, place in enumerate(places, 1):
        passage = library.passage(Reference.parse(place), lang, day)
        citations.append(Citation.of(number, passage, 0, 10, passage.validity.status_on(day)))
    return remarks_on(citations, lang, Dating(day, TODAY, asked), library)


def test_a_rule_that_applies_and_never_changed_needs_no_remark(library: Library) -> None:
    assert said(library, "rgpd:art-33") == ()


def test_an_amended_article_says_since_when_by_what_and_how_to_read_the_earlier_text(library: Library) -> None:
    assert said(library, "ai-act:art-4") == (
        "Règlement IA, article 4 : texte modifié le 27 juillet 2026 par le règlement (UE) 2026/1744 (pour l'ancien, "
        "ajoutez « avant le 27 juillet 2026 »).",
    )
    assert said(library, "ai-act:art-4", lang="en") == (
        "AI Act, Article 4: text amended on 27 July 2026 by Regulation (EU) 2026/1744 (for the earlier one, add "
        "“before 27 July 2026”).",
    )


def test_an_inserted_article_says_that_it_did_not_exist_before(library: Library) -> None:
    (line,) = said(library, "ai-act:art-4bis")
    assert line.startswith("Règlement IA, article 4 bis : texte ajouté le 27 juillet 2026")
    (line,) = said(library, "ai-act:art-4bis", lang="en")
    assert line.startswith("AI Act, Article 4a: text added on 27 July 2026")


def test_the_text_of_an_earlier_day_says_what_became_of_it(library: Library) -> None:
    assert any(
        "ce texte a été remplacé le 27 juillet 2026" in line for line in said(library, "ai-act:art-4", day=BEFORE)
    )
    assert any("ce texte a été supprimé le" in line for line in said(library, "ai-act:art-10.5", day=BEFORE))
    assert said(library, "ai-act:art-5.1.b", day=BEFORE) == ()


def test_rules_that_do_not_apply_yet_share_one_line_with_their_dates(library: Library) -> None:
    lines = said(library, "ai-act:art-26", "ai-act:art-27.1", "rgpd:art-35")
    late = [line for line in lines if "pas encore applicable le 21 novembre 2026" in line]
    assert len(late) == 1
    assert "article 26 ; Règlement IA, article 27" in late[0]
    assert "à partir du 2 décembre 2027" in late[0]


def test_a_text_that_is_not_in_force_yet_says_from_when(library: Library) -> None:
    lines = said(library, "ai-act:art-5", day=date(2024, 7, 20))
    assert "pas encore en vigueur le 20 juillet 2024 (entrée en vigueur le 1er août 2024)" in lines[0]


def test_a_part_that_applies_later_is_said_of_the_first_provision_only(library: Library) -> None:
    first = said(library, "ai-act:art-5.1", "rgpd:art-9")
    second = said(library, "rgpd:art-9", "ai-act:art-5.1")
    assert any("date plus tardive" in line and "2 décembre 2026" in line for line in first)
    assert second == ()


def test_since_when_a_rule_applies_is_said_where_it_is_asked(library: Library) -> None:
    assert "Règlement IA, article 50, paragraphe 1 : applicable depuis le 2 août 2026." in said(
        library, "ai-act:art-50.1", asked=True
    )
    assert not any("applicable depuis" in line for line in said(library, "ai-act:art-50.1"))


def test_the_article_that_states_the_dates_has_none_of_its_own(library: Library) -> None:
    for day in (date(2025, 3, 1), TODAY):
        lines = said(library, "ai-act:art-113.a", day=day, asked=True)
        assert not any("applicable" in line for line in lines)


def test_a_day_to_come_is_answered_by_the_texts_known_today(library: Library) -> None:
    lines = said(library, "ai-act:art-26", day=date(2027, 12, 3), asked=True)
    assert "Règlement IA, article 26 : applicable à partir du 2 décembre 2027." in lines
    assert lines[-1] == (
        "Les textes sont ceux connus le 21 novembre 2026 : ils peuvent changer d'ici le 3 décembre 2027."
    )


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nis2_is_said_to_be_a_directive_once(library: Library, lang: str) -> None:
    lines = said(library, "nis2:art-21", "nis2:art-23", lang=lang)
    assert lines == (DIRECTIVE[lang],)
    assert "2(5)" in DIRECTIVE["en"]
    assert "article 2, paragraphe 5" in DIRECTIVE["fr"]


def test_the_directive_leaves_local_administration_to_the_member_states(library: Library) -> None:
    text = library.passage(Reference.parse("nis2:art-2.5"), "en", TODAY).text
    assert "Member States may provide" in text
    assert "local level" in text


def test_law_and_local_texts_are_put_in_order(library: Library) -> None:
    places = ("charte:art-1", "deliberation-strasbourg:catalogue", "rgpd:art-5")
    assert said(library, *places)[-1] == (
        "La loi prime. Ordre de lecture : RGPD, puis Délibération de Strasbourg, puis Charte (modèle)."
    )
    english = said(library, *places, lang="en")
    assert (
        english[-1]
        == "The law comes first. Order of reading: GDPR, then Strasbourg deliberation, then Charter (model)."
    )
    assert OTHER_LANGUAGE["en"] in english


def test_texts_of_one_level_need_no_order(library: Library) -> None:
    assert said(library, "rgpd:art-33", "dsa:art-26") == ()
    assert said(library, "deliberation-strasbourg:catalogue", "charte:art-1") == ()


def test_a_place_of_another_version_says_why_it_is_not_found(library: Library) -> None:
    deleted = Reference.parse("ai-act:art-10.5")
    added = Reference.parse("ai-act:art-4bis")
    assert absence(deleted, "fr", TODAY, library) == (
        "Règlement IA, article 10, paragraphe 5 n'existe plus le 21 novembre 2026 : le texte a été supprimé le "
        "27 juillet 2026"
    )
    assert absence(added, "en", BEFORE, library) == (
        "AI Act, Article 4a did not exist on 1 June 2026: it was added on 27 July 2026"
    )
    assert absence(added, "fr", TODAY, library) == ""
    assert absence(Reference.parse("rgpd:art-120"), "fr", TODAY, library) == ""
    assert absence(Reference.parse("inconnu:art-1"), "fr", TODAY, library) == ""


def test_amending_acts_are_named_in_both_languages() -> None:
    assert amending_act("32026R1744", "fr") == " par le règlement (UE) 2026/1744"
    assert amending_act("32026R1744", "en") == " by Regulation (EU) 2026/1744"
    assert amending_act("32022L2555", "fr") == " par la directive (UE) 2022/2555"
    assert amending_act("", "fr") == ""
