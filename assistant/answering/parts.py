"""The parts of a question that asks two things: "qui est une entité essentielle et quelle amende risque-t-elle".

The failure this prevents: half an answer to a question of which the other half was as plain.
"""

from __future__ import annotations

import re

from assistant.answering.text import content_words

LEAST = 2
"""Words that carry meaning in each part; below, the conjunction joins two words of one part."""

_JOINT = re.compile(
    r"\s+(?:et|and|ainsi que|puis|plus|ou bien|as well as)\s+|\s*[;,+?]\s*(?:et|and)?\s*", re.IGNORECASE
)


def parts_of(text: str) -> tuple[str, ...]:
    """The parts of a question, in order; none where it asks one thing."""
    pieces = [piece.strip() for piece in _JOINT.split(text) if piece and piece.strip()]
    parts = tuple(piece for piece in pieces if len(content_words(piece)) >= LEAST)
    return parts if len(parts) > 1 else ()
