"""HTML pages and Markdown files to headings and paragraphs.

The failure this prevents: menus, scripts and markup signs quoted as if the city had written them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.parse.extracted import Extracted, Layout, Piece

_SKIPPED = frozenset({"script", "style", "template", "noscript", "nav", "footer", "svg", "button", "select", "head"})
_INLINE = re.compile(
    "a|abbr|b|bd[io]|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark|q|s|samp|small|span|strong|sub|sup"
    "|t[dh]|time|tt|u|var|wbr"
)
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3}
_SPACES = re.compile(r"[ \t\r\n\f]+")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


class _Page:
    """Collects the words between two block boundaries of an HTML tree."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._words: list[str] = []

    def read(self, element: Any, *, verbatim: bool = False) -> None:  # lxml has no public element type
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in _SKIPPED or "hidden" in element.attrib:
            return
        if tag == "br":
            self._words.append("\n")
            return
        block = not _INLINE.fullmatch(tag)
        if block:
            self._flush()
        verbatim = verbatim or tag == "pre"
        self._say(element.text, verbatim=verbatim)
        for child in element:
            self.read(child, verbatim=verbatim)
            self._say(child.tail, verbatim=verbatim)
        if tag in {"td", "th"}:
            self._words.append("\t")
        if block:
            self._flush(_HEADINGS.get(tag, 0))

    def _say(self, text: str | None, *, verbatim: bool) -> None:
        self._words.append((text or "") if verbatim else _SPACES.sub(" ", text or ""))

    def _flush(self, level: int = 0) -> None:
        lines = [line.strip() for line in "".join(self._words).split("\n")]
        self._words.clear()
        text = (" " if level else "\n").join(line for line in lines if line)
        if text:
            self.pieces.append(Piece(text, level))


def read_html(text: str) -> Extracted:
    """The `main` element of a page when there is one, else its body; h1 to h3 are headings."""
    root = etree.fromstring(_DECLARATION.sub("", text), etree.HTMLParser(remove_comments=True))
    if root is None:
        return Extracted(Layout.FLOW, ())
    main = root.find(".//main")
    page = _Page()
    page.read(root if main is None else main)
    title = root.findtext(".//title") or ""
    return Extracted(Layout.FLOW, tuple(page.pieces), title=_SPACES.sub(" ", title).strip())


def read_markdown(text: str) -> Extracted:
    """CommonMark and tables; list markers stay as written, signs of emphasis and links go."""
    tokens = MarkdownIt("commonmark").enable("table").parse(_FRONT_MATTER.sub("", text))
    return Extracted(Layout.FLOW, tuple(_markdown_pieces(tokens)))


def _markdown_pieces(tokens: Sequence[Token]) -> Iterator[Piece]:
    marker, level, row = "", 0, None
    for token in tokens:
        match token.type:
            case "list_item_open" | "list_item_close":
                marker = f"{marker} {token.info}{token.markup}".strip() if token.nesting > 0 else ""
            case "heading_open":
                level = int(token.tag[1])
            case "tr_open":
                row = list[str]()
            case "tr_close":
                yield Piece("\t".join(row or ()))
                row = None
            case "inline" if row is not None:
                row.append(_inline_text(token))
            case "inline":
                yield Piece(f"{marker} {_inline_text(token)}".strip(), level)
                marker, level = "", 0
            case "fence" | "code_block":
                yield Piece(token.content.rstrip("\n"))
            case "html_block":
                yield from read_html(f"<div>{token.content}</div>").pieces


def _inline_text(token: Token) -> str:
    words = []
    for child in token.children or ():
        if child.type == "softbreak":
            words.append(" ")
        elif child.type == "hardbreak" or (child.type == "html_inline" and _BREAK.fullmatch(child.content)):
            words.append("\n")
        elif child.type != "html_inline":
            words.append(child.content)
    return "".join(words).strip()
