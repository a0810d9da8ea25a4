"""Questions that need two provisions, cut where they say so: "et", "ou", "contre", ":", "+".

The failure this prevents: "portabilité du RGPD contre accès du Data Act" searched as one bag of
words, of which one half finds everything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.references import acts_named
from assistant.answering.text import content_words

_CUTS = re.compile(
    r"\s*(?:[:;?,+]|\bet\b|\bou\b|\bcontre\b|\bversus\b|\bvs\b\.?|\bplus\b|\band\b|\bor\b|\bbut\b|\bmais\b)\s*",
    re.IGNORECASE,
)
_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a question that can be searched alone, and the acts that it names."""

    text: str
    acts: tuple[str, ...]


def segments(question: str, names: Mapping[str, Sequence[str]]) -> tuple[Segment, ...]:
    """The parts of a question, two or more, or none when it is not made of parts.

    A part too short to be searched alone is joined to the one after it (the last: before it).
    """
    pieces: list[str] = []
    pending = ""
    for piece in _CUTS.split(question):
        text = f"{pending} {piece}".strip()
        if len(content_words(text)) < _ENOUGH:
            pending = text
            continue
        pieces.append(text)
        pending = ""
    if pending and pieces:
        pieces[-1] = f"{pieces[-1]} {pending}"
    if len(pieces) < _ENOUGH:
        return ()
    return tuple(Segment(piece, tuple(dict.fromkeys(act for _, act in acts_named(piece, names)))) for piece in pieces)
