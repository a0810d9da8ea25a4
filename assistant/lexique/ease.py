"""How easy plain sentences are to read: their length, and words that agents never use.

The failure this prevents: plain sentences that are the law again, in other long words.
Longest sentence and rare words are the two measures on which readability formulas agree (Kandel and
Moles 1958 for French, Flesch 1948); rare is judged by our own everyday lines rather than by syllables.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.answering.text import content_words
from assistant.law.identifiers import Reference
from assistant.lexicon import Lexicon

LONG, SELDOM = 8, 4
"""Letters of a word that may be hard; everyday lines in which it must stand at least so as not to be."""

RARE_WORD = 4
"""Words of length that one rare word weighs."""

_END = re.compile(r"[.!?;:]\s+")


@dataclass(frozen=True, slots=True)
class Reading:
    """How hard one plain sentence is: `difficulty` grows with its longest part and its rare words."""

    reference: Reference
    lang: str
    longest: int
    rare: tuple[str, ...]

    @property
    def difficulty(self) -> int:
        """Words of the longest part, and what the rare words add."""
        return self.longest + RARE_WORD * len(self.rare)

    def line(self) -> str:
        """For people: one line."""
        rare = f", rare words: {', '.join(self.rare)}" if self.rare else ""
        return f"{self.difficulty}\t{self.reference} ({self.lang}): {self.longest} words at a stretch{rare}"


def readings(lexicon: Lexicon) -> list[Reading]:
    """All plain sentences, the hardest first."""
    found = []
    for lang in ("fr", "en"):
        known = _known(lexicon, lang)
        found += [
            _reading(entry.reference, lang, entry.plain[lang], known)
            for entry in lexicon.entries.values()
            if entry.plain[lang]
        ]
    return sorted(found, key=lambda reading: (-reading.difficulty, str(reading.reference), reading.lang))


def _known(lexicon: Lexicon, lang: str) -> Mapping[str, int]:
    """In how many everyday lines each stem stands."""
    lines = (line for entry in lexicon.entries.values() for line in entry.words[lang])
    return Counter(stem for line in lines for stem in {word[:6] for word in content_words(line)})


def _reading(reference: Reference, lang: str, sentence: str, known: Mapping[str, int]) -> Reading:
    words = dict.fromkeys(content_words(sentence))
    rare = tuple(word for word in words if len(word) >= LONG and word.isalpha() and known.get(word[:6], 0) < SELDOM)
    longest = max(len(part.split()) for part in _END.split(sentence))
    return Reading(reference, lang, longest, rare)
