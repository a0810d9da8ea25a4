"""The texts that everything is measured on: the product's passages, and the same law as plain documents.

The failure this prevents: a peer measured on other texts than ours, or credited with another
provision than the one that its chunk shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.evaluation.questions import Place
from assistant.law.act import Act, Provision
from assistant.law.identifiers import Locator, LocatorKind
from assistant.law.passage import Passage
from assistant.lexicon import Lexicon, load_lexicon
from assistant.library import Edition, Library
from ingest.passages import passages

LANGUAGES = ("fr", "en")
_BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class Span:
    """Where a provision stands in a document's text."""

    place: Place
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PlainDocument:
    """An edition of an act as a reader of files has it: its text, and where each provision stands in it.

    `langs` are those in which it is looked for: both, where it exists in one only.
    """

    name: str
    langs: tuple[str, ...]
    text: str
    spans: tuple[Span, ...]

    def places(self, start: int, end: int) -> tuple[Place, ...]:
        """Every provision of which the characters from `start` to `end` show some."""
        return tuple(span.place for span in self.spans if span.start < end and start < span.end)


def all_passages(library: Library, day: date | None = None, lexicon: Lexicon | None = None) -> list[Passage]:
    """The passages that are indexed, or only those in force on `day`; with other everyday lines where given."""
    words, manifest = lexicon or load_lexicon(), library.manifest
    acts = [library.open(edition) for edition in _editions(library, day)]
    return [passage for act in acts for passage in passages(manifest, act, words)]


def found_in(lang: str, pool: Sequence[Passage]) -> list[Passage]:
    """The passages that a question in `lang` can find: those of that language, and texts that have one only."""
    return [passage for passage in pool if passage.lang == lang or passage.only_language]


def paragraphs(pool: Sequence[Passage]) -> list[Passage]:
    """Passages that do not overlap: paragraphs and what has none, without the points inside them."""
    present: dict[tuple[str, str, str], set[Locator]] = {}
    for passage in pool:
        present.setdefault(_edition_of(passage), set()).add(passage.reference.locator)
    return [passage for passage in pool if not _overlaps(passage.reference.locator, present[_edition_of(passage)])]


def documents(library: Library, day: date | None = None) -> list[PlainDocument]:
    """Every edition as a plain document, or only those in force on `day`."""
    acts = [library.open(edition) for edition in _editions(library, day)]
    return [_document(act, bilingual=library.manifest.find_act(act.act) is not None) for act in acts]


def headed(passage: Passage) -> str:
    """The words of a passage with the headings above it."""
    parts = (passage.title, passage.path, passage.context, passage.text)
    return "\n".join(part for part in parts if part)


def is_rule(passage: Passage) -> bool:
    """Whether a passage is more than a recital, which explains rules."""
    return passage.reference.locator.kind is not LocatorKind.RECITAL


def _editions(library: Library, day: date | None) -> list[Edition]:
    return [edition for edition in library.editions if day is None or _is_in_force(edition, day)]


def _is_in_force(edition: Edition, day: date) -> bool:
    return edition.version_date <= day and (edition.valid_until is None or day < edition.valid_until)


def _edition_of(passage: Passage) -> tuple[str, str, str]:
    return passage.reference.act, passage.lang, passage.version_date


def _overlaps(locator: Locator, present: set[Locator]) -> bool:
    """Whether a passage lies inside a paragraph that is one, or is an article whose parts are."""
    if not locator.parts:
        return any(other.parts and locator.holds(other) for other in present)
    above = locator.parent
    while above is not None and above.parts:
        if above in present:
            return True
        above = above.parent
    return False


def _document(act: Act, *, bilingual: bool) -> PlainDocument:
    pieces: list[str] = []
    spans: list[Span] = []
    length = 0
    for top in act.provisions:
        piece = f"{top.title}\n{top.official_text()}" if top.title else top.official_text()
        start = length + len(piece) - len(top.official_text())
        spans += _spans(act.act, top, start)
        pieces.append(piece)
        length += len(piece) + len(_BETWEEN)
    name = f"{act.act} {act.version_date} {act.lang}"
    langs = (act.lang,) if bilingual else LANGUAGES
    return PlainDocument(name, langs, _BETWEEN.join(pieces), tuple(spans))


def _spans(act: str, provision: Provision, start: int) -> Iterator[Span]:
    """The provision, which starts at `start`, and all below it: each is a part of the text above it."""
    text = provision.official_text()
    yield Span(Place(act, str(provision.locator)), start, start + len(text))
    cursor = 0
    for child in provision.children:
        found = text.find(child.official_text(), cursor)
        if child.official_text() and found >= 0:
            yield from _spans(act, child, start + found)
            cursor = found + len(child.official_text())
