"""The proof gate: a sentence is shown only when its citation resolves and its words stand in the passage.

The failure this prevents: a fluent sentence with an invented number, followed by a real citation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from assistant.answering.answer import Sentence, Withheld
from assistant.answering.text import content_words, detect_language, sentences, words
from assistant.law.folding import fold
from assistant.law.passage import Passage

COVERAGE = 0.7
"""Share of a sentence's content words (by their stems) that must stand in the passages it cites."""

LINKED, APART = 0.5, 8
"""Share of a sentence's neighbouring content words that must stand in one sentence of the passage, and how many words
apart at most: words of a passage put together anew are not what it says."""

FEWEST, LONGEST = 4, 90
"""Words that carry meaning, at least, and words in all, at most, of a sentence that can be judged."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NUMBER_WORDS = {
    "deux": "2", "trois": "3", "quatre": "4", "cinq": "5", "six": "6", "sept": "7", "huit": "8", "neuf": "9",
    "dix": "10", "douze": "12", "treize": "13", "quinze": "15", "seize": "16", "vingt": "20", "trente": "30",
    "two": "2", "three": "3", "four": "4", "five": "5", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
    "twelve": "12", "fifteen": "15", "sixteen": "16", "twenty": "20", "thirty": "30",
}  # fmt: skip
_NEGATION = re.compile(
    r"\b(?:ne|n|pas|jamais|aucune?|ni|sans|interdi\w*|not|no|never|none|nor|without|prohibit\w*|forbid\w*|unless|sauf)\b"
)
_REFERENCE = re.compile(r"\b(?:articles?|considerant|recital|annexe?)\s+(?:\d+|[ivxl]+)\b")
_CITED = re.compile(r"\[(\d+)\]")


def judge(text: str, passages: Mapping[int, Passage], lang: str) -> Sentence | Withheld:
    """The sentence without its marks and the numbers that prove it, or why it is withheld."""
    numbers = tuple(dict.fromkeys(int(number) for number in _CITED.findall(text)))
    bare = re.sub(r"\s+([.!?])$", r"\1", _CITED.sub("", text).strip())
    reason = _reason(bare, numbers, passages, lang)
    return Withheld(bare, reason) if reason else Sentence(bare, numbers)


def _reason(bare: str, numbers: Sequence[int], passages: Mapping[int, Passage], lang: str) -> str:
    """Why a sentence is withheld, empty when it passes."""
    if not numbers:
        return "no citation"
    unknown = [number for number in numbers if number not in passages]
    if unknown:
        return f"citation [{unknown[0]}] resolves to nothing"
    cited = [passages[number] for number in numbers]
    source = " ".join(f"{p.label} {p.title} {p.context} {p.text}" for p in cited)
    said = " \n".join(f"{p.context}\n{p.text}" for p in cited)
    reasons = (_form(bare, lang), _hard_tokens(bare, source), _covered(bare, said), _together(bare, said))
    return next((reason for reason in reasons if reason), "")


def _form(bare: str, lang: str) -> str:
    length = len(words(bare))
    if length > LONGEST:
        return f"{length} words"
    meant = [word for word in content_words(_REFERENCE.sub(" ", fold(bare))) if word.isalpha()]
    if len(meant) < FEWEST:
        return f"only {len(meant)} words that say something"
    return "another language" if detect_language(bare, lang) != lang else ""


def _hard_tokens(bare: str, source: str) -> str:
    missing = figures(bare) - figures(source)
    if missing:
        return f"{min(missing)} is not in the passage"
    invented = _references(bare) - _references(source)
    if invented:
        return f"{min(invented)} is not named in the passage"
    if _NEGATION.search(fold(bare)) and not _NEGATION.search(fold(source)):
        return "a negation that the passage does not hold"
    return ""


def _together(bare: str, said: str) -> str:
    share = linked(bare, said)
    return f"only {share:.0%} of its words stand together in the passage" if share < LINKED else ""


def linked(text: str, source: str) -> float:
    """Share of the pairs of neighbouring, different content words of `text` that stand close together in `source`."""
    stems = [word[:6] for word in content_words(text)]
    pairs = list(pairwise(stems))
    found = sum(one != other and _close(one, other, source) for one, other in pairs)
    return found / len(pairs) if pairs else 0.0


def _close(one: str, other: str, source: str) -> bool:
    for line in source.splitlines():
        stems = [word[:6] for word in words(line)]
        places = [n for n, stem in enumerate(stems) if stem == one]
        if any(other in stems[max(0, n - APART) : n + APART + 1] for n in places):
            return True
    return False


def _references(text: str) -> set[str]:
    """Articles, recitals and annexes named in a text, as `article 12`."""
    return {" ".join(match.split()) for match in _REFERENCE.findall(fold(text))}


def _covered(bare: str, source: str) -> str:
    share = coverage(bare, source)
    return f"only {share:.0%} of its words are in the passage" if share < COVERAGE else ""


def figures(text: str) -> set[str]:
    """Numbers of a text, in digits or words, thousands joined: `35 000 000` and `35 000 000` are one."""
    joined = re.sub(r"(?<=\d)[\s\u00a0\u202f](?=\d{3}(?!\d))", "", text)
    joined = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", joined)
    return set(_NUMBER.findall(joined)) | {_NUMBER_WORDS[word] for word in words(joined) if word in _NUMBER_WORDS}


def coverage(text: str, source: str) -> float:
    """Share of the content words of `text` whose stem (first six letters) is the stem of a word of `source`."""
    wanted = [word[:6] for word in content_words(text)]
    have = {word[:6] for word in words(source)}
    return sum(word in have for word in wanted) / len(wanted) if wanted else 0.0


def best_quote(text: str, passage: Passage) -> tuple[int, int]:
    """Offsets of the sentence of the passage that shares most words with `text`."""
    wanted = {word[:6] for word in content_words(text)}
    spans = list(sentences(passage.text)) or [(0, len(passage.text))]

    def shared(span: tuple[int, int]) -> float:
        have = {word[:6] for word in words(passage.text[span[0] : span[1]])}
        return len(wanted & have) / (len(have) + 10)

    return max(spans, key=shared)
