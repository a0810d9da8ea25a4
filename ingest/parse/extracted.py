"""What a local file holds once its format is forgotten: paragraphs and headings, in reading order.

The failure this prevents: rules for cutting a document that differ from one file format to another.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Layout(StrEnum):
    """How much of the structure the format gave away."""

    FLOW = "flow"  # headings and paragraphs are marked
    LINES = "lines"  # blank lines separate the pieces, nothing is marked
    PAGES = "pages"  # a piece is a page, its lines are those printed


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, list item, table row or page (`level` 0), or a heading (`level` 1 to 6).

    `text` keeps the letters of the document; `number` is that of a page, from 1.
    """

    text: str
    level: int = 0
    number: int = 0


@dataclass(frozen=True, slots=True)
class Extracted:
    """The pieces of one file, and the title that its own format names (empty: none)."""

    layout: Layout
    pieces: tuple[Piece, ...]
    title: str = ""

    def lines(self) -> list[str]:
        """All lines, stripped, without the blank ones."""
        raw = (line.strip() for piece in self.pieces for line in piece.text.splitlines())
        return [line for line in raw if line]
