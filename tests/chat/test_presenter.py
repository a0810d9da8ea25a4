import json
from collections.abc import Callable
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


def test_a_trainer_gets_the_first_everyday_lines(presenter: Presenter, answer: Answer, citation: Citation) -> None:
    page = shown(presenter, answer, Profile.TRAINER)
    assert [button.get("data-ask") for button in page.xpath(".//button[@data-ask]")] == list(LINES["fr"][:2])
    assert not shown(presenter, answer, Profile.STAFF).xpath(".//button[@data-ask]")
