"""What changed between two wordings of a provision, word by word.

The failure this prevents: a provision reported as amended because the publisher set a space or an
apostrophe otherwise, and an amendment that a reader must find by comparing two pages by eye.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

_TOKEN = re.compile(r"\s+|[^\W_]+|[^\w\s]|_")
_SHORT_GAP = 2
"""Unchanged words between two changes that are shown with them: a lone "de" left standing helps nobody."""


class Operation(StrEnum):
    """What became of some words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row that share one fate; joined, the pieces that are not ADDED give the earlier text."""

    operation: Operation
    text: str


def same_words(before: str, after: str) -> bool:
    """Whether two texts hold the same words and signs, whatever their spaces and the shape of quotation marks."""
    return _keys(before) == _keys(after)


def shared_wording(text: str, other: str) -> float:
    """Share of the runs of three words of `text` that `other` holds too, 0 to 1."""
    runs, known = _runs(text), _runs(other)
    return len(runs & known) / len(runs) if runs else 0.0


def _runs(text: str) -> set[tuple[str, ...]]:
    words = [key.lower() for key in _keys(text) if key.isalnum()]
    return {tuple(words[n : n + 3]) for n in range(len(words) - 2)}


def word_diff(before: str, after: str) -> tuple[Piece, ...]:
    """The later text with what was removed from the earlier one put in its place, in reading order.

    `"".join(p.text for p in pieces if p.operation is not REMOVED) == after`. Unchanged words are
    given as the later text prints them.
    """
    old, new = _tokens(before), _tokens(after)
    matcher = SequenceMatcher(None, [_key(t) for t in old], [_key(t) for t in new], autojunk=False)
    return tuple(_in_one_run(_merged(_pieces(matcher.get_opcodes(), old, new))))


def _pieces(opcodes: Sequence[tuple[str, int, int, int, int]], old: list[str], new: list[str]) -> Iterator[Piece]:
    for n, (kind, old_start, old_end, new_start, new_end) in enumerate(opcodes):
        removed, added = "".join(old[old_start:old_end]), "".join(new[new_start:new_end])
        inside = 0 < n < len(opcodes) - 1
        if kind == "equal" and not (inside and _is_gap(new[new_start:new_end])):
            yield Piece(Operation.SAME, added)
            continue
        if removed:
            yield Piece(Operation.REMOVED, removed)
        if added:
            yield Piece(Operation.ADDED, added)


def _is_gap(tokens: Sequence[str]) -> bool:
    return sum(token.isalnum() for token in tokens) < _SHORT_GAP and "\n" not in "".join(tokens)


def _merged(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Changes that touch each other as one removal followed by one addition; blank ones become unchanged."""
    removed = added = ""
    for piece in pieces:
        if piece.operation is Operation.REMOVED:
            removed += piece.text
        elif piece.operation is Operation.ADDED:
            added += piece.text
        else:
            yield from _change(removed, added)
            removed = added = ""
            yield piece
    yield from _change(removed, added)


def _in_one_run(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Unchanged words that follow each other as one piece."""
    for operation, run in groupby(pieces, key=lambda piece: piece.operation):
        yield Piece(operation, "".join(piece.text for piece in run))


def _change(removed: str, added: str) -> Iterator[Piece]:
    if same_words(removed, added):
        if added:
            yield Piece(Operation.SAME, added)
        return
    if removed:
        yield Piece(Operation.REMOVED, removed)
    if added:
        yield Piece(Operation.ADDED, added)


def _tokens(text: str) -> list[str]:
    """Words, signs and runs of blanks; joined they are the text."""
    return _TOKEN.findall(text)


def _keys(text: str) -> list[str]:
    return [key for key in (_key(token) for token in _tokens(text)) if key.strip()]


def _key(token: str) -> str:
    """What two tokens must share to be the same: blanks are one space, quotation marks lose their shape."""
    if token.isspace():
        return " "
    return token.translate(_QUOTES)


_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"'})
