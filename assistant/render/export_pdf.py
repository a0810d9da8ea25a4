"""An export as a tagged PDF: drawn by reportlab with the embedded typeface it ships, its mark as XMP.

The failure this prevents: a PDF without its accents, without its structure, or whose metadata says
nothing of the AI system that made it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from html import escape
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, SimpleDocTemplate

from assistant.render.document import Block, Document, Facts, Heading, Link, Listing, Notice, Quote, Text, lines
from assistant.render.pdf_metadata import information, xmp
from assistant.render.pdf_tags import Element, Marks, TaggedParagraph, write_structure

_INK, _BLUE, _PALE = HexColor("#1b1b1b"), HexColor("#1c4f9c"), HexColor("#f3f6fb")
_REGULAR, _BOLD = "Vera", "Vera-Bold"
_VERSION = "%PDF-1.7"
"""Structure, language and XMP are newer than what reportlab writes by default."""


def pdf(document: Document, slot: str) -> bytes:
    """The file; the slot stands in a comment behind its last line."""
    root, drawn = Element("Document"), BytesIO()
    SimpleDocTemplate(
        drawn, pagesize=A4, leftMargin=22 * mm, rightMargin=22 * mm, topMargin=20 * mm, bottomMargin=22 * mm
    ).build(_story(document, root), onFirstPage=_footer(document.footer), onLaterPages=_footer(document.footer))
    writer = PdfWriter(clone_from=PdfReader(drawn))
    writer.pdf_header = _VERSION
    write_structure(writer, root, document.lang)
    writer.add_metadata(information(document))
    writer.xmp_metadata = xmp(document)
    shown = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    writer.root_object[NameObject("/ViewerPreferences")] = shown
    finished = BytesIO()
    writer.write(finished)
    return finished.getvalue().rstrip(b"\n") + f"\n%{slot}\n".encode()


@cache
def _signs() -> frozenset[int]:
    """Make the typeface known to reportlab; the characters that it can draw, bold or not."""
    regular, bold = TTFont(_REGULAR, "Vera.ttf"), TTFont(_BOLD, "VeraBd.ttf")
    for font in (regular, bold):
        registerFont(font)
    registerFontFamily(_REGULAR, _REGULAR, _BOLD, _REGULAR, _BOLD)
    return frozenset(regular.face.charToGlyph) & frozenset(bold.face.charToGlyph) | {ord("\t")}


@cache
def _styles() -> dict[str, ParagraphStyle]:
    body = ParagraphStyle("body", fontName=_REGULAR, fontSize=10, leading=14.5, textColor=_INK, spaceAfter=5)

    def bold(name: str, size: float, before: float = 8) -> ParagraphStyle:
        return ParagraphStyle(
            name, body, fontName=_BOLD, fontSize=size, leading=size * 1.3, spaceBefore=before, keepWithNext=True
        )

    return {
        "body": body,
        "item": ParagraphStyle("item", body, leftIndent=14, bulletIndent=4),
        "quote": ParagraphStyle("quote", body, leftIndent=12, rightIndent=6, backColor=_PALE, borderPadding=4),
        "notice": ParagraphStyle("notice", body, fontName=_BOLD),
        "large": ParagraphStyle(
            "large", body, fontName=_BOLD, fontSize=17, leading=22, borderColor=_INK, borderWidth=2, borderPadding=6,
            spaceBefore=10, spaceAfter=14,
        ),
        "h1": bold("h1", 18, 0),
        "h2": bold("h2", 14, 12),
        "h3": bold("h3", 11),
    }  # fmt: skip


def _story(document: Document, root: Element) -> list[Flowable]:
    marks = Marks()
    return [
        TaggedParagraph(markup, _styles()[style], bulletText="•" if style == "item" else None).tagged(element, marks)
        for block in document.blocks
        for markup, style, element in _pieces(block, root)
    ]


def _pieces(block: Block, root: Element) -> Sequence[tuple[str, str, Element]]:
    """What a block draws: markup, style, and the element of the structure that it is."""
    match block:
        case Heading(level, text, anchor):
            target = f'<a name="{anchor}"/>' if anchor else ""
            shown = [(target + _drawn(text), f"h{level}", root.child(f"H{level}"))]
        case Notice(text, large):
            shown = [(_drawn(text), "large" if large else "notice", root.child("P"))]
        case Text(text, anchors):
            shown = [(_running(Text(line, anchors)), "body", root.child("P")) for line in lines(text)]
        case Listing(items):
            listed = root.child("L")
            shown = [(_drawn(item), "item", listed.child("LI").child("LBody")) for item in items]
        case Facts(pairs):
            shown = [(f"<b>{_drawn(n)}</b> {_drawn(v)}", "body", root.child("P")) for n, v in pairs]
        case Quote(text, lang):
            quote = root.child("BlockQuote", lang)
            shown = [(_drawn(line), "quote", quote.child("P")) for line in lines(text)]
        case Link(name, url):
            shown = [(_linked(_drawn(name), url), "body", root.child("P"))]
    return shown


def _drawn(text: str) -> str:
    """Text as markup; a sign that the typeface lacks is written as its plain equivalent, or by its code."""
    return escape("".join(char if ord(char) in _signs() else _stand_in(char) for char in text))


def _stand_in(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    return plain if _signs().issuperset(map(ord, plain)) else f"[U+{ord(char):04X}]"


def _running(text: Text) -> str:
    return "".join(_linked(_drawn(piece), f"#{anchor}") if anchor else _drawn(piece) for piece, anchor in text.pieces())


def _linked(markup: str, target: str) -> str:
    return f'<a href="{escape(target)}" color="#1c4f9c"><u>{markup}</u></a>'


class _footer:  # noqa: N801  (called like the function that reportlab asks for)
    """Label and page number at the foot of each page, outside of the structure."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __call__(self, canvas: Canvas, _: SimpleDocTemplate) -> None:
        canvas.addLiteral("/Artifact BMC")
        canvas.setFont(_REGULAR, 8)
        canvas.setFillColor(_INK)
        canvas.drawString(22 * mm, 12 * mm, f"{self._text} – {canvas.getPageNumber()}")
        canvas.addLiteral("EMC")
