"""The proof gate: a sentence is shown only when its citation resolves and the passage says what it says.

Three checks, in this order. Form: one sentence of words, in the answer's language. Closeness: its
content words follow those of the passage, sentence by sentence (alignment.py), and none takes the
place of another. Agreement: numbers with their units, dates, articles, and the words of force and
limit stand at the same place in both (agreement.py).

`CLOSENESS` was read from the curve in `tests/evaluation/gate_curve.json`, which
`python -m benchmarks.gate_curve` draws: sentences of the texts as they stand, reordered or with
synonyms, against the same with one hard token flipped and against other passages.

The failure this prevents: a fluent sentence with an invented number, followed by a real citation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from assistant.answering.answer import Sentence, Withheld
from assistant.answering.proof.agreement import disagreement
from assistant.answering.proof.alignment import Alignment, Source, align, source_of
from assistant.answering.proof.equivalents import load_equivalents
from assistant.answering.proof.hard_tokens import DATE, NUMBER, PLACE, WORD, Item, read, stem
from assistant.answering.text import content_words, detect_language, sentences, words
from assistant.law.passage import Passage

CLOSENESS = 0.72
"""Least score of the alignment per content word: 1 when every word follows in the order of the passage."""

ANCHOR = 2
"""Words taken from the passage before which none of the sentence's own may follow them."""

FEWEST, LONGEST = 3, 90
"""Content words, numbers and dates at least, and words in all at most, of a sentence that can be judged."""

_CITED = re.compile(r"\[(\d+)\]")
_PLAIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿŒœŠšŽž0-9⁰¹²³⁴-⁹ ·\u00a0\u202f\u2011.,;:!?'‘’\"«»“”()/%€^°º§&…–—-]*")
_ADDRESS = re.compile(r"://|www\.|\w\.(?:fr|com|org|net|eu|io|html?)\b", re.IGNORECASE)
_INNER_END = re.compile(r"[a-zà-ÿ»)][.!?] +[A-ZÀ-Ý]")
_SAYING = {
    "fr": "selon prevoit prevoient dispose indique precise article articles reglement texte",
    "en": "according provides states says article articles regulation text",
}
"""Words that introduce what a text says, and claim nothing."""


def judge(text: str, passages: Mapping[int, Passage], lang: str) -> Sentence | Withheld:
    """The sentence without its marks and the numbers of the passages that prove it alone, or why it is withheld."""
    numbers = tuple(dict.fromkeys(int(number) for number in _CITED.findall(text)))
    bare = re.sub(r"\s+([.!?])$", r"\1", _CITED.sub("", text).strip())
    said = read(bare, lang, load_equivalents())
    reason = _unresolved(numbers, passages) or _form(bare, said, lang)
    if reason:
        return Withheld(bare, reason)
    reasons = {number: _unproven(said, passages[number], lang) for number in numbers}
    proving = tuple(number for number, objection in reasons.items() if not objection)
    return Sentence(bare, proving) if proving else Withheld(bare, reasons[numbers[0]])


def _unresolved(numbers: Sequence[int], passages: Mapping[int, Passage]) -> str:
    """Why the citations prove nothing, empty when each names a passage."""
    if not numbers:
        return "no citation"
    unknown = [number for number in numbers if number not in passages]
    return f"citation [{unknown[0]}] resolves to nothing" if unknown else ""


def _unproven(said: Sequence[Item], passage: Passage, lang: str) -> str:
    """Why one passage does not prove a sentence, empty when it does."""
    name = {item.value for item in read(passage.label, lang, load_equivalents())}
    beyond = sum(item.family in {WORD, NUMBER, DATE} and item.value not in name for item in said)
    if beyond < FEWEST:
        return "hardly more than the name of the provision"
    weighed = weigh(said, passage, lang)
    if weighed.closeness < CLOSENESS:
        return f"only {weighed.closeness:.0%} of its words follow the passage"
    return weighed.objection


def _form(bare: str, said: Sequence[Item], lang: str) -> str:
    length = len(words(bare))
    if length > LONGEST:
        return f"{length} words"
    if not _PLAIN.fullmatch(bare) or _ADDRESS.search(bare):
        return "markup or an address"
    if _INNER_END.search(bare):
        return "more than one sentence"
    meant = sum(item.family in {WORD, NUMBER, DATE} for item in said)
    if meant < FEWEST:
        return f"only {meant} words that say something"
    return "another language" if detect_language(bare, lang) != lang else ""


@dataclass(frozen=True, slots=True)
class Weighed:
    """How closely a sentence follows its passage (1: word for word), and what does not agree, empty when all does."""

    closeness: float
    objection: str


def weigh(said: Sequence[Item], passage: Passage, lang: str) -> Weighed:
    """Align a sentence with a passage that it cites and compare. The curve of thresholds is drawn from this."""
    source = source_of(passage, load_equivalents())
    names = read(passage.label, passage.lang, load_equivalents())
    free = {item.value for item in names if item.family == WORD} | {stem(word) for word in _SAYING[lang].split()}
    alignment = align(said, source)
    own = frozenset(item.value for item in names if item.family in {PLACE, NUMBER})
    objection = foreign(said, source, alignment, free) or disagreement(said, source, alignment, own, lang)
    return Weighed(_closeness(said, alignment, free), objection)


def _closeness(said: Sequence[Item], alignment: Alignment, free: set[str]) -> float:
    """Score of the alignment per content word; words of `free` count only where they are aligned."""
    words_said = [i for i, item in enumerate(said) if item.family == WORD]
    counted = [i for i in words_said if i in alignment.pairs or said[i].value not in free]
    return min(1.0, alignment.score / len(counted)) if counted else 0.0


def foreign(said: Sequence[Item], source: Source, alignment: Alignment, free: set[str]) -> str:
    """Words that the passage does not hold: two in a row, or one in the place of another; empty when there are none.

    Before the second word taken from the passage there may be none either: a sentence that begins in words of its own,
    or with a scrap of one place, and goes on at another is proven by neither. Words of `free` are allowed before and
    after what the sentence takes from the passage, not inside it.
    """
    taken = [i for i in alignment.pairs if said[i].value not in free]
    ends = (min(taken, default=0), max(taken, default=0))
    run: list[Item] = []
    left: int | None = None
    for i, item in enumerate([*said, None]):
        if i not in alignment.pairs and item is not None:
            inside = ends[0] < i < ends[1]
            run += [] if item.hard or (item.value in free and not inside) else [item]
            continue
        right = alignment.pairs.get(i)
        scrap = len([place for place in taken if place < i]) < ANCHOR
        if len(run) > 1 or (run and (scrap or _replaced(run[0], source, alignment, left, right))):
            return f"'{' '.join(word.text for word in run)}' is not in the passage"
        run, left = [], right
    return ""


def _replaced(word: Item, source: Source, alignment: Alignment, left: int | None, right: int | None) -> bool:
    """Whether the passage has another word there, which no aligned word of the sentence says."""
    start = left + 1 if left is not None else (right or 0) - 2
    end = right if right is not None else (left or 0) + 3
    said = set(alignment.pairs.values())
    there = [item for n, item in enumerate(source.items[max(0, start) : end], max(0, start)) if n not in said]
    there = [item for item in there if item.family == WORD]
    return bool(there) and not any(_akin(word.text, item.text) for item in there)


def _akin(one: str, other: str) -> bool:
    """Forms of one word: half of the shorter in common, four letters at least."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return same >= max(4, min(len(one), len(other)) / 2)


def figures(text: str) -> set[str]:
    """Numbers of a text, without their units, in digits or words: `35 000 000` and `trente-cinq millions` are one."""
    found: set[str] = set()
    for lang in ("fr", "en"):
        for item in read(text, lang, load_equivalents()):
            if item.family == NUMBER:
                found.add(item.value.split()[0])
    return found


def best_quote(text: str, passage: Passage) -> tuple[int, int]:
    """Offsets of the sentence of the passage that shares most words with `text`."""
    wanted = {word[:6] for word in content_words(text)}
    spans = list(sentences(passage.text)) or [(0, len(passage.text))]

    def shared(span: tuple[int, int]) -> float:
        have = {word[:6] for word in words(passage.text[span[0] : span[1]])}
        return len(wanted & have) / (len(have) + 10)

    return max(spans, key=shared)
