"""A copied answer keeps its sources, its label and, as HTML, its mark."""

from __future__ import annotations

from assistant.render.copied import copied
from tests.render.answers import answer, generated, refusal
from tests.render.reading import page_of


def test_plain_text_has_question_answer_sources_and_label_as_visible_lines() -> None:
    given = answer()
    lines = copied(given).plain.splitlines()
    assert lines[0] == f"Question : {given.question}"
    assert "Vous prévenez l'autorité sous 72 heures [1]." in lines
    assert f"[1] RGPD, article 33, paragraphe 1 (2016-05-04, en vigueur) {given.citations[0].url}" in lines
    assert lines[-1] == given.label.notice


def test_the_html_flavour_shows_the_same_and_carries_the_mark() -> None:
    given = generated()
    shown = page_of(copied(given).html)
    assert shown.get("data-digital-source-type") == given.label.digital_source_type
    assert shown.xpath("string(.//link[@itemprop='digitalSourceType']/@href)") == given.label.digital_source_type
    assert given.label.notice in shown.text_content()
    assert set(shown.xpath(".//a/@href")) >= {citation.url for citation in given.citations}
    assert given.question in shown.text_content()


def test_choices_are_listed_in_both_flavours() -> None:
    given = answer(choices=("RGPD", "règlement IA"), text="De quel texte parlez-vous ?")
    assert "- RGPD\n- règlement IA" in copied(given).plain
    assert page_of(copied(given).html).xpath(".//li/text()") == ["RGPD", "règlement IA"]


def test_a_refusal_keeps_its_label() -> None:
    assert copied(refusal()).plain.endswith(refusal().label.notice)
    assert refusal().label.notice in page_of(copied(refusal()).html).text_content()


def test_markup_in_a_question_stays_text() -> None:
    shown = page_of(copied(answer(question="<img src=x onerror=alert(1)>")).html)
    assert not shown.xpath(".//img")
