"""Blocks to provisions: every marker becomes a part of a locator, every unnumbered paragraph an `alN`.

The failure this prevents: "5(1)(b bis)" filed under "5(1)(b)", and the second subparagraph of a
paragraph cited as if it were the first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from assistant.errors import ParseError
from assistant.law.act import Division, Provision, ProvisionKind
from assistant.law.identifiers import ORDERS, Locator, LocatorKind, order_word
from ingest.parse.blocks import Block, BlockKind

_QUOTES = ("«", "‘", "“", "'", '"')
_DASHES = ("—", "–", "-", "•")
_ROMAN = re.compile(r"[ivx]+")
_HEADING_PART = re.compile(r"^(?:Section\s+|\()?([A-Z]|\d+|[a-z])(?:[.)]|\s*[-—–]|$)")


@dataclass(slots=True)
class Node:
    """A provision under construction."""

    locator: Locator
    kind: ProvisionKind
    marker: str = ""
    lines: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    amended_by: str = ""
    subparagraphs: int = 1
    numbered: bool = False

    def child(self, part: str) -> Node | None:
        """The child called `part`, or None."""
        locator = self.locator.child(part)
        return next((child for child in self.children if child.locator == locator), None)

    def tail(self) -> Node:
        """The node whose words come last in print."""
        return self.children[-1].tail() if self.children else self

    def freeze(self, title: str = "", path: tuple[Division, ...] = (), anchor: str = "") -> Provision:
        """The finished provision; a change in a part counts as a change of the whole."""
        children = tuple(child.freeze() for child in self.children)
        amended = self.amended_by or next((child.amended_by for child in children if child.amended_by), "")
        text = "\n".join(self.lines)
        return Provision(self.locator, self.kind, self.marker, text, children, title, path, amended, anchor)


def part_of(marker: str, lang: str, previous: str) -> str | None:
    """The part that a printed marker stands for: `1.`, `b bis)`, `(ba)`, `(14a)`; None for dashes and quoted markers.

    `previous` is the part before it: `(ba)` after `(b)` is an inserted point, `(ii)` after `(i)` is not.
    """
    if marker.startswith(_QUOTES) or marker.startswith(_DASHES):
        return None
    bare = re.sub(r"[\s\u00a0()]+", "", marker).lower().rstrip(".").rpartition(".")[2]
    match = re.fullmatch(rf"(\d+|[a-z]+?)({'|'.join(ORDERS)})?", bare)
    if lang == "en":
        inserted = re.fullmatch(r"(\d+)([a-i])", bare)
        if inserted:
            return inserted[1] + order_word(inserted[2])
        if len(bare) == 2 and bare.isalpha() and not _ROMAN.fullmatch(bare) and previous[:1] == bare[0]:
            return bare[0] + order_word(bare[1])
    if match is None:
        raise ParseError(f"'{marker}' is not a marker that the parser knows: report it with the act's name")
    return match[1] + (match[2] or "")


def fill(node: Node, blocks: list[Block], lang: str) -> None:
    """Put blocks below a node, in print order."""
    headings: dict[int, Node] = {}
    for block in blocks:
        target = headings[max(headings)] if headings else node
        if target.children and target.children[-1].numbered and block.kind is not BlockKind.PARAGRAPH:
            target = target.children[-1]
        if block.kind is BlockKind.HEADING:
            _heading(node, headings, block)
        elif block.kind is BlockKind.ROW:
            target.tail().lines.append(block.text)
        elif block.kind is BlockKind.TEXT:
            _text(target, block)
        else:
            _item(target, block, lang)


def _text(node: Node, block: Block) -> None:
    if node.kind in {ProvisionKind.RECITAL, ProvisionKind.HEADING} or not (node.lines or node.children):
        node.lines.append(block.text)
        node.amended_by = node.amended_by or block.amended_by
        return
    tail = node.tail()
    if not any(character.isalnum() for character in block.text):
        tail.lines[-1] += block.text
        return
    if block.text.startswith((*_QUOTES, "—")):
        tail.lines.append(block.text)
        return
    node.subparagraphs += 1
    locator = node.locator.child(f"al{node.subparagraphs}")
    node.children.append(Node(locator, ProvisionKind.SUBPARAGRAPH, lines=[block.text], amended_by=block.amended_by))


def _item(node: Node, block: Block, lang: str) -> None:
    previous = node.children[-1].locator.parts[-1] if node.children else ""
    part = part_of(block.marker, lang, previous)
    if part is None:
        node.tail().lines += _flat(block)
        return
    parent = node
    if node.child(part) is not None:
        parent = next((c for c in reversed(node.children) if c.kind is ProvisionKind.SUBPARAGRAPH), node)
    if parent.child(part) is not None:
        raise ParseError(f"{parent.locator.child(part)} appears twice: the markup changed, report it")
    numbered = block.kind is BlockKind.PARAGRAPH
    kind = ProvisionKind.PARAGRAPH if numbered and node.kind is ProvisionKind.ARTICLE else ProvisionKind.POINT
    child = Node(parent.locator.child(part), kind, block.marker, amended_by=block.amended_by, numbered=numbered)
    parent.children.append(child)
    fill(child, block.children, lang)


def _heading(node: Node, headings: dict[int, Node], block: Block) -> None:
    match = _HEADING_PART.match(block.text)
    if match is None:
        target = headings[max(headings)] if headings else node
        target.tail().lines.append(block.text)
        return
    for level in [level for level in headings if level >= block.level]:
        del headings[level]
    parent = headings[max(headings)] if headings else node
    child = Node(
        parent.locator.child(match[1].lower()), ProvisionKind.HEADING, lines=[block.text], amended_by=block.amended_by
    )
    parent.children.append(child)
    headings[block.level] = child


def _flat(block: Block) -> list[str]:
    """A dashed or quoted item as lines of the text around it, its marker before its first words."""
    lines = [line for child in block.children for line in (_flat(child) if child.marker else [child.text])]
    return [f"{block.marker} {lines[0]}", *lines[1:]] if lines else [block.marker]


def article_unit(anchor: str) -> str:
    """`art_33` -> `33`, `art_4a` -> `4bis`."""
    match = re.fullmatch(r"art_(\d+)([a-z])?", anchor)
    if match is None:
        raise ParseError(f"'{anchor}' is not the id of an article: the markup changed, report it")
    return match[1] + (order_word(match[2]) if match[2] else "")


def recital_locator(marker: str) -> Locator | None:
    """`(71)` -> `rec-71`; None for the words before the first recital."""
    match = re.fullmatch(r"\((\d+)\)", marker.strip())
    return Locator(LocatorKind.RECITAL, match[1]) if match else None
