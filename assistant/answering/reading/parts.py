"""The parts of a question that asks two things: "qui est une entité essentielle et quelle amende risque-t-elle".

The failure this prevents: half an answer to a question of which the other half was as plain.
"""

from __future__ import annotations

import re

from assistant.answering.text import content_words
from assistant.law.folding import fold

LEAST = 2
"""Words that carry meaning in each part without a question word; below, two words of one part are joined."""

_ASKS = re.compile(
    r"\b(?:qui|quand|combien|comment|pourquoi|ou est|quels?|quelles?|c'est quoi|qu'est-ce|who|when|how|why|which|where"
    r"|what)\b"
)
_TELLS_APART = re.compile(r"\b(?:differen\w+|distingu\w+|compar\w+|definitions?|definir|defini(?:t|s)?)\b")
"""Words of a question on what two things are: each may be named by one word."""

_OF_A_DAY = re.compile(
    r"(?:\d+|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|january|february|march"
    r"|april|may|june|july|august|september|october|november|december|1er)$"
)

_AGAINST = re.compile(r"\s+(?:vs\.?|versus)\s+", re.IGNORECASE)

_JOINT = re.compile(
    r"\s+(?:et|and|ainsi que|puis|plus|ou bien|as well as)\s+|\s*[;,+?]\s*(?:et|and)?\s*", re.IGNORECASE
)


def parts_of(text: str) -> tuple[str, ...]:
    """The parts of a question, in order; none where it asks one thing. "X vs Y" has two, however short."""
    sides = tuple(side.strip() for side in _AGAINST.split(text) if content_words(side))
    if len(sides) > 1:
        return sides
    pieces = (piece.strip() for piece in _JOINT.split(text) if piece and piece.strip())
    apart = _TELLS_APART.search(fold(text)) is not None
    parts = tuple(piece for piece in pieces if _says_enough(piece, apart=apart))
    return parts if len(parts) > 1 else ()


def _says_enough(piece: str, *, apart: bool) -> bool:
    """Whether a piece can be asked alone: it has a question word and a subject, or two words that mean something.

    A day ("le 10 janvier 2026") is nothing that is asked.
    """
    meaning = [word for word in content_words(piece) if not _TELLS_APART.search(word) and not _OF_A_DAY.match(word)]
    return len(meaning) >= (1 if apart or _ASKS.search(fold(piece)) else LEAST)
