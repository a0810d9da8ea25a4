"""Answers to a signed file, in the format that is asked for.

The failure this prevents: a way out of the program that forgot the label, the mark or the signature.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from assistant.answering.answer import Answer
from assistant.mark.key import InstanceKey
from assistant.mark.slot import blank_slot, seal
from assistant.render.document import Document
from assistant.render.export_content import Publication, document


class Format(StrEnum):
    """The formats; the value is the file's suffix."""

    MARKDOWN = "md"
    HTML = "html"
    JSON = "json"
    DOCX = "docx"
    PDF = "pdf"

    @property
    def media_type(self) -> str:
        """What a web server says of such a file."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    Format.MARKDOWN: "text/markdown; charset=utf-8",
    Format.HTML: "text/html; charset=utf-8",
    Format.JSON: "application/json",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PDF: "application/pdf",
}


def export(
    answers: Sequence[Answer],
    form: Format,
    key: InstanceKey,
    made_at: datetime,
    publication: Publication | None = None,
) -> bytes:
    """The signed file of one answer or more (a conversation, in its order).

    Without `publication` the label is printed large.
    """
    if not answers:
        raise ValueError("an export holds one answer or more")
    shown = document(answers, made_at, publication)
    return seal(_rendered(shown, answers, form, blank_slot(shown.record, key)), key)


def file_name(form: Format, made_at: datetime) -> str:
    """A name that sorts by time and holds nothing of the question."""
    return f"reponse-ia-{made_at:%Y-%m-%d-%H%M%S}.{form.value}"


def _rendered(shown: Document, answers: Sequence[Answer], form: Format, slot: str) -> bytes:
    from assistant.render.export_docx import docx
    from assistant.render.export_html import html
    from assistant.render.export_json import to_json
    from assistant.render.export_markdown import markdown
    from assistant.render.export_pdf import pdf

    match form:
        case Format.MARKDOWN:
            return markdown(shown, slot)
        case Format.HTML:
            return html(shown, slot)
        case Format.JSON:
            return to_json(shown, answers, slot)
        case Format.DOCX:
            return docx(shown, slot)
        case Format.PDF:
            return pdf(shown, slot)
