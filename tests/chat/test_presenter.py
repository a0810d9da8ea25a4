import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from lxml import html

from assistant.answering.answer import Answer
from assistant.chat.presenter import Place, Presenter
from assistant.chat.sections import Profile
from assistant.chat.shelf import Shelf
from assistant.law.citation import Citation
from assistant.law.identifiers import Reference
from assistant.law.passage import Passage
from assistant.law.validity import Application
from assistant.lexicon import Entry, Lexicon
from assistant.settings import Contacts

NOW = datetime(2026, 11, 21, tzinfo=UTC)
HERE = Reference.parse("rgpd:art-33.1")
LINES = {"fr": ("faut-il prévenir la cnil", "fuite de données", "perte d'une clé usb"), "en": ()}


@pytest.fixture
def presenter(provision: Callable[[Reference, str, date], Passage]) -> Presenter:
    lexicon = Lexicon({HERE: Entry(HERE, LINES, {"fr": "", "en": ""}, "", "")})
    return Presenter(provision, Shelf(), Contacts(dpo="dpo@ville.example"), lexicon, {}, lambda: NOW)


def shown(presenter: Presenter, answer: Answer, profile: Profile) -> html.HtmlElement:
    return html.fragment_fromstring(presenter.show(answer, profile, Place("", "k", "t")))


def test_an_answer_that_is_shown_can_be_found_again(presenter: Presenter, answer: Answer) -> None:
    page = shown(presenter, answer, Profile.STAFF)
    assert presenter.shelf.find("k", "") is answer
    assert {button.get("data-answer") for button in page.xpath(".//button[@data-action]")} == {"k"}
    assert page.get("data-thread") == "t"
    assert page.xpath(".//a[starts-with(@href, 'mailto:dpo@ville.example')]")


def test_the_mark_says_in_json_that_an_ai_made_it(presenter: Presenter, answer: Answer) -> None:
    mark = json.loads(shown(presenter, answer, Profile.STAFF).find("script").text)
    assert mark["digitalSourceType"].startswith("http://cv.iptc.org/newscodes/digitalsourcetype/")
    assert mark["creditText"] == answer.label.notice


def test_a_lawyer_s_sources_are_whole_passages(presenter: Presenter, answer: Answer, passage: Passage) -> None:
    page = shown(presenter, answer, Profile.LEGAL)
    assert page.find_class("official")[0].text_content() == passage.text


def test_a_lawyer_reads_in_words_which_provision_says_from_when_a_text_applies(
    presenter: Presenter, answer: Answer
) -> None:
    page = shown(presenter, answer, Profile.LEGAL)
    source = page.find_class("source-full")[0]
    basis = source.xpath(".//a[starts-with(@href, '/source/rgpd:art-99.2')]")[0]
    assert basis.text_content() == "RGPD, art-99.2"
    assert basis.get("href") == "/source/rgpd:art-99.2?lang=fr&version=2016-05-04"
    assert "25 mai 2018, pour tous (RGPD, art-99.2)" in source.text_content()


def test_a_basis_whose_text_is_gone_is_left_out_and_its_date_stays(presenter: Presenter, answer: Answer) -> None:
    applies = (Application(date(2018, 5, 25), "", "rgpd:art-400"),)
    one = replace(answer, citations=(replace(answer.citations[0], applies=applies),))
    said = shown(presenter, one, Profile.LEGAL).find_class("source-full")[0].text_content()
    assert "s'applique à partir du 25 mai 2018\n" in said
    assert "art-400" not in said


def test_a_trainer_gets_the_first_everyday_lines(presenter: Presenter, answer: Answer, citation: Citation) -> None:
    page = shown(presenter, answer, Profile.TRAINER)
    assert [button.get("data-ask") for button in page.xpath(".//button[@data-ask]")] == list(LINES["fr"][:2])
    assert not shown(presenter, answer, Profile.STAFF).xpath(".//button[@data-ask]")
