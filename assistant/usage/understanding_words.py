"""A question as comparable words, and the phrases of the lexicon found in them.

A line is the folded words of a question, each between two spaces, with `|` where a clause ends, so
that a phrase is compared by whole words and never across a comma. The failure this prevents:
"peut-on", "peut on" and "Peut‑on" read as three things, or "ia" found inside "social".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from assistant.law.folding import fold
from assistant.usage.understanding_trie import Node, ends, longest

_PIECE = re.compile(r"(?P<word>[^\W_]+)|(?P<stop>[.,;:?!](?=\s|$)|\n+)")
_LETTERS = re.compile(r"[^a-z0-9]")
_LETTERS_OF_WORDS = re.compile(r"[^ ]")
_NO_GROUPS: Mapping[str, Node] = {}


@dataclass(frozen=True, slots=True)
class Word:
    """One folded word: its offsets in the question (`start`, `end`) and its place in the line (`at`)."""

    text: str
    start: int
    end: int
    at: int


@dataclass(frozen=True, slots=True)
class Line:
    """A question folded: `line` starts and ends with a space, as the lines of clauses do."""

    typed: str
    line: str
    words: tuple[Word, ...]

    @property
    def clauses(self) -> tuple[str, ...]:
        """The parts between commas and full stops, each a line of its own."""
        return tuple(f" {part.strip()} " for part in self.line.split("|") if part.strip())

    def typed_words(self, first: int, last: int) -> str:
        """What was typed from word `first` to word `last`, both included."""
        return self.typed[self.words[first].start : self.words[last].end]


def read_line(typed: str) -> Line:
    """The words of a question and the ends of its clauses."""
    parts: list[str] = []
    words: list[Word] = []
    at = 1
    for match in _PIECE.finditer(typed):
        piece = "|"
        if match["word"]:
            piece = _LETTERS.sub("", fold(match["word"]))
            if not piece:
                continue
            words.append(Word(piece, match.start(), match.end(), at))
        parts.append(piece)
        at += len(piece) + 1
    return Line(typed, f" {' '.join(parts)} ", tuple(words))


@dataclass(frozen=True, slots=True)
class Span:
    """Where a phrase stands in a line, in characters: from `start` to `end`, blanks around it left out."""

    start: int
    end: int


class PhraseSet:
    """Phrases compared word by word; far quicker to make than one regular expression of two thousand phrases."""

    __slots__ = ("_root",)

    def __init__(self, phrases: Iterable[str], groups: Mapping[str, Node] = _NO_GROUPS) -> None:
        self._root = Node()
        for phrase in phrases:
            self._root.add(phrase, 1, groups)

    def spans(self, line: str) -> Iterator[Span]:
        """The phrases found, first to last, none over another; of those that start together the longest."""
        words, places = _split(line)
        index = 0
        while index < len(words):
            after = longest(self._root, words, index) if self._root.begins(words[index]) else 0
            if after > index:
                yield Span(places[index], places[after - 1] + len(words[after - 1]))
            index = max(after, index + 1)

    def first(self, line: str) -> Span | None:
        """The phrase found first."""
        return next(self.spans(line), None)

    def found(self, line: str) -> bool:
        """Whether any of the phrases is there."""
        return self.first(line) is not None

    def opens(self, line: str) -> bool:
        """Whether a line begins with one of the phrases."""
        words, _ = _split(line)
        return longest(self._root, words, 0) > 0

    def masked(self, line: str) -> str:
        """The line with the letters of every phrase hidden, each word where it was."""
        for span in self.spans(line):
            line = line[: span.start] + _LETTERS_OF_WORDS.sub("_", line[span.start : span.end]) + line[span.end :]
        return line

    def replaced(self, line: str, by: str) -> str:
        """The line with `by` in the place of every phrase."""
        parts: list[str] = []
        end = 0
        for span in self.spans(line):
            parts += [line[end : span.start], by]
            end = span.end
        return "".join([*parts, line[end:]])


class RankedPhrases:
    """Several sets of phrases, the most important first, looked for in one pass."""

    __slots__ = ("_root",)

    def __init__(self, sets: Iterable[Iterable[str]], groups: Mapping[str, Node] = _NO_GROUPS) -> None:
        self._root = Node()
        for rank, phrases in enumerate(sets):
            for phrase in phrases:
                self._root.add(phrase, 1 << rank, groups)

    def best(self, line: str) -> int | None:
        """The rank of the first set that has a phrase in the line."""
        return min((rank for rank, _ in self._places(line)), default=None)

    def best_of_longest(self, line: str) -> int | None:
        """The same when of phrases that overlap only the longest is read."""
        kept: list[tuple[int, int]] = []
        ranks: list[int] = []
        for rank, (start, end) in sorted(self._places(line), key=lambda place: (place[1][0] - place[1][1], place[0])):
            if all(end <= first or last <= start for first, last in kept):
                kept.append((start, end))
                ranks.append(rank)
        return min(ranks, default=None)

    def _places(self, line: str) -> Iterator[tuple[int, tuple[int, int]]]:
        """The rank of each phrase found (the best of those that share it) and its words, first and after the last."""
        words, _ = _split(line)
        for index, word in enumerate(words):
            if self._root.begins(word):
                for bits, after in ends(self._root, words, index):
                    yield (bits & -bits).bit_length() - 1, (index, after)


@lru_cache(maxsize=256)
def _split(line: str) -> tuple[list[str], list[int]]:
    """The words of a line and where each starts."""
    words = line.split()
    places: list[int] = []
    at = 1
    for word in words:
        places.append(at)
        at += len(word) + 1
    return words, places
