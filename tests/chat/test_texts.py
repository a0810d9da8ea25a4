from datetime import date

import pytest

from assistant import errors
from assistant.chat.sections import Profile
from assistant.chat.texts import interface_language, texts
from assistant.law.validity import Status
from assistant.manifest import Lang
from assistant.privacy import Kind
from assistant.render.export import Format


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_status_and_every_error_has_its_words(lang: Lang) -> None:
    spoken = texts(lang)
    assert set(spoken.source.status) == set(Status)
    kinds = [value for value in vars(errors).values() if isinstance(value, type)]
    lines = {kind.__name__: spoken.error(kind("a fact")) for kind in kinds if issubclass(kind, Exception)}
    assert all(line and "\n" not in line and "a fact" not in line for line in lines.values())
    assert lines["IndexMissing"] != lines["UnknownReference"] != lines["AssistantError"]


def test_both_languages_say_the_same_things() -> None:
    french, english = texts("fr"), texts("en")
    assert set(french.errors) == set(english.errors)
    assert set(french.chainlit) == set(english.chainlit)
    assert [len(said.starters) for said in french.profiles.values()] == [
        len(said.starters) for said in english.profiles.values()
    ]
    assert set(french.dialogs.report_reasons) == set(english.dialogs.report_reasons)
    assert set(french.withheld_reasons) == set(english.withheld_reasons)
    assert len(french.notice.items) == len(english.notice.items)


def test_an_error_that_is_not_ours_gets_one_line_without_its_details() -> None:
    assert texts("fr").error(RuntimeError("secret")) == texts("fr").errors["unexpected"]


def test_the_notice_says_it_is_an_ai_what_it_is_not_for_and_what_becomes_of_what_is_typed() -> None:
    notice = texts("fr").notice
    said = " ".join((notice.summary, *notice.items))
    for words in ("Vous échangez avec une IA", "décider du cas d'une personne", "usagers", "données personnelles"):
        assert words in said
    assert "Ce que vous tapez reste sur cette machine" in notice.kept
    assert "make chat MODEL=ministral-3-3b" in notice.extractive


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_profile_format_and_kind_of_personal_data_has_its_words(lang: Lang) -> None:
    spoken = texts(lang)
    assert list(spoken.profiles) == list(Profile)
    assert set(spoken.dialogs.formats) == {form.value for form in Format}
    assert set(spoken.dialogs.kinds) == set(Kind)


def test_the_longest_beginning_of_a_reason_gives_its_words() -> None:
    spoken = texts("fr")
    assert spoken.withheld_because("citation [4] resolves to nothing") == "la source citée n'existe pas"
    assert spoken.withheld_because("another length") == spoken.withheld_reasons[""]


def test_a_french_sign_never_begins_a_line() -> None:
    assert " ?" not in "".join(texts("fr").profiles[Profile.STAFF].starters)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("en-US,en;q=0.9", "en"),
        ("de-DE,de;q=0.9", "fr"),
        ("de-DE,en;q=0.5", "en"),
        ("", "fr"),
        ("EN", "en"),
    ],
)
def test_the_page_speaks_french_unless_the_browser_asks_for_english(header: str, expected: str) -> None:
    assert interface_language(header, "fr") == expected


def test_dates_are_written_as_people_write_them() -> None:
    assert texts("fr").day(date(2024, 8, 1)) == "1er août 2024"
    assert texts("fr").day(date(2018, 5, 25)) == "25 mai 2018"
    assert texts("en").day(date(2024, 8, 1)) == "1 August 2024"
