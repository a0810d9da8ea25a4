"""Exports read back by other libraries than those that wrote them, where there are any."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import docx
from lxml import html
from markdown_it import MarkdownIt
from pypdf import PdfReader

from assistant.render.export import Format


def page_of(file: bytes | str) -> Any:
    """Parsed HTML; Any, because what XPath returns has no type."""
    return html.fromstring(file)


def pdf_of(file: bytes) -> Any:
    """A PDF as pypdf reads it; Any, because its objects are looked into without asking for each type."""
    return PdfReader(BytesIO(file))


def one_line(text: str) -> str:
    """White space as one blank: a page breaks its lines where they end."""
    return " ".join(text.split())


def text_of(form: Format, file: bytes) -> str:
    """What a reader sees, in one line."""
    match form:
        case Format.MARKDOWN:
            body = file.decode().split("\n---\n", 1)[1]
            seen = page_of(f"<div>{MarkdownIt('commonmark').render(body)}</div>").text_content()
        case Format.HTML:
            seen = "\n".join(page_of(file).find("body").itertext())
        case Format.JSON:
            seen = "\n".join(_strings(json.loads(file)))
        case Format.DOCX:
            seen = "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(file)).paragraphs)
        case Format.PDF:
            seen = "\n".join(page.extract_text() for page in pdf_of(file).pages)
    return one_line(seen)


def links_of(form: Format, file: bytes) -> set[str]:
    """Where the links of a file lead outside of it."""
    match form:
        case Format.MARKDOWN:
            rendered = MarkdownIt("commonmark").render(file.decode())
            found: set[str] = set(page_of(f"<div>{rendered}</div>").xpath("//a/@href"))
        case Format.HTML:
            found = set(page_of(file).xpath("//a/@href"))
        case Format.JSON:
            found = {citation["url"] for each in json.loads(file)["answers"] for citation in each["citations"]}
        case Format.DOCX:
            related = docx.Document(BytesIO(file)).part.rels.values()
            found = {each.target_ref for each in related if each.is_external}
        case Format.PDF:
            notes = [note.get_object() for page in pdf_of(file).pages for note in page.get("/Annots", [])]
            found = {note["/A"]["/URI"] for note in notes if "/URI" in note.get("/A", {})}
    return {link for link in found if not link.startswith("#")}


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _strings(part)]
