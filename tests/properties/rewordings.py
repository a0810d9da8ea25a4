"""Sentences of the texts in force that still say the same, in other words.

Clauses in another order, numbers in words or digits, the provision's own name in front, synonyms from
our list (`corpus/lexique/synonymes.toml`).
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator

from assistant.answering.proof.equivalents import load_equivalents
from assistant.law.passage import Passage
from tests.properties.mutations import Changed, Drawn

_OPENING = {
    "fr": r"(?:Lorsqu|Si |En cas d|Aux fins|Dans le cas|Dans un délai|Sans préjudice|Au plus tard|Afin d|À cette fin)",
    "en": r"(?:Where |If |In the case|For the purposes? of|Without prejudice|By |Within |When |In order to|Upon )",
}
_CLOSING = {
    "fr": r"(?:sauf si|à moins que|lorsqu|afin d|sans préjudice|conformément à|dans un délai|au plus tard)",
    "en": r"(?:unless|where |without prejudice|in accordance with|in order to|taking into account|if |within )",
}


def reordered(text: str, lang: str) -> Iterator[str]:
    """The first clause last, or the last clause first, where it is one that can move."""
    parts = text.split(", ")
    if len(parts) == 2 and re.match(_OPENING[lang], text) and len(parts[-1].split()) >= 4:
        head, rest = parts[0], ", ".join(parts[1:])
        yield f"{_capital(rest)}, {head[0].lower()}{head[1:]}"
    if len(parts) >= 2 and re.match(_CLOSING[lang], parts[-1]) and len(parts[-1].split()) >= 4:
        yield f"{_capital(parts[-1])}, {text[0].lower()}{text[1 : -len(parts[-1]) - 2]}"


def with_synonyms(text: str, lang: str, chance: random.Random) -> Iterator[str]:
    """One phrase of our list replaced by another of its group."""
    for group in load_equivalents().groups[lang]:
        for phrase in group:
            pattern = rf"(?<![\w’'-]){re.escape(phrase)}" + ("" if phrase[-1] == "'" else r"(?![\w-])")
            if re.search(pattern, text.replace("’", "'")):
                other = chance.choice([p for p in group if p != phrase])
                yield re.sub(pattern, other, text.replace("’", "'"), count=1)


_IN_WORDS = {
    "fr": {"72": "soixante-douze", "24": "vingt-quatre", "10": "dix", "3": "trois", "6": "six", "12": "douze",
           "15": "quinze", "30": "trente", "2": "deux", "5": "cinq", "14": "quatorze", "48": "quarante-huit"},
    "en": {"72": "seventy-two", "24": "twenty-four", "10": "ten", "3": "three", "6": "six", "12": "twelve",
           "15": "fifteen", "30": "thirty", "2": "two", "5": "five", "14": "fourteen", "48": "forty-eight"},
}  # fmt: skip


def numbers_in_words(text: str, lang: str) -> Iterator[str]:
    """A number before a unit of time in words, or the other way round."""
    units = "heures|jours|mois|ans|semaines|hours|days|months|years|weeks"
    for digits, word in _IN_WORDS[lang].items():
        for old, new in ((digits, word), (word, digits)):
            pattern = rf"(?<![\w-]){old}(?=[\s\u00a0](?:{units})\b)"
            if re.search(pattern, text):
                yield re.sub(pattern, new, text)


def named(text: str, passage: Passage) -> Iterator[str]:
    """The provision's own name in front."""
    start = text if text[:2].isupper() else text[0].lower() + text[1:]
    yield f"Selon {passage.label}, {start}" if passage.lang == "fr" else f"According to {passage.label}, {start}"


def harmless(drawn: Iterable[Drawn], count: int, chance: random.Random) -> list[Changed]:
    """`count` sentences that still say the same: one in five unchanged, the others reworded where they can be."""
    order = list(drawn)
    chance.shuffle(order)
    found: list[Changed] = []
    for sentence in order:
        text, lang = sentence.text, sentence.passage.lang
        ways = [
            *(("reordered", t) for t in reordered(text, lang)),
            *(("synonym", t) for t in with_synonyms(text, lang, chance)),
            *(("in words", t) for t in numbers_in_words(text, lang)),
        ]
        turn = len(found) % 5
        if turn == 0:
            ways = [("unchanged", text)]
        elif turn == 1:
            ways += [("named", t) for t in named(text, sentence.passage)]
        if ways:
            kind, changed = chance.choice(ways)
            found.append(Changed(changed, kind, sentence))
        if len(found) == count:
            break
    return found


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
