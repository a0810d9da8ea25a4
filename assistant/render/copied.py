"""What "copy with sources" puts on the clipboard: plain text, and the same as HTML with the mark.

The failure this prevents: an answer pasted into a mail or a report without its sources or its label.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.answer import Answer
from assistant.law.citation import Citation
from assistant.render.document import Block, Heading, Link, Listing, Text, printable
from assistant.render.export_content import answer_blocks
from assistant.render.export_html import template
from assistant.render.export_words import Words, words
from assistant.render.terminal import status_words


@dataclass(frozen=True, slots=True)
class Copied:
    """The two flavours of one copy."""

    plain: str
    html: str


def copied(answer: Answer) -> Copied:
    """An answer with its sources and its label, as visible lines in both flavours, and the mark in the HTML one."""
    said = words(answer.lang)
    blocks: list[Block] = [Text(f"{said.question}{said.colon} {printable(answer.question)}")]
    blocks += answer_blocks(answer, {}, said)
    return Copied(_plain(blocks, answer, said), _html(blocks, answer, said))


def _source(citation: Citation, lang: str) -> str:
    facts = ", ".join(part for part in (citation.version_date, status_words(citation.status, lang)) if part)
    return f"[{citation.n}] {citation.label} ({facts})"


def _plain(blocks: Sequence[Block], answer: Answer, said: Words) -> str:
    parts: list[str] = []
    for block in blocks:
        match block:
            case Text(text):
                parts.append(text)
            case Listing(items):
                parts.append("\n".join(f"- {item}" for item in items))
    if answer.citations:
        listed = [f"{_source(citation, answer.lang)} {citation.url}".rstrip() for citation in answer.citations]
        parts.append("\n".join([f"{said.sources}{said.colon}", *listed]))
    return "\n\n".join([*parts, answer.label.notice])


def _html(blocks: Sequence[Block], answer: Answer, said: Words) -> str:
    sources: list[Block] = [Heading(3, said.sources)] if answer.citations else []
    for citation in answer.citations:
        name = _source(citation, answer.lang)
        sources.append(Link(name, citation.url) if citation.url else Text(name))
    return template("copied.html").render(
        lang=answer.lang,
        source_type=answer.label.digital_source_type,
        notice=answer.label.notice,
        mark=said.mark,
        blocks=[*blocks, *sources],
    )
