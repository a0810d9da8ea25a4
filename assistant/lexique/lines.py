"""Everyday lines judged one against the others: doubles, lines that are too long, lines that say too little.

The failure this prevents: a line that was written for one provision and raises twenty, so that the
one it was written for is lost among them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answering.text import content_words, words
from assistant.law.identifiers import Reference
from assistant.lexicon import Lexicon
from assistant.lexique.finding import Finding, error, warning

LONGEST = 24
"""Words of a line, as typed between spaces."""

MANY, TOO_MANY = 5, 10
"""Other articles (annexes, sections) that have a line with all the content words of this one: from which number
on it is to be looked at, and to be mended."""


@dataclass(frozen=True, slots=True)
class _Line:
    reference: Reference
    text: str
    stems: frozenset[str]

    @property
    def file(self) -> str:
        return f"{self.reference.act}.toml"


def check_lines(lexicon: Lexicon) -> Iterator[Finding]:
    """Faults of the lines of both languages."""
    for lang in ("fr", "en"):
        lines = [
            _Line(entry.reference, text, _stems(text))
            for entry in lexicon.entries.values()
            for text in entry.words[lang]
        ]
        for line in lines:
            yield from _form(line)
        yield from _doubles(lines)
        yield from _generic(lines)


def _stems(text: str) -> frozenset[str]:
    """Words that carry meaning, and numbers; feminines and plurals are one with the rest."""
    numbers = [word for word in words(text) if word.isdigit()]
    return frozenset(numbers + [word.rstrip("esx") or word for word in content_words(text)])


def _form(line: _Line) -> Iterator[Finding]:
    length = len(line.text.split())
    if length > LONGEST:
        yield error(line.file, line.reference, f"'{line.text}' has {length} words: write it in {LONGEST} or fewer")
    if not line.stems:
        yield error(line.file, line.reference, f"'{line.text}' holds no word with a meaning of its own: add one")


def _doubles(lines: list[_Line]) -> Iterator[Finding]:
    """The same words twice; a provision that repeats the article that holds it loses nothing, hence a warning."""
    first: dict[tuple[str, ...], _Line] = {}
    for line in lines:
        other = first.setdefault(tuple(words(line.text)), line)
        if other is line:
            continue
        ours, theirs = line.reference, other.reference
        if ours.act == theirs.act and (ours.locator.holds(theirs.locator) or theirs.locator.holds(ours.locator)):
            yield warning(line.file, ours, f"'{line.text}' stands in {theirs} too, which shares its lines: remove one")
        else:
            yield error(line.file, ours, f"'{line.text}' stands in {theirs} too: make both say what sets them apart")


def _generic(lines: list[_Line]) -> Iterator[Finding]:
    """Lines whose words, all of them, stand together in a line of many other articles."""
    having: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(lines):
        for stem in line.stems:
            having[stem].add(number)
    for line in lines:
        if not line.stems:
            continue
        together = set.intersection(*(having[stem] for stem in line.stems))
        others = len({lines[number].reference.top for number in together} - {line.reference.top})
        if others < MANY:
            continue
        judge = error if others >= TOO_MANY else warning
        message = f"'{line.text}' is too generic, lines of {others} other articles hold all its words"
        yield judge(line.file, line.reference, f"{message}: add what is meant here")
