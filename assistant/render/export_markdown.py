"""An export as Markdown (CommonMark), its mark in the front matter.

The failure this prevents: official words changed by the Markdown around them (a `1.` that becomes a
list, a `*` that vanishes).
"""

from __future__ import annotations

import json
import re

from assistant.render.document import (
    Block,
    Document,
    Facts,
    Heading,
    Link,
    Listing,
    Notice,
    Quote,
    Text,
    lines,
)

_ANYWHERE = re.compile(r"[\\`*_\[\]<>|~]|&(?=#?\w+;)|#(?=\s*$)")
_LINKED = re.compile("\x00([^\x01]*)\x01([^\x02]*)\x02")
"""A piece of text and its anchor; the three signs occur in no text that was made printable."""

_LINE_START = re.compile(r"^([#+=-])|^(\d+)([.)])(?=\s|$)")


def markdown(document: Document, slot: str) -> bytes:
    """The file; the slot stands in a comment at its end."""
    parts = [_front_matter(document), *(_block(block) for block in document.blocks), f"<!-- {slot} -->"]
    return ("\n\n".join(parts) + "\n").encode()


def escaped(line: str) -> str:
    """One line as Markdown that shows it letter for letter."""
    return _LINE_START.sub(
        lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", _ANYWHERE.sub(r"\\\g<0>", line.strip())
    )


def _front_matter(document: Document) -> str:
    """YAML whose values are JSON strings, which YAML reads as they are."""
    record = document.record
    facts: dict[str, object] = {
        "title": document.title,
        "lang": document.lang,
        "date": record.made_at.isoformat(timespec="seconds"),
        "ai_generated": True,
        "ai_notice": document.notice,
        "digital_source_type": record.digital_source_type,
        "ai_mode": record.mode,
        "ai_model": record.model,
        "generator": record.program,
    }
    if record.reviewer:
        facts |= {"reviewed_by": record.reviewer, "editorial_responsibility": record.editor}
    listed = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in facts.items()]
    return "\n".join(["---", *listed, "---"])


def _block(block: Block) -> str:
    match block:
        case Heading(level, text, anchor):
            target = f'<a id="{anchor}"></a>' if anchor else ""
            shown = f"{'#' * level} {target}{escaped(text)}"
        case Notice(text, large):
            shown = f"> # {escaped(text)}" if large else f"> **{escaped(text)}**"
        case Text():
            shown = _text(block)
        case Listing(items):
            shown = "\n".join(f"- {_one_line(item)}" for item in items)
        case Facts(pairs):
            shown = "\n".join(f"- **{escaped(name)}** {_one_line(value)}" for name, value in pairs)
        case Quote(text):
            shown = "\n>\n".join(f"> {escaped(line)}" for line in lines(text))
        case Link(name, url):
            shown = f"[{escaped(name)}](<{url}>)"
    return shown


def _one_line(text: str) -> str:
    return escaped(" ".join(lines(text)))


def _text(block: Text) -> str:
    linked = "".join(f"\x00{piece}\x01{anchor}\x02" if anchor else piece for piece, anchor in block.pieces())
    shown = "\n\n".join(escaped(line) for line in lines(linked))
    return _LINKED.sub(r"[\1](#\2)", shown)
