"""Text as questions and laws share it: folded words, their language, sentences with their offsets.

The failure this prevents: three ways to split a sentence, of which one cuts "art. 5" in two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.law.folding import fold

_WORD = re.compile(r"[a-z0-9]+")
_END = re.compile(r"[.!?]\s+|\n+|[.!?]$")
_ABBREVIATIONS = re.compile(r"(?:\b(?:art|par|al|p|no|cf|ex|etc|m|mm|mme|dr|st)|\b[A-Z])\.\s+$", re.IGNORECASE)

FRENCH = frozenset(
    (
        "le la les un une des du de au aux et ou est ce cet cette ces que qui quoi quel quelle quels quelles"
        " il elle on nous vous ils elles je tu mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs"
        " dans par pour sur sous avec sans ne pas plus se si en y a ont sont etre avoir fait faire faut doit"
        " peut dois puis comment combien pourquoi quand ca c d l j n s m t qu lui tout tous toute toutes meme"
        " aussi entre chez donc mais car deja quelqu"
    ).split()
)
ENGLISH = frozenset(
    (
        "the a an of to in on at by for with from and or is are was were be been do does did can could may"
        " must shall should will would has have had this that these those what which who whom whose when where"
        " why how we you they it he she i our your their its my his her not no if as than then there about"
        " into any some us them me so"
    ).split()
)


def words(text: str) -> list[str]:
    """Folded words and numbers, in order."""
    return _WORD.findall(fold(text))


def content_words(text: str) -> list[str]:
    """Folded words that carry meaning: neither French nor English function words, two characters or more."""
    return [word for word in words(text) if len(word) > 1 and word not in FRENCH and word not in ENGLISH]


def detect_language(text: str, default: str) -> str:
    """`fr` or `en`, by function words and accents; `default` when neither shows."""
    found = words(text)
    french = sum(word in FRENCH for word in found) + sum(character in "éèêàùçîôœ" for character in text.lower())
    english = sum(word in ENGLISH for word in found)
    if french == english:
        return default
    return "fr" if french > english else "en"


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences of an official text: each line, and within a line each full stop."""
    start = 0
    for match in _END.finditer(text):
        end = match.end() if match[0].strip() == "" else match.start() + 1
        if _ABBREVIATIONS.search(text[start : match.end()]):
            continue
        yield from _trimmed(text, start, end)
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    if end > start and any(character.isalpha() for character in text[start:end]):
        yield start, end
