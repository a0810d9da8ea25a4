"""What leaves as a file holds the question, the answer, its proof, its label and its mark, in each format."""

from __future__ import annotations

import json
import tomllib
import zipfile
from io import BytesIO

import docx
import pytest
from lxml import etree

from assistant.mark.key import InstanceKey
from assistant.render.export import Format, export, file_name
from assistant.render.export_content import Publication
from tests.render.answers import BREACH, ENGLISH, MADE, VERDICT, answer, citation, generated, refusal
from tests.render.reading import links_of, one_line, page_of, pdf_of, text_of

EVERY_FORMAT = pytest.mark.parametrize("form", list(Format))
PAGES = pytest.mark.parametrize("form", [form for form in Format if form is not Format.JSON])
COMPOSITE = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
TRAINED = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


@EVERY_FORMAT
def test_question_label_and_quotes_are_there_letter_for_letter(form: Format, key: InstanceKey) -> None:
    given = answer()
    seen = text_of(form, export([given], form, key, MADE))
    for words in (given.question, given.label.notice, BREACH, ENGLISH, *given.guidance, *given.warnings):
        assert one_line(words) in seen


@EVERY_FORMAT
def test_each_source_has_its_label_and_its_link(form: Format, key: InstanceKey) -> None:
    given = answer()
    file = export([given], form, key, MADE)
    for cited in given.citations:
        assert cited.label in text_of(form, file)
        assert cited.url in links_of(form, file)


@PAGES
def test_version_status_application_and_amendment_are_spelt_out(form: Format, key: InstanceKey) -> None:
    seen = text_of(form, export([answer()], form, key, MADE))
    assert "4 mai 2016 (en vigueur)" in seen
    assert "4 mai 2016 (pas encore applicable)" in seen
    assert "2 décembre 2027, systèmes de l'annexe III, ai-act:art-113" in seen
    assert "32026R1744" in seen
    assert "22 novembre 2026, 09:30" in seen
    assert "1 phrase(s) non prouvée(s)" in seen


@PAGES
def test_a_model_that_wrote_is_named(form: Format, key: InstanceKey) -> None:
    assert "Modèle de langage : ministral-3-3b" in text_of(form, export([generated()], form, key, MADE))
    assert "Modèle de langage : aucun" in text_of(form, export([answer()], form, key, MADE))


@PAGES
def test_a_verdict_comes_before_the_answer_with_its_conditions(form: Format, key: InstanceKey) -> None:
    seen = text_of(form, export([answer(verdict=VERDICT)], form, key, MADE))
    assert seen.index("Verdict d'usage : Autorisé sous conditions") < seen.index("Ce que disent les textes")
    assert all(condition in seen for condition in VERDICT["conditions"])
    assert "À qui s'adresser : dpo@exemple.fr" in seen


@EVERY_FORMAT
def test_a_refusal_is_exported_with_its_label(form: Format, key: InstanceKey) -> None:
    seen = text_of(form, export([refusal()], form, key, MADE))
    assert "Je ne trouve pas de réponse" in seen
    assert refusal().label.notice in seen


@PAGES
def test_a_conversation_keeps_its_order(form: Format, key: InstanceKey) -> None:
    seen = text_of(form, export([answer(), refusal()], form, key, MADE))
    assert seen.index(answer().question) < seen.index(refusal().question)
    assert "Conversation avec l'assistant" in seen


def test_a_conversation_in_which_a_model_wrote_once_is_marked_so(key: InstanceKey) -> None:
    mixed = json.loads(export([answer(), generated()], Format.JSON, key, MADE))
    assert mixed["digital_source_type"] == TRAINED
    assert json.loads(export([answer()], Format.JSON, key, MADE))["digital_source_type"] == COMPOSITE


@PAGES
def test_an_english_answer_is_exported_in_english(form: Format, key: InstanceKey) -> None:
    seen = text_of(form, export([answer(lang="en")], form, key, MADE))
    assert "Language model: none" in seen
    assert "About this document" in seen
    assert "À propos" not in seen


@EVERY_FORMAT
def test_reviewer_and_editor_are_recorded(form: Format, key: InstanceKey) -> None:
    file = export([answer()], form, key, MADE, Publication.of("Ana Bel", "Ville de Nulle-Part"))
    assert "Ana Bel" in text_of(form, file)
    assert "Ville de Nulle-Part" in text_of(form, file)
    assert "sans relecture" not in text_of(form, file)


@pytest.mark.parametrize(("reviewer", "editor"), [("", ""), ("Ana Bel", " "), ("", "Ville")])
def test_one_of_reviewer_and_editor_is_not_enough(reviewer: str, editor: str) -> None:
    assert Publication.of(reviewer, editor) is None


def test_without_a_review_the_label_is_printed_large(key: InstanceKey) -> None:
    reviewed = Publication.of("Ana Bel", "Ville")
    notice = answer().label.notice
    pages = {who: page_of(export([answer()], Format.HTML, key, MADE, who)) for who in (None, reviewed)}
    assert notice in pages[None].xpath("string(//p[contains(@class, 'large')])")
    assert not pages[reviewed].xpath("//p[contains(@class, 'large')]")
    sizes = {who: _size_in_docx(export([answer()], Format.DOCX, key, MADE, who), notice) for who in (None, reviewed)}
    assert sizes == {None: 20, reviewed: 11}
    assert f"> # {notice}" in export([answer()], Format.MARKDOWN, key, MADE).decode()
    heights = {
        who: _size_in_pdf(export([answer()], Format.PDF, key, MADE, who), notice[:20]) for who in (None, reviewed)
    }
    assert heights[None] > 1.5 * heights[reviewed]


def _size_in_docx(file: bytes, text: str) -> float:
    found = [p for p in docx.Document(BytesIO(file)).paragraphs if p.text == text]
    return float(found[0].runs[0].font.size.pt)


def _size_in_pdf(file: bytes, start: str) -> float:
    sizes: list[float] = []

    def note(text: str, _: object, matrix: list[float], __: object, size: float) -> None:
        if text.strip().startswith(start):
            sizes.append(size * matrix[3])

    for page in pdf_of(file).pages:
        page.extract_text(visitor_text=note)
    return sizes[0]


@EVERY_FORMAT
def test_a_question_with_markup_or_control_signs_stays_text(form: Format, key: InstanceKey) -> None:
    question = "puis-je <script>alert(1)</script> & **coller** [1] `ça` </script> ]]> <!-- x --> \x00\x0b ?"
    file = export([answer(question=question)], form, key, MADE)
    shown = question if form is Format.JSON else question.replace("\x00", "�").replace("\x0b", "�")
    if form is Format.PDF:
        shown = shown.replace("�", "[U+FFFD]")
    assert one_line(shown) in text_of(form, file)
    if form is Format.HTML:
        assert len(page_of(file).xpath("//script")) == 1


def test_a_sign_that_the_typeface_of_a_pdf_lacks_is_not_lost(key: InstanceKey) -> None:
    file = export([answer(question="le\u202fdélai : 72\u00a0h → vrai ?")], Format.PDF, key, MADE)
    assert "le délai : 72 h [U+2192] vrai ?" in text_of(Format.PDF, file)


@EVERY_FORMAT
def test_several_screens_of_quotes_are_all_there(form: Format, key: InstanceKey) -> None:
    texts = [f"{n}. " + BREACH.replace("72", str(n)) * 4 for n in range(1, 31)]
    given = answer(citations=tuple(citation(n, text) for n, text in enumerate(texts, 1)))
    file = export([given], form, key, MADE)
    seen = text_of(form, file)
    if form is Format.PDF:
        pages = pdf_of(file).pages
        assert len(pages) > 5
        seen = one_line("\n".join(page.extract_text().split("\n", 1)[1] for page in pages))
    assert all(one_line(text) in seen for text in texts)


def test_the_front_matter_of_markdown_carries_the_mark(key: InstanceKey) -> None:
    front = export([generated()], Format.MARKDOWN, key, MADE).decode().split("---\n")[1]
    facts = tomllib.loads("\n".join(line.replace(": ", " = ", 1) for line in front.splitlines()))
    assert facts["digital_source_type"] == TRAINED
    assert facts["ai_model"] == "ministral-3-3b"
    assert facts["ai_generated"] is True


def test_the_page_needs_nothing_beside_it_and_carries_linked_data(key: InstanceKey) -> None:
    page = page_of(export([answer()], Format.HTML, key, MADE))
    assert page.get("lang") == "fr"
    assert not page.xpath("//link | //img | //iframe | //script[@src]")
    data = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))
    assert data["digitalSourceType"] == COMPOSITE
    assert [quote.get("lang") for quote in page.xpath("//blockquote")] == ["fr", "en"]
    targets = {link.get("href")[1:] for link in page.xpath("//a[starts-with(@href, '#')]")}
    assert targets == {"source-1-1", "source-1-2"} <= set(page.xpath("//@id"))


def test_json_holds_the_contract_and_the_mark(key: InstanceKey) -> None:
    content = json.loads(export([answer()], Format.JSON, key, MADE))
    assert content["answers"][0]["citations"][0]["quote"] == BREACH
    assert content["ai_generated"] is True
    assert content["linked_data"]["digitalSourceType"] == COMPOSITE
    assert content["export"]["made_at"] == MADE.isoformat()


def test_the_properties_of_a_docx_carry_the_mark(key: InstanceKey) -> None:
    file = export([answer()], Format.DOCX, key, MADE)
    opened = docx.Document(BytesIO(file))
    assert opened.core_properties.comments == answer().label.notice
    assert opened.core_properties.language == "fr-FR"
    with zipfile.ZipFile(BytesIO(file)) as package:
        assert package.testzip() is None
        custom = etree.fromstring(package.read("docProps/custom.xml"))
        types = package.read("[Content_Types].xml").decode()
    values = {entry.get("name"): entry[0].text for entry in custom}
    assert values["DigitalSourceType"] == COMPOSITE
    assert "/docProps/custom.xml" in types
    assert [p.text for p in opened.paragraphs if p.style.name == "Quote"] == [*BREACH.split("\n"), ENGLISH]


def test_the_links_inside_a_docx_lead_to_its_sources(key: InstanceKey) -> None:
    body = docx.Document(BytesIO(export([answer()], Format.DOCX, key, MADE))).part.element
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    marks = {mark.get(f"{space}name") for mark in body.iter(f"{space}bookmarkStart")}
    assert {link.get(f"{space}anchor") for link in body.iter(f"{space}hyperlink")} - {None} == marks


def test_a_pdf_carries_the_mark_as_xmp_and_in_its_information(key: InstanceKey) -> None:
    opened = pdf_of(export([answer()], Format.PDF, key, MADE))
    packet = opened.xmp_metadata
    assert packet is not None
    found = packet.rdf_root.getElementsByTagNameNS("http://iptc.org/std/Iptc4xmpExt/2008-02-29/", "DigitalSourceType")
    assert found[0].firstChild.data == COMPOSITE
    assert packet.dc_title == {"x-default": "Réponse de l'assistant IA et droit"}
    information = opened.metadata
    assert information is not None
    assert information["/DigitalSourceType"] == COMPOSITE
    assert information.creation_date == information.modification_date == MADE
    assert opened.pdf_header == "%PDF-1.7"


def test_a_pdf_is_tagged_in_reading_order_with_its_languages(key: InstanceKey) -> None:
    root = pdf_of(export([answer(verdict=VERDICT)], Format.PDF, key, MADE)).trailer["/Root"]
    assert root["/Lang"] == "fr"
    assert root["/MarkInfo"]["/Marked"]
    nodes = [node.get_object() for node in root["/StructTreeRoot"]["/K"][0]["/K"]]
    tags = [node["/S"] for node in nodes]
    assert tags[0] == "/H1"
    assert {"/H2", "/H3", "/P", "/L", "/BlockQuote"} <= set(tags)
    assert [node["/Lang"] for node in nodes if node["/S"] == "/BlockQuote"] == ["fr", "en"]


def test_each_mark_on_a_page_of_a_pdf_belongs_to_an_element(key: InstanceKey) -> None:
    opened = pdf_of(export([answer()] * 3, Format.PDF, key, MADE))
    rows = opened.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    owners = {rows[n]: rows[n + 1] for n in range(0, len(rows), 2)}
    assert len(opened.pages) > 1
    for page in opened.pages:
        drawn = page.get_contents().get_data().count(b"BDC")
        assert drawn == len(owners[page["/StructParents"]]) > 0


def test_the_typeface_of_a_pdf_is_embedded(key: InstanceKey) -> None:
    opened = pdf_of(export([answer()], Format.PDF, key, MADE))
    used = {
        font.get_object()["/BaseFont"]: "/FontFile2" in font.get_object()["/FontDescriptor"]
        for page in opened.pages
        for font in page["/Resources"]["/Font"].values()
        if "/FontDescriptor" in font.get_object()
    }
    assert used
    assert all(used.values())


def test_nothing_is_no_export(key: InstanceKey) -> None:
    with pytest.raises(ValueError, match="one answer or more"):
        export([], Format.PDF, key, MADE)


def test_the_name_of_a_file_holds_the_time_and_nothing_of_the_question() -> None:
    assert file_name(Format.PDF, MADE) == "reponse-ia-2026-11-22-093000.pdf"
    assert {form.media_type.split("/")[0] for form in Format} == {"text", "application"}
