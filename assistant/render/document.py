"""An export before it has a format: what it says, in order, as a few kinds of blocks.

The failure this prevents: a part of the answer that one format has and another forgot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.mark.record import Record

_MARKER = re.compile(r"\[(\d+)\]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; `anchor` is what links point to."""

    level: int
    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """The visible label that an AI system made this; large where no reviewer and editor answer for it."""

    text: str
    large: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Lines of running text; `anchors` gives the place that each `[n]` in it leads to."""

    text: str
    anchors: Mapping[int, str] = field(default_factory=dict)

    def pieces(self) -> Iterator[tuple[str, str]]:
        """Pieces of text in order, each with the anchor that it links to, empty for plain text."""
        start = 0
        for match in _MARKER.finditer(self.text):
            anchor = self.anchors.get(int(match[1]))
            if anchor:
                yield self.text[start : match.start()], ""
                yield match[0], anchor
                start = match.end()
        yield self.text[start:], ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list without order."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names, each with its colon, and what they stand for, one pair a line."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Official words, letter for letter, in the language `lang`, published at `url`."""

    text: str
    lang: str
    url: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link with a name that says where it leads."""

    name: str
    url: str


Block = Heading | Notice | Text | Listing | Facts | Quote | Link


@dataclass(frozen=True, slots=True)
class Document:
    """A title, what is shown, and the facts that the mark records."""

    title: str
    lang: str
    notice: str
    footer: str
    blocks: tuple[Block, ...]
    record: Record


def printable(text: str) -> str:
    """Text without the control characters that XML forbids, each replaced by U+FFFD."""
    return _UNPRINTABLE.sub("�", text.replace("\r\n", "\n").replace("\r", "\n"))


def lines(text: str) -> Sequence[str]:
    """The lines that hold something."""
    return [line for line in text.split("\n") if line.strip()]
