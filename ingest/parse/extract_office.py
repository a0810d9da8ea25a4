"""DOCX and ODT files to headings and paragraphs.

Word's and LibreOffice's automatic numbers are drawn, not written: they are not in the text.
The failure this prevents: words lost because they stand in a content control, a table or an accepted
revision, and words kept that a revision had deleted.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import docx
import odf.opendocument
from docx.oxml.ns import qn
from odf.namespaces import OFFICENS, TABLENS, TEXTNS

from ingest.parse.extracted import Extracted, Layout, Piece

_HEADING_STYLE = re.compile(r"(?:heading|titre) (\d)", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n]+")
_DOCX_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "\u2011"}
_DOCX_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DOCX_SKIPPED = frozenset({qn("w:pPr"), qn("w:rPr"), qn("w:del"), qn("w:moveFrom"), _DOCX_FALLBACK})
_ODT_SIGNS = {(TEXTNS, "tab"): "\t", (TEXTNS, "line-break"): "\n"}
_ODT_SKIPPED = frozenset({(TEXTNS, "tracked-changes"), (TEXTNS, "note"), (OFFICENS, "annotation")})
_ODT_TEXT_NODE = 3


def read_docx(data: bytes) -> Extracted:
    """Paragraphs, headings (by style) and table rows of a Word document, in reading order."""
    document = docx.Document(io.BytesIO(data))
    pieces = tuple(_docx_pieces(document.element.body, document))
    return Extracted(Layout.FLOW, pieces, title=document.core_properties.title or "")


def _docx_pieces(parent: Any, document: Any) -> Iterator[Piece]:
    for child in parent:
        if child.tag == qn("w:p"):
            level = _docx_level(child, document)
            text = _trimmed(_docx_text(child))
            if text and level >= 0:
                yield Piece(" ".join(text.split("\n")) if level else text, level)
        elif child.tag == qn("w:tbl"):
            for row in child.iter(qn("w:tr")):
                cells = ("\n".join(_docx_text(p) for p in cell.iter(qn("w:p"))) for cell in row.iter(qn("w:tc")))
                yield Piece("\t".join(_trimmed(cell) for cell in cells))
        elif child.tag not in _DOCX_SKIPPED:
            yield from _docx_pieces(child, document)


def _docx_level(paragraph: Any, document: Any) -> int:
    """Heading level of a paragraph, 0 for running text, -1 for a line of a table of contents."""
    style = docx.text.paragraph.Paragraph(paragraph, document).style
    while style is not None:
        name = style.name or ""
        if name.lower().startswith("toc "):
            return -1
        if name == "Title":
            return 1
        match = _HEADING_STYLE.fullmatch(name)
        if match:
            return max(1, min(int(match[1]), 6))
        style = style.base_style
    return 0


def _docx_text(element: Any) -> str:
    words = []
    for child in element:
        if child.tag == qn("w:t"):
            words.append(child.text or "")
        elif child.tag in _DOCX_SIGNS:
            words.append(_DOCX_SIGNS[child.tag])
        elif child.tag not in _DOCX_SKIPPED:
            words.append(_docx_text(child))
            if child.tag == qn("w:p"):
                words.append("\n")
    return "".join(words)


def read_odt(data: bytes) -> Extracted:
    """Paragraphs, headings and table rows of an OpenDocument text, in reading order."""
    document = odf.opendocument.load(io.BytesIO(data))
    return Extracted(Layout.FLOW, tuple(_odt_pieces(document.text)))


def _odt_pieces(parent: Any) -> Iterator[Piece]:
    for child in parent.childNodes:
        name = getattr(child, "qname", None)
        if name == (TEXTNS, "h"):
            level = min(int(child.getAttribute("outlinelevel") or 1), 6)
            yield from _piece(" ".join(_trimmed(_odt_text(child)).split("\n")), level)
        elif name == (TEXTNS, "p"):
            yield from _piece(_trimmed(_odt_text(child)))
        elif name == (TABLENS, "table-row"):
            yield from _piece("\t".join(_odt_cell(cell) for cell in child.childNodes))
        elif name is not None and name not in _ODT_SKIPPED:
            yield from _odt_pieces(child)


def _odt_cell(cell: Any) -> str:
    return "\n".join(piece.text for piece in _odt_pieces(cell))


def _odt_text(element: Any) -> str:
    words = []
    for child in element.childNodes:
        name = getattr(child, "qname", None)
        if child.nodeType == _ODT_TEXT_NODE:
            words.append(_SPACES.sub(" ", child.data))
        elif name == (TEXTNS, "s"):
            words.append(" " * int(child.getAttribute("c") or 1))
        elif name in _ODT_SIGNS:
            words.append(_ODT_SIGNS[name])
        elif name not in _ODT_SKIPPED:
            words.append(_odt_text(child))
    return "".join(words)


def _piece(text: str, level: int = 0) -> Iterator[Piece]:
    if text.strip():
        yield Piece(text, level)


def _trimmed(text: str) -> str:
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
