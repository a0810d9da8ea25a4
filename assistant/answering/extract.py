"""An answer without a model: the official sentences themselves, the one that answers first.

The failure this prevents: a wall of law; what is shown is short, and what is cut is said to be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.retrieve import Evidence
from assistant.answering.text import content_words, sentences, words

WHOLE = 700
"""A passage of at most this many characters is quoted whole."""

NAMED_WHOLE = 1800
"""A place that the question names is quoted whole up to this many characters."""


@dataclass(frozen=True, slots=True)
class Extract:
    """A piece of evidence and the offsets of what is quoted of it."""

    evidence: Evidence
    start: int
    end: int

    @property
    def shortened(self) -> bool:
        """Whether part of the provision is left out."""
        return self.end - self.start < len(self.evidence.passage.text)


def extracts(question: str, evidence: Sequence[Evidence], most: int) -> list[Extract]:
    """The quotes of an answer: the places that the question names and nothing else, or the `most` best provisions."""
    named = [piece for piece in evidence if piece.named]
    return [_extract(question, piece) for piece in named or evidence[:most]]


def _extract(question: str, piece: Evidence) -> Extract:
    text = piece.passage.text
    limit = NAMED_WHOLE if piece.named else WHOLE
    if len(text) <= limit:
        return Extract(piece, 0, len(text))
    start, end = _best_run(question, text, limit, from_start=piece.named)
    return Extract(piece, start, end)


def _best_run(question: str, text: str, limit: int, *, from_start: bool) -> tuple[int, int]:
    """A run of whole sentences within `limit`: from the start, or around the one closest to the question."""
    spans = list(sentences(text))
    first = 0 if from_start else max(range(len(spans)), key=lambda i: _closeness(question, text, spans[i]))
    start, end = spans[first]
    for _, later_end in spans[first + 1 :]:
        if later_end - start > limit:
            break
        end = later_end
    return (start, min(end, start + limit)) if end - start > limit else (start, end)


def _closeness(question: str, text: str, span: tuple[int, int]) -> float:
    wanted = {word[:6] for word in content_words(question)}
    have = {word[:6] for word in words(text[span[0] : span[1]])}
    return len(wanted & have) - span[0] / (len(text) * 10)
