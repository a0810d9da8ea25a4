"""A text as what it says: content words in order, and between them the hard tokens that must agree.

Hard tokens are numbers with their unit, dates, places of the law, and the words of force and limit
(not, must, may, only, unless, at least, before). The failure this prevents: two readers of the same
sentence, of which one overlooks "soixante-douze" or "ne … que".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.proof.equivalents import Equivalents
from assistant.answering.proof.force import marker_starters, read_marker
from assistant.answering.proof.named import DATE_STARTERS, PLACE_STARTERS, read_date, read_places
from assistant.answering.proof.numbers import NUMBER_STARTERS, read_number
from assistant.answering.text import ENGLISH, FRENCH
from assistant.law.folding import fold

WORD, NUMBER, DATE, PLACE = "word", "number", "date", "place"

_TOKEN = re.compile(
    r"\d{1,3}(?:[ ]\d{3})+(?![\d])|\d+(?:[.,/^]\d+)*[a-z]{0,4}(?![a-z])|\d+|[a-z]+|[%€§(),;:.!?\n«»\"\[\]]|\s[—–-]\s"
)
_BREAKS = frozenset(',;:.!?\n()«»"[]')
_MARKER = re.compile(
    r"^\s*(?:\d{1,3}[a-z]?(?: bis| ter| quater| quinquies)?\.|\(?(?:[a-z]{1,4}|\d{1,3})(?: bis| ter)?\)|[—–•-])\s+"
)
_ACTS = re.compile(r"\b(nis|sri) ?2\b")
"""The name of the directive, whose 2 is no number."""

_POWER = re.compile(r"\b10 ?(?:\^|\*\*|puissance|exposant|to the power(?: of)?) ?(\d+)\b")
_DURING = re.compile(r"\b(au|en) cours\b")
"""A link, unlike "le cours" or "un cours"."""

_NUMERO = re.compile(r"\bno?[s°º]? ?(?=\d)")
_STEM = 6
_STARTERS = {lang: DATE_STARTERS | PLACE_STARTERS | NUMBER_STARTERS | marker_starters(lang) for lang in ("fr", "en")}
"""Words that may begin a hard token; all others are read as plain words at once."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing said: its family (a content word or a hard token), its value, and the clause it stands in."""

    family: str
    value: str
    clause: int
    text: str = ""

    @property
    def hard(self) -> bool:
        """Whether it must agree rather than be alike."""
        return self.family != WORD


def stem(word: str) -> str:
    """The first six letters, plural ending dropped."""
    return (word[:-1] if len(word) > 3 and word[-1] in "sx" else word)[:_STEM]


def read(text: str, lang: str, equivalents: Equivalents) -> list[Item]:
    """Everything that a sentence says, in order. `lang` is the language it is written in."""
    folded = _ACTS.sub(r"\g<1>", fold(_MARKER.sub("", text)))
    folded = _DURING.sub(r"\1", folded)
    folded = equivalents.apply(_POWER.sub(r"10\1", _NUMERO.sub("", folded)), lang)
    tokens = [_joined(match[0]) for match in _TOKEN.finditer(folded)]
    return list(_items(tokens, lang))


def _joined(piece: str) -> str:
    """Thousands without their spaces; a dash between spaces as a break."""
    if piece == "\n" or piece.isalpha():
        return piece
    bare = piece.strip()
    return "," if bare in {"—", "–", "-"} else bare.replace(" ", "")


def _items(tokens: Sequence[str], lang: str) -> Iterator[Item]:
    clause, at = 0, 0
    done: set[int] = set()
    while at < len(tokens):
        token = tokens[at]
        if token in _BREAKS or at in done:
            clause += token in _BREAKS
            at += 1
            continue
        plain = token.isalpha() and token not in _STARTERS[lang]
        found, at = (None, at) if plain else _hard(tokens, at, lang, clause, done)
        if found is None:
            if _means(token, lang):
                yield Item(WORD, stem(token), clause, token)
            at += 1
        else:
            yield from found


def _hard(tokens: Sequence[str], at: int, lang: str, clause: int, done: set[int]) -> tuple[list[Item] | None, int]:
    """The hard tokens that begin at a place and where they end; None when it is a plain word."""
    date = read_date(tokens, at)
    if date:
        return [Item(DATE, date[0], clause)], date[1]
    places, end = read_places(tokens, at)
    if places:
        return [Item(PLACE, place, clause) for place in places], end
    stop = next((n for n in range(at, len(tokens)) if tokens[n] in _BREAKS), len(tokens))
    marker = read_marker(tokens[:stop], at, lang)
    if marker:
        done.update(marker.also)
        return ([Item(marker.family, marker.value, clause)] if marker.value else []), marker.end
    number = read_number(tokens, at)
    if number:
        return [Item(NUMBER, number[0], clause)], number[1]
    return None, at


def _means(word: str, lang: str) -> bool:
    small = ENGLISH if lang == "en" else FRENCH
    return len(word) > 1 and word not in small and word not in _ALSO_SMALL[lang]


_ALSO_SMALL = {
    "fr": frozenset("afin ainsi alors lorsque lors dont celui celle ceux celles ci or soit soient selon etant ayant "
                    "cela ceci toutefois notamment egalement tant tel telle tels telles ledit ladite lesdits quant "
                    "soi chaque autre autres duquel laquelle lequel lesquels lesquelles parmi vers etait etaient sera "
                    "seront serait fut fait faite faits faites vue point cas plus moins tres".split()),
    "en": frozenset("such other each also both either whether where here hereby thereof therein within upon under "
                    "through between during against being having very own case cases one ones".split()),
}  # fmt: skip
"""Words of the law that link and carry nothing, beside those of questions."""
