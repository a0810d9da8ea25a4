"""A charter's articles, numbered paragraphs and lettered points, as a tree like that of an act.

The failure this prevents: "the charter says so", without the paragraph that does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, pairwise
from string import ascii_lowercase

from assistant.law.act import Division, Provision, ProvisionKind
from assistant.law.identifiers import ORDERS, Locator, LocatorKind
from ingest.parse.extracted import Extracted, Layout, Piece
from ingest.parse.reflow import reflow
from ingest.parse.sections import Slugs, section

_ARTICLE = re.compile(
    rf"article\s+(?:(?P<first>premier|1er)|(?P<number>\d+)\s*(?P<order>{'|'.join(ORDERS)})?)"
    r"\s*(?:[—–:.-]\s*(?P<title>.*))?",
    re.IGNORECASE,
)
_CONTENTS_LINE = re.compile(r"(?:\.{2,}|…)\s*\d+$")


@dataclass(slots=True)
class _Unit:
    """An article (`number`), or other text between two headings of the articles' level (no number)."""

    heading: str
    title: str
    number: str = ""
    path: tuple[Division, ...] = ()
    lines: list[str] = field(default_factory=list)


def cut_by_articles(extracted: Extracted) -> tuple[Provision, ...]:
    """The articles, and the text before and after them as sections.

    Empty when there is no article, or when their numbers do not rise: the caller cuts otherwise.
    """
    units = _units([*_lines(extracted)], marked=extracted.layout is Layout.FLOW)
    numbers = [unit.number for unit in units if unit.number]
    if not numbers or not all(_rank(a) < _rank(b) for a, b in pairwise(numbers)):
        return ()
    slugs, provisions = Slugs(), []
    for unit in units:
        lines = (unit.lines if extracted.layout is Layout.FLOW else reflow(unit.lines)) or [unit.heading]
        if unit.number:
            provisions.append(_article(unit, lines))
        else:
            provisions.append(section(slugs.take(unit.title), unit.title, lines, unit.path))
    return tuple(provisions)


def _rank(number: str) -> tuple[int, int]:
    digits = number.rstrip("abcdefghijklmnopqrstuvwxyz")
    order = number.removeprefix(digits)
    return int(digits), ORDERS.index(order) + 1 if order else 0


def _lines(extracted: Extracted) -> Iterator[Piece]:
    """The pieces, one a line."""
    for piece in extracted.pieces:
        for line in Extracted(extracted.layout, (piece,)).lines():
            yield Piece(line, piece.level)


def _heading(line: Piece, *, marked: bool) -> re.Match[str] | None:
    """The parts of an article's heading; `marked`: only lines that the format calls headings count."""
    if (marked and not line.level) or _CONTENTS_LINE.search(line.text):
        return None
    return _ARTICLE.fullmatch(line.text)


def _units(lines: Sequence[Piece], *, marked: bool) -> list[_Unit]:
    depth = next((line.level for line in lines if _heading(line, marked=marked)), 0)
    levels = [line.level for line in lines]
    units: list[_Unit] = []
    above: list[Piece] = []
    for line in lines:
        found = _heading(line, marked=marked)
        path = tuple(Division("section", heading.text, "") for heading in above)
        if found:
            number = "1" if found["first"] else found["number"] + (found["order"] or "").lower()
            units.append(_Unit(line.text, (found["title"] or "").strip(), number, path))
        elif line.level and line.level == depth:
            units.append(_Unit(line.text, line.text, path=path))
        elif 0 < line.level < depth:
            above = [heading for heading in above if heading.level < line.level]
            above += [line] if levels.count(line.level) > 1 else []  # alone on its level: the document's title
        else:
            if not units:
                units.append(_Unit(line.text, "Préambule"))
            units[-1].lines.append(line.text)
    return units


def _article(unit: _Unit, lines: Sequence[str]) -> Provision:
    locator = Locator(LocatorKind.ARTICLE, unit.number)
    own, items = _split(lines, map(str, count(1)), ".")
    text, points = _points(locator, own)
    paragraphs = (_paragraph(locator.child(number), number, words) for number, words in items)
    return Provision(
        locator,
        ProvisionKind.ARTICLE,
        "",
        text,
        children=(*points, *paragraphs),
        title=unit.title,
        path=unit.path,
    )


def _paragraph(locator: Locator, number: str, lines: Sequence[str]) -> Provision:
    text, points = _points(locator, lines)
    return Provision(locator, ProvisionKind.PARAGRAPH, f"{number}.", text, children=points)


def _points(locator: Locator, lines: Sequence[str]) -> tuple[str, tuple[Provision, ...]]:
    own, items = _split(lines, iter(ascii_lowercase), ")")
    points = (Provision(locator.child(c), ProvisionKind.POINT, f"{c})", "\n".join(text)) for c, text in items)
    return "\n".join(own), tuple(points)


def _split(lines: Sequence[str], labels: Iterator[str], mark: str) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """The lines before the first label, then each label (in rising order) with its lines."""
    own: list[str] = []
    items: list[tuple[str, list[str]]] = []
    label = next(labels)
    for line in lines:
        marker, *rest = line.split(None, 1)
        if rest and label and marker == label + mark:
            items.append((label, rest))
            label = next(labels, "")
        elif items:
            items[-1][1].append(line)
        else:
            own.append(line)
    return own, items
