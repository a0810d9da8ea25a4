"""A local document's text cut into sections and articles that can be cited.

The failure this prevents: a quote of a city's text that nobody can find again in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from assistant.errors import DocumentError
from assistant.law.act import Division, Provision, ProvisionKind
from assistant.law.identifiers import Locator, LocatorKind
from assistant.manifest import DocumentSource
from ingest.parse.extracted import Extracted, Layout, Piece
from ingest.parse.reflow import ITEM, reflow

WORDS_A_SECTION = 250
_LONGEST_SLUG = 60
_LONGEST_HEADING = 80
_RESERVED = re.compile(r"(?:art|rec|anx)(?:-|$)")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l"})

OMISSION = "[…]"
"""Stands where lines of a page that are no part of the text were left out."""


def slug(text: str, fallback: str) -> str:
    """Lower-case ASCII words joined by hyphens, `fallback` when no letter or digit is left."""
    folded = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    words = re.findall(r"[a-z0-9]+", plain)
    name = ""
    for word in words:
        if name and len(name) + 1 + len(word) > _LONGEST_SLUG:
            break
        name = f"{name}-{word[:_LONGEST_SLUG]}" if name else word[:_LONGEST_SLUG]
    return name or fallback


@dataclass(slots=True)
class Slugs:
    """Gives each section a slug of its own: the second "Contacts" is `contacts-2`."""

    taken: set[str] = field(default_factory=set)

    def take(self, title: str) -> str:
        """The slug of `title`, numbered from 2 when it is taken; never one that reads as an article's."""
        base = slug(title, "section")
        base = f"section-{base}" if _RESERVED.match(base) else base
        name, number = base, 1
        while name in self.taken:
            number += 1
            name = f"{base}-{number}"
        self.taken.add(name)
        return name


def section(name: str, title: str, lines: Sequence[str], path: tuple[Division, ...] = ()) -> Provision:
    """A section of a local document; one line of its text is one paragraph."""
    locator = Locator(LocatorKind.SECTION, name)
    return Provision(locator, ProvisionKind.SECTION, "", "\n".join(lines), title=title, path=path)


def cut_by_rules(file: str, extracted: Extracted, source: DocumentSource) -> tuple[Provision, ...]:
    """The sections that the manifest names; `DocumentError` names the first one that is not there."""
    lines = _without_furniture(extracted.lines(), source.drop)
    starts = list(_starts(file, lines, source))
    last = _end(lines, starts[-1], source)
    sections = []
    for rule, start, end in zip(source.section, starts, [*starts[1:], last], strict=True):
        heading = bool(rule.starts) and (lines[start] == rule.title or _is_heading(lines[start]))
        body = _trimmed(lines[start + heading : end])
        if not body:
            raise DocumentError(f"{file}: section '{rule.slug}' of {source.id} is empty: correct corpus/manifest.toml")
        flowing = extracted.layout is Layout.FLOW
        sections.append(section(rule.slug, rule.title, body if flowing else reflow(body)))
    return tuple(sections)


def _without_furniture(lines: Sequence[str], dropped: Sequence[str]) -> list[str]:
    """Lines of a page that are no part of the text, each run of them replaced by the sign of an omission.

    So a quote that runs over them says that it leaves something out.
    """
    kept: list[str] = []
    for line in lines:
        if line not in dropped:
            kept.append(line)
        elif kept and kept[-1] != OMISSION:
            kept.append(OMISSION)
    return kept


def _trimmed(lines: Sequence[str]) -> list[str]:
    """Without omissions at the ends."""
    kept = list(lines)
    while kept and kept[-1] == OMISSION:
        kept.pop()
    while kept and kept[0] == OMISSION:
        kept.pop(0)
    return kept


def _starts(file: str, lines: Sequence[str], source: DocumentSource) -> Iterator[int]:
    after = 0
    for rule in source.section:
        found = next((n for n in range(after, len(lines)) if lines[n].startswith(rule.starts)), None)
        if found is None:
            raise DocumentError(
                f"{file}: no line starts with '{rule.starts}' (section '{rule.slug}' of {source.id}): "
                "replace the file by the published text, or correct corpus/manifest.toml"
            )
        yield found
        after = found + 1


def _end(lines: Sequence[str], last_start: int, source: DocumentSource) -> int:
    """The line after the document's last one: what a page says below the text is left out."""
    if not source.ends:
        return len(lines)
    after = range(last_start + 1, len(lines))
    return next((n for n in after if lines[n].startswith(source.ends)), len(lines))


def cut_by_pages(extracted: Extracted) -> tuple[Provision, ...]:
    """One section a page that holds text; the page's number is the one a PDF reader shows."""
    pages = ((piece.number, Extracted(Layout.PAGES, (piece,)).lines()) for piece in extracted.pieces)
    return tuple(section(f"page-{number}", f"Page {number}", reflow(lines)) for number, lines in pages if lines)


def cut_by_headings(extracted: Extracted) -> tuple[Provision, ...]:
    """One section a heading, long ones in several; text without headings in parts of some 250 words."""
    pieces = _with_headings(extracted.pieces) if extracted.layout is Layout.LINES else extracted.pieces
    if not any(piece.level for piece in pieces):
        return tuple(_numbered_parts(_paragraphs(pieces, extracted.layout)))
    slugs, sections, above = Slugs(), [], list[Piece]()
    for heading, body, next_level in _groups(pieces):
        above = [*(h for h in above if heading.level and h.level < heading.level), heading]
        lines = _paragraphs(body, extracted.layout)
        if not lines and next_level <= heading.level:
            lines = [heading.text]  # nothing hangs on it: its words are the text
        path = tuple(Division("section", h.text, "") for h in above[:-1])
        title = heading.text or "Préambule"
        sections += [section(slugs.take(title), title, part, path) for part in _parts(lines)]
    return tuple(sections)


def _groups(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, list[Piece], int]]:
    """Each heading with the pieces under it and the level of the next heading (0 at the end)."""
    heading, body = Piece(""), list[Piece]()
    for piece in pieces:
        if piece.level:
            if heading.text or body:
                yield heading, body, piece.level
            heading, body = piece, []
        else:
            body.append(piece)
    yield heading, body, 0


def _paragraphs(pieces: Iterable[Piece], layout: Layout) -> list[str]:
    lines = Extracted(layout, tuple(pieces)).lines()
    return lines if layout is Layout.FLOW else reflow(lines)


def _with_headings(blocks: Sequence[Piece]) -> tuple[Piece, ...]:
    """Plain text: a short line alone between blank lines, without a final stop, is a heading."""
    return tuple(Piece(b.text.strip(), level=1) if _is_heading(b.text.strip()) else b for b in blocks)


def _is_heading(text: str) -> bool:
    short = len(text) <= _LONGEST_HEADING and "\n" not in text
    return short and text[:1].isupper() and text[-1] not in ".:;,!?…" and not ITEM.match(text)


def _parts(lines: Sequence[str]) -> Iterator[list[str]]:
    """The lines in one part, or, past twice the usual length, in parts of about that length."""
    if sum(len(line.split()) for line in lines) <= 2 * WORDS_A_SECTION:
        if lines:
            yield list(lines)
        return
    part, words = list[str](), 0
    for line in lines:
        part.append(line)
        words += len(line.split())
        if words >= WORDS_A_SECTION:
            yield part
            part, words = [], 0
    if part:
        yield part


def _numbered_parts(lines: Sequence[str]) -> Iterator[Provision]:
    for number, part in enumerate(_parts(lines), 1):
        yield section(f"partie-{number}", f"Partie {number}", part)
