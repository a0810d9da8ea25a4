"""An act as a typed tree, and its official text rendered one way only.

The failure this prevents: two renderings of the same provision, so that the offsets of a quote
point at other words than those shown.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from assistant.law.identifiers import Locator, LocatorKind


class ProvisionKind(StrEnum):
    """What a node of the tree is, in the words of the law."""

    ARTICLE = "article"
    PARAGRAPH = "paragraph"
    SUBPARAGRAPH = "subparagraph"
    POINT = "point"
    RECITAL = "recital"
    ANNEX = "annex"
    HEADING = "heading"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Division:
    """A chapter, section or part that groups provisions: number as printed, title."""

    kind: str
    number: str
    title: str

    def __str__(self) -> str:
        return f"{self.number} — {self.title}" if self.title else self.number


@dataclass(frozen=True, slots=True)
class Provision:
    """A node: its marker as printed (`1.`, `a)`), its own words, then its children in print order.

    `path` (articles, annex items) names the divisions above; `amended_by` is the CELEX number of
    the act that last changed it, empty when none did; `anchor` is its id in EUR-Lex's page.
    """

    locator: Locator
    kind: ProvisionKind
    marker: str
    text: str
    children: tuple[Provision, ...] = ()
    title: str = ""
    path: tuple[Division, ...] = ()
    amended_by: str = ""
    anchor: str = ""

    def official_text(self) -> str:
        """The provision as published: one line a paragraph, markers kept, headings left out."""
        own = f"{self.marker} {self.text}".strip() if self.text or self.marker else ""
        lines = [own] if own else []
        lines += [child.official_text() for child in self.children]
        return "\n".join(line for line in lines if line)

    def walk(self) -> Iterator[Provision]:
        """Yield the node and all below it, in print order."""
        yield self
        for child in self.children:
            yield from child.walk()


def text_hash(text: str) -> str:
    """SHA-256 of an official text, hexadecimal, over its UTF-8 bytes."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@dataclass(frozen=True)
class Act:
    """One version of one act in one language.

    `celex` names the text itself (consolidated or OJ), `celex_oj` the act as first published;
    `valid_until` is the first day on which another version replaces this one.
    """

    act: str
    lang: str
    celex: str
    celex_oj: str
    version_date: date
    valid_from: date
    valid_until: date | None
    title: str
    provisions: tuple[Provision, ...] = field(repr=False)

    @cached_property
    def index(self) -> dict[Locator, Provision]:
        """Every node by its locator."""
        return {node.locator: node for top in self.provisions for node in top.walk()}

    def find(self, locator: Locator) -> Provision | None:
        """The node at `locator`, or None."""
        return self.index.get(locator)

    def tops(self, kind: LocatorKind) -> tuple[Provision, ...]:
        """All articles, recitals, annexes or sections, in print order."""
        return tuple(p for p in self.provisions if p.locator.kind is kind)

    def lineage(self, locator: Locator) -> tuple[Provision, ...]:
        """The nodes from the article (annex …) down to `locator`; empty when it does not exist."""
        steps = (Locator(locator.kind, locator.unit, locator.parts[:n]) for n in range(len(locator.parts) + 1))
        nodes = [self.find(step) for step in steps]
        found = tuple(node for node in nodes if node is not None)
        return found if len(found) == len(nodes) else ()
