"""A question as comparable words, and the phrases of the lexicon found in them.

A line is the folded words of a question, each between two spaces, with `|` where a clause ends, so
that a phrase is compared by whole words and never across a comma. The failure this prevents:
"peut-on", "peut on" and "Peut‑on" read as three things, or "ia" found inside "social".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.law.folding import fold

_PIECE = re.compile(r"(?P<word>[^\W_]+)|(?P<stop>[.,;:?!](?=\s|$)|\n+)")
_LETTERS = re.compile(r"[^a-z0-9]")
_LETTERS_OF_WORDS = re.compile(r"[^ ]")

MOST_BETWEEN = 4
"""Words that `…` may stand for."""


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


def folded_phrase(phrase: str) -> str:
    """A phrase as it stands in a line, its `*`, `…` and `{}` kept."""
    kept = re.sub(r"[^a-z0-9*…{}]+", " ", fold(phrase.replace("…", " \u0001 ")).replace("\u0001", "…"))
    return " ".join(kept.split())


@dataclass(frozen=True, slots=True)
class Span:
    """Where a phrase stands in a line, in characters: from `start` to `end`, blanks around it left out."""

    start: int
    end: int


class _Node:
    """The words that may follow in some phrase: whole words, beginnings of words by first letter, or a gap."""

    __slots__ = ("ends", "gap", "stems", "words")

    def __init__(self) -> None:
        self.words: dict[str, _Node] = {}
        self.stems: dict[str, list[tuple[str, _Node]]] = {}
        self.gap: _Node | None = None
        self.ends = 0  # one bit a set of phrases that has one ending here

    def add(self, phrase: str, bit: int) -> None:
        """Take a phrase of the set that `bit` stands for."""
        node = self
        for word in folded_phrase(phrase).split():
            node = node.child(word)
        node.ends |= bit

    def begins(self, word: str) -> bool:
        """Whether some phrase may begin with a word: most words of a question are put aside here."""
        return word in self.words or word[0] in self.stems

    def child(self, word: str) -> _Node:
        """The node after one word of a phrase, made when it is new."""
        if word == "…":
            self.gap = self.gap or _Node()
            return self.gap
        if not word.endswith("*"):
            return self.words.setdefault(word, _Node())
        stem = word[:-1]
        known = self.stems.setdefault(stem[0], [])
        node = next((node for beginning, node in known if beginning == stem), None)
        if node is None:
            node = _Node()
            known.append((stem, node))
        return node


class PhraseSet:
    """Phrases compared word by word; far quicker to make than one regular expression of two thousand phrases."""

    __slots__ = ("_root",)

    def __init__(self, phrases: Iterable[str]) -> None:
        self._root = _Node()
        for phrase in phrases:
            self._root.add(phrase, 1)

    def spans(self, line: str) -> Iterator[Span]:
        """The phrases found, first to last, none over another; of those that start together the longest."""
        words, places = _split(line)
        index = 0
        while index < len(words):
            after = _longest(self._root, words, index) if self._root.begins(words[index]) else 0
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
        return _longest(self._root, words, 0) > 0

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

    def __init__(self, sets: Iterable[Iterable[str]]) -> None:
        self._root = _Node()
        for rank, phrases in enumerate(sets):
            for phrase in phrases:
                self._root.add(phrase, 1 << rank)

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
                for bits, after in _ends(self._root, words, index):
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


def _following(node: _Node, words: Sequence[str], index: int) -> Iterator[tuple[_Node, int]]:
    """The nodes that the next words lead to, and the positions after those words."""
    if index < len(words):
        word = words[index]
        if word in node.words:
            yield node.words[word], index + 1
        for stem, after in node.stems.get(word[0], ()):
            if word.startswith(stem):
                yield after, index + 1
    if node.gap is not None:
        for start in range(index, min(index + MOST_BETWEEN, len(words)) + 1):
            yield node.gap, start
            if start < len(words) and words[start] == "|":
                break


def _longest(node: _Node, words: Sequence[str], index: int) -> int:
    """The position after the longest phrase from `index` on; 0 when none ends anywhere."""
    best = index if node.ends else 0
    for following, after in _following(node, words, index):
        best = max(best, _longest(following, words, after))
    return best


def _ends(node: _Node, words: Sequence[str], index: int) -> Iterator[tuple[int, int]]:
    """The bits of every phrase from `index` on, and the position after it."""
    if node.ends:
        yield node.ends, index
    for following, after in _following(node, words, index):
        yield from _ends(following, words, after)
