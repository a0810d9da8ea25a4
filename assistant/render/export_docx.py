"""An export as a DOCX, made by python-docx, its mark in the document's properties.

The failure this prevents: a document that loses its label's metadata, its quotes' language or its
signature between this program and a word processor.
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import UTC
from io import BytesIO
from typing import Any

import docx as python_docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from lxml import etree

from assistant.mark.slot import PART
from assistant.render.document import Block, Document, Facts, Heading, Link, Listing, Notice, Quote, Text, lines
from assistant.render.docx_properties import CUSTOM_PART, CUSTOM_RELATIONSHIP, CUSTOM_TYPE, custom_properties

_MARK_RELATIONSHIP = "https://schema.org/digitalSourceType"
_LANGUAGES = {"fr": "fr-FR", "en": "en-GB"}
_LINK_COLOUR = RGBColor(0x1C, 0x4F, 0x9C)
_EPOCH = (2020, 1, 1, 0, 0, 0)
"""Every part's date in the ZIP: the export's own date is in its properties."""


def docx(document: Document, slot: str) -> bytes:
    """The file; the slot is a part of its own, stored last (see `assistant.mark.slot`)."""
    file = python_docx.Document()
    _describe(file, document)
    for block in document.blocks:
        _write(file, block)
    _footer(file, document.footer)
    package = file.part.package
    custom = custom_properties(document)
    package.relate_to(Part(PackURI(f"/{CUSTOM_PART}"), CUSTOM_TYPE, custom, package), CUSTOM_RELATIONSHIP)
    package.relate_to(Part(PackURI(f"/{PART}"), "text/plain", slot.encode(), package), _MARK_RELATIONSHIP)
    written = BytesIO()
    file.save(written)
    return _slot_last(written)


def _slot_last(written: BytesIO) -> bytes:
    """The same package with the slot's part last and uncompressed, and without the hour of this machine."""
    result = BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(result, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: name == PART):
            kind = zipfile.ZIP_STORED if name == PART else zipfile.ZIP_DEFLATED
            new.writestr(zipfile.ZipInfo(name, _EPOCH), old.read(name), kind)
    return result.getvalue()


def _describe(file: Any, document: Document) -> None:
    record, language = document.record, _LANGUAGES[document.lang]
    properties = file.core_properties
    properties.title = document.title
    properties.author = record.program
    properties.last_modified_by = record.program
    properties.comments = document.notice
    properties.category = record.digital_source_type
    properties.language = language
    properties.created = properties.modified = record.made_at.astimezone(UTC).replace(tzinfo=None)
    default = file.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    default.set(qn("w:val"), language)
    for name, size in (("Normal", 11), ("Heading 1", 20), ("Heading 2", 15), ("Heading 3", 12)):
        style = file.styles[name]
        style.font.size = Pt(size)
        style.font.color.rgb = RGBColor(0x1B, 0x1B, 0x1B)


def _write(file: Any, block: Block) -> None:
    match block:
        case Heading():
            _heading(file, block)
        case Notice(text, large):
            run = file.add_paragraph().add_run(text)
            run.bold = True
            run.font.size = Pt(20 if large else 11)
        case Text():
            _running(file, block)
        case Listing(items):
            _listing(file, items)
        case Facts(pairs):
            _facts(file, pairs)
        case Quote(text, lang):
            _quote(file, text, lang)
        case Link(name, url):
            _link(file.add_paragraph(), name, url=url)


def _heading(file: Any, block: Heading) -> None:
    paragraph = file.add_heading(block.text, block.level)
    if block.anchor:
        _bookmark(paragraph, block.anchor)


def _listing(file: Any, items: Sequence[str]) -> None:
    for item in items:
        file.add_paragraph(item, style="List Bullet")


def _facts(file: Any, pairs: Sequence[tuple[str, str]]) -> None:
    for name, value in pairs:
        paragraph = file.add_paragraph()
        paragraph.add_run(f"{name} ").bold = True
        paragraph.add_run(value)


def _quote(file: Any, text: str, lang: str) -> None:
    for line in lines(text):
        _language(file.add_paragraph(style="Quote").add_run(line), _LANGUAGES.get(lang, lang))


def _running(file: Any, block: Text) -> None:
    paragraph = file.add_paragraph()
    for piece, anchor in block.pieces():
        if anchor:
            _link(paragraph, piece, anchor=anchor)
        else:
            paragraph.add_run(piece)


def _link(paragraph: Any, name: str, url: str = "", anchor: str = "") -> None:
    link = OxmlElement("w:hyperlink")
    if url:
        link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    else:
        link.set(qn("w:anchor"), _bookmark_name(anchor))
    run = paragraph.add_run(name)
    run.font.underline = True
    run.font.color.rgb = _LINK_COLOUR
    paragraph._p.append(link)  # noqa: SLF001  (python-docx has no public way to place a hyperlink)
    link.append(run._r)  # noqa: SLF001


def _bookmark(paragraph: Any, anchor: str) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    number = str(sum(1 for _ in paragraph.part.element.iter(qn("w:bookmarkStart"))))
    start.set(qn("w:id"), number)
    start.set(qn("w:name"), _bookmark_name(anchor))
    end.set(qn("w:id"), number)
    paragraph._p.extend([start, end])  # noqa: SLF001  (python-docx has no bookmarks)


def _bookmark_name(anchor: str) -> str:
    return anchor.replace("-", "_")


def _language(run: Any, language: str) -> None:
    element = etree.SubElement(run._r.get_or_add_rPr(), qn("w:lang"))  # noqa: SLF001  (python-docx has no language of a run)
    element.set(qn("w:val"), language)


def _footer(file: Any, text: str) -> None:
    file.sections[0].footer.paragraphs[0].text = text
