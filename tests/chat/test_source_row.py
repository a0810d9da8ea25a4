"""A source opens where its words are: beside the answer, or at its publisher's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lxml import html

from assistant.answering.absent.cite import cite_without_text
from assistant.answering.answer import Answer, Sentence
from assistant.chat import message
from assistant.chat.sections import Profile
from assistant.chat.source_row import SourceRow, address
from assistant.chat.texts import texts
from assistant.chat.view import View
from assistant.law.citation import Citation
from assistant.law.identifiers import Reference
from assistant.lexicon import load_lexicon
from assistant.manifest import load_manifest

ENTRY = load_lexicon().entries[Reference.parse("rgpd:art-33.1")]
ABSENT = cite_without_text(1, ENTRY, "fr", date(2026, 11, 21), load_manifest())


def test_a_source_whose_text_is_here_opens_beside_the_answer(citation: Citation) -> None:
    assert address(citation).startswith("/source/")


def test_a_source_whose_text_is_absent_opens_at_its_publisher_s() -> None:
    assert address(ABSENT) == ABSENT.url
    assert SourceRow.of(ABSENT, texts("fr")).digest == ""


def test_a_row_names_in_words_the_act_that_amended_its_text(citation: Citation) -> None:
    row = SourceRow.of(replace(citation, amended_by="32026R1744"), texts("fr"))
    assert row.amended == "modifié par le règlement (UE) 2026/1744"


def test_a_page_shows_no_empty_quote_and_no_link_to_an_absent_text(answer: Answer) -> None:
    told = replace(answer, text="Une phrase. [1]", sentences=(Sentence("Une phrase.", (1,)),), citations=(ABSENT,))
    for profile in Profile:
        page = html.fragment_fromstring(message.whole(told, View(texts("fr"), profile, key="0b7d")))
        assert not page.find_class("official")
        assert not page.xpath(".//a[starts-with(@href, '/source/')]")
        assert page.xpath(f".//a[@href='{ABSENT.url}']")
