"""Makes real files of each format for the tests, with the libraries that write them, and reads them back."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
from odf.opendocument import OpenDocumentText
from odf.style import Style
from odf.table import Table, TableCell, TableRow
from odf.text import H, P, Tab
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject

from assistant.law.act import Act
from assistant.manifest import Bilingual, DocumentSource, Manifest
from ingest.parse.document import read_folder

NOTHING = Manifest(schema_version=1, act=(), document=(), file=())


def pdf(pages: Sequence[Sequence[str]]) -> PdfWriter:
    """A PDF with one printed line for each text; an empty page holds nothing."""
    writer = PdfWriter()
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        shown = b" T* ".join(b"(" + _escaped(line) + b") Tj" for line in lines)
        stream = DecodedStreamObject()
        stream.set_data(b"BT /F1 11 Tf 14 TL 50 780 Td " + shown + b" ET" if lines else b"")
        page[NameObject("/Contents")] = writer._add_object(stream)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): _helvetica()})}
        )
    return writer


def scan() -> PdfWriter:
    """A PDF whose only page is a picture."""
    writer = pdf([[]])
    picture = DecodedStreamObject()
    picture.set_data(b"\x00\xff\xff\x00")
    picture.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Image"),
            NameObject("/Width"): NumberObject(2),
            NameObject("/Height"): NumberObject(2),
            NameObject("/ColorSpace"): NameObject("/DeviceGray"),
            NameObject("/BitsPerComponent"): NumberObject(8),
        }
    )
    stream = DecodedStreamObject()
    stream.set_data(b"q 500 0 0 700 50 50 cm /I1 Do Q")
    page = writer.pages[0]
    page[NameObject("/Contents")] = writer._add_object(stream)
    images = DictionaryObject({NameObject("/I1"): writer._add_object(picture)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): images})
    return writer


def saved(writer: PdfWriter) -> bytes:
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _escaped(line: str) -> bytes:
    raw = line.encode("cp1252")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _helvetica() -> DictionaryObject:
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding"}
    return DictionaryObject({NameObject(key): NameObject(value) for key, value in names.items()})


def word(path: Path, paragraphs: Sequence[tuple[str, str]], table: Sequence[Sequence[str]] = ()) -> Any:
    """A DOCX of (style, text) paragraphs and a table; the document is returned for further changes."""
    document = docx.Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style)
    if table:
        grid = document.add_table(rows=0, cols=len(table[0]))
        for row in table:
            cells = grid.add_row().cells
            for cell, text in zip(cells, row, strict=True):
                cell.text = text
    document.save(str(path))
    return document


def opendocument(path: Path, paragraphs: Sequence[tuple[int, str]], table: Sequence[Sequence[str]] = ()) -> None:
    """An ODT of (heading level or 0, text) paragraphs and a table; a tab in a text becomes ODF's own."""
    document = OpenDocumentText()
    document.styles.addElement(Style(name="Standard", family="paragraph"))
    for level, text in paragraphs:
        element = H(outlinelevel=level) if level else P()
        for number, piece in enumerate(text.split("\t")):
            if number:
                element.addElement(Tab())
            element.addText(piece)
        document.text.addElement(element)
    if table:
        grid = Table()
        for row in table:
            line = TableRow()
            for text in row:
                cell = TableCell()
                cell.addElement(P(text=text))
                line.addElement(cell)
            grid.addElement(line)
        document.text.addElement(grid)
    document.save(str(path))


def source(identifier: str, kind: str = "deliberation", **fields: object) -> DocumentSource:
    """A manifest entry with only what a test is about."""
    name = Bilingual(fr=identifier.title())
    common = {"title": name, "short": name, "names": (), "date": dt.date(2025, 6, 27), "published_at": "somewhere"}
    return DocumentSource.model_validate(
        {"id": identifier, "kind": kind, "path": f"local/{identifier}.txt", **common, **fields}
    )


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def read_one(path: Path, manifest: Manifest = NOTHING) -> Act:
    acts, errors = read_folder(path.parent, manifest)
    assert not errors
    return acts[0]


def error_of(path: Path, data: bytes) -> str:
    """What is said of a file beside a good one, which must still be read."""
    path.write_bytes(data)
    path.with_name("bon.txt").write_text("Un texte lisible.", encoding="utf-8")
    acts, errors = read_folder(path.parent, NOTHING)
    assert [act.act for act in acts] == ["bon"]
    (error,) = errors
    message = str(error)
    assert path.name in message
    assert "\n" not in message
    return message


def texts(act: Act) -> dict[str, str]:
    return {str(top.locator): top.official_text() for top in act.provisions}


def manifest_of(*documents: DocumentSource) -> Manifest:
    return NOTHING.model_copy(update={"document": documents})
