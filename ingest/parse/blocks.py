"""EUR-Lex markup, in its two official shapes, to one shape: blocks with a marker, words and inner blocks.

OJ XHTML lays points out as tables, the consolidated HTML as grids; annexes add three-column
tables, display-inline paragraphs and real tables. After this module nothing knows which it was.
The failure this prevents: two parsers of the same law that drift apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from ingest.parse.markup import (
    Element,
    amendment_mark,
    classes,
    has_blocks,
    inline_mark,
    running_text,
    tidy,
)

_NUMBERED = re.compile(r"^(\d+(?:\.\d+)*(?:[a-z]|\s(?:bis|ter|quater))?\.)[\s\u00a0]+(?=\S)")
_ROW_POINT = re.compile(r"^(\(?[a-z]\))[\s\u00a0]+(?=\S)")
_SKIPPED = frozenset(
    {"oj-note", "footnote", "oj-ti-art", "title-article-norm", "oj-doc-ti", "title-annex-1", "title-annex-2"}
)


class BlockKind(StrEnum):
    """What a block is before the tree is built."""

    TEXT = "text"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    HEADING = "heading"
    ROW = "row"


@dataclass(slots=True)
class Block:
    """A marker as printed, the words beside it, the blocks below. `amended_by`: CELEX number or empty.

    `deleted` counts provisions that an amending act removed just before this block's end.
    """

    kind: BlockKind
    text: str = ""
    marker: str = ""
    level: int = 0
    amended_by: str = ""
    children: list[Block] = field(default_factory=list)
    deleted: int = 0


@dataclass(slots=True)
class Reader:
    """Walks a document in print order and remembers the amendment mark in force (`base`: the act itself)."""

    base: str
    mark: str = ""
    deletions: int = 0

    def see(self, element: Element) -> bool:
        """Take note of an amendment mark; True when the element was one."""
        found = amendment_mark(element)
        if found is None:
            return bool(classes(element) & {"modref", "arrow"})
        celex, deleted = found
        self.mark = "" if celex == self.base else celex
        self.deletions += deleted
        return True

    def blocks(self, element: Element) -> Iterator[Block]:
        """The blocks inside `element`, in print order."""
        if not has_blocks(element):
            yield from self._plain(element)
            return
        yield from self._stray(element.text)
        for child in element:
            yield from self._child(child)
            yield from self._stray(child.tail)

    def _stray(self, text: str | None) -> Iterator[Block]:
        """Words that stand between paragraphs, outside any."""
        words = tidy(text or "")
        if words:
            yield Block(BlockKind.TEXT, words, amended_by=self.mark)

    def _child(self, child: Element) -> Iterator[Block]:
        if self.see(child) or classes(child) & _SKIPPED or "eli-title" in classes(child):
            return
        names = classes(child)
        if any("ti-grseq" in name or "title-gr-seq" in name for name in names):
            level = 2 if any(name.endswith("-2") for name in names) else 1
            yield Block(BlockKind.HEADING, running_text(child), level=level, amended_by=self.mark)
        elif child.tag == "p":
            yield from self._plain(child)
        elif child.tag == "table":
            yield from self._table(child)
        elif child.tag == "div":
            yield from self._division(child)
        elif child.tag == "span":
            yield from self._plain(child)

    def _plain(self, element: Element) -> Iterator[Block]:
        words = running_text(element)
        if not words:
            return
        amended_by = self.mark or inline_mark(element)
        match = _NUMBERED.match(words)
        if match and "tbl" not in " ".join(classes(element)):
            rest = Block(BlockKind.TEXT, words[match.end() :], amended_by=amended_by)
            yield Block(BlockKind.PARAGRAPH, marker=match[1], amended_by=amended_by, children=[rest])
        else:
            yield Block(BlockKind.TEXT, words, amended_by=amended_by)

    def _division(self, element: Element) -> Iterator[Block]:
        names = classes(element)
        number = element.find("span[@class='no-parag']")
        if number is not None and "norm" in names:
            item = self._item(running_text(number), [child for child in element if child is not number])
            item.kind = BlockKind.PARAGRAPH
            yield item
        elif "grid-container" in names:
            marker, content = element[0], element[1]
            yield self._item(running_text(marker), [content])
        elif "oj-enumeration-spacing" in names:
            yield self._item(running_text(element[0]), list(element)[1:])
        elif "oj-normal" in (element[0].get("class") or "") if len(element) else False:
            yield from self._numbered_run(element)
        else:
            yield from self.blocks(element)

    def _numbered_run(self, element: Element) -> Iterator[Block]:
        """An OJ paragraph: `<div><p>1.   …</p><table/>…</div>`; all that follows the number is inside it."""
        inner = list(self.blocks(element))
        if inner and inner[0].kind is BlockKind.PARAGRAPH and (element.get("id") or "")[:1].isdigit():
            inner[0].children.extend(inner[1:])
            yield inner[0]
        else:
            yield from inner

    def _item(self, marker: str, contents: list[Element]) -> Block:
        amended_by = self.mark
        before = self.deletions
        children: list[Block] = []
        for content in contents:
            if content.tag in {"div", "td"}:
                children += self.blocks(content)
            else:
                children += self._child(content)
        amended_by = amended_by or next((child.amended_by for child in children[:1]), "")
        return Block(
            BlockKind.ITEM, marker=marker, amended_by=amended_by, children=children, deleted=self.deletions - before
        )

    def _table(self, table: Element) -> Iterator[Block]:
        if table.get("border") == "1" or "oj-table" in classes(table):
            yield from self._rows(table)
            return
        for row in table.iterfind("tbody/tr"):
            cells = [cell for cell in row.iterfind("td") if running_text(cell)]
            if len(cells) == 2:
                yield self._item(running_text(cells[0]), [cells[1]])
            else:
                for cell in cells:
                    yield from self.blocks(cell)

    def _rows(self, table: Element) -> Iterator[Block]:
        """A real table: one block a cell, in print order, its column as the level; tables of two columns by row."""
        columns = len(table.findall("col"))
        for row in table.iterfind("tbody/tr"):
            cells = row.findall("td")
            if row.find(".//div[@class='tbl-norm']/a[@id]") is not None:
                continue  # the bodies of the table's footnotes
            if columns == 3 and not _is_header(row):
                yield from self._sector_cells(cells)
            else:
                words = [running_text(cell) for cell in cells]
                text = "\t".join(word for word in words if word)
                if text:
                    yield Block(BlockKind.ROW, text, amended_by=self.mark)

    def _sector_cells(self, cells: list[Element]) -> Iterator[Block]:
        """A row of a sector table (NIS 2, annexes I and II): sector `1.`, sub-sector `a)`, kinds of entity."""
        for cell in cells:
            lines = [running_text(p) for p in cell.iter("p")] or [running_text(cell)]
            for line in (line for line in lines if line):
                number, letter = _NUMBERED.match(line), _ROW_POINT.match(line)
                match, level = (number, 1) if number else (letter, 2)
                if match:
                    yield Block(BlockKind.HEADING, line, level=level, amended_by=self.mark)
                else:
                    yield Block(BlockKind.ROW, line, amended_by=self.mark)


def _is_header(row: Element) -> bool:
    return any("bold" in (cell.get("style") or "") for cell in row) or row.find(".//p[@class='oj-tbl-hdr']") is not None
