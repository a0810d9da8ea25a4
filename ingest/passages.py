"""Acts to passages: paragraphs and points, each the whole official text of one provision.

A paragraph is one passage; its points are passages too when it is long enough that one of them
alone can be the answer. The failure this prevents: chunks of a fixed size that no citation fits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.law.act import Act, Provision, ProvisionKind
from assistant.law.passage import Passage
from assistant.lexicon import Lexicon
from assistant.library import make_passage
from assistant.manifest import Manifest

WHOLE = 300
"""An article or annex of at most this many words is a passage of its own, besides its parts."""

SPLIT = 60
"""A paragraph of more words than this has its points as passages too."""


def passages(manifest: Manifest, act: Act, lexicon: Lexicon) -> Iterator[Passage]:
    """All passages of one edition, in print order, each with its everyday lines."""
    for top in act.provisions:
        for provision in _units(top):
            passage = make_passage(manifest, act, provision.locator)
            yield replace(passage, words="\n".join(_words_of(passage, lexicon)))


def _words_of(passage: Passage, lexicon: Lexicon) -> Iterator[str]:
    """Everyday lines and the provision's own plain sentence; in both languages where the text exists in one only."""
    for lang in ("fr", "en") if passage.only_language else (passage.lang,):
        yield from lexicon.words(passage.reference, lang)
        entry = lexicon.plain(passage.reference, lang)
        if entry is not None:
            yield entry.plain[lang]


def _units(top: Provision) -> Iterator[Provision]:
    if top.kind in {ProvisionKind.RECITAL, ProvisionKind.SECTION} or not top.children:
        yield top
        return
    if _words(top) <= WHOLE:
        yield top
    for child in top.children:
        yield from _inner(child)


def _inner(provision: Provision) -> Iterator[Provision]:
    """A paragraph, point or heading, then its points where they can stand alone."""
    words = _words(provision)
    if provision.kind is not ProvisionKind.HEADING or words <= WHOLE:
        yield provision
    if words > SPLIT or provision.kind is ProvisionKind.HEADING:
        for child in provision.children:
            yield from _inner(child)


def _words(provision: Provision) -> int:
    return len(provision.official_text().split())
