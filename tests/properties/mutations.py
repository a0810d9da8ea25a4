"""Sentences of the texts in force, with one fact flipped.

A flip changes exactly one number, unit, date, negation, modality or reference, so that the sentence
says something else than the passage it was drawn from (what another line of the passage says word
for word is left out).
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from assistant.answering.text import content_words, detect_language, sentences
from assistant.law.passage import Passage

SEED = 20261121
FEWEST, MOST = 8, 55
"""Words of a sentence that is drawn."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sentence of a passage, as the text has it."""

    text: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Changed:
    """A sentence after one change, and the kind of change."""

    text: str
    kind: str
    drawn: Drawn


_LEADING_MARK = re.compile(r"^(?:\d{1,3}[a-z]?\.|\(?[a-z0-9]{1,4}(?: bis| ter)?\)|[—–•-])\s+")


def drawn_from(passages: Iterable[Passage]) -> list[Drawn]:
    """Every whole sentence of the passages that can be judged at all: long enough, in the passage's language."""
    found: dict[str, Drawn] = {}
    for passage in passages:
        for start, end in sentences(passage.text):
            text = _LEADING_MARK.sub("", passage.text[start:end]).rstrip(" ;:.,—")
            whole = FEWEST <= len(text.split()) <= MOST and len(content_words(text)) >= 6
            if whole and _plain(text) and detect_language(text, passage.lang) == passage.lang:
                found.setdefault(f"{passage.lang} {text}", Drawn(text, passage))
    return list(found.values())


def _plain(text: str) -> bool:
    """No footnote calls, brackets or addresses, which no answer repeats, and no full stop inside."""
    return not re.search(r"[\[\]<>*|\n\t]|\.\s+[A-Z]|https?:", text)


Flip = Callable[[str, str, random.Random], Iterator[str]]

_DIGITS = r"(?<![\w/.,^-])\d{1,3}(?:[\s\u00a0]\d{3})*(?![\w/^]|[.,]\d|\s*(?:bis|ter|\)))"
_REFERENCE = re.compile(
    r"\b((?:articles?|paragraphes?|considérants?|recitals?|paragraphs?|points?)[\s\u00a0]+)(\d{1,3})\b(?!\s*(?:bis|ter))",
    re.IGNORECASE,
)
_ANNEX = re.compile(r"\b((?:annexes?|annex|chapitre|chapter)[\s\u00a0]+)([IVX]+)\b", re.IGNORECASE)
_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_WORDS = {
    "fr": "deux trois quatre cinq six sept huit neuf dix douze quinze vingt trente soixante-douze".split(),
    "en": "two three four five six seven eight nine ten twelve fifteen twenty thirty seventy-two".split(),
}
_UNITS = {
    "fr": [("heures", "jours"), ("jours", "heures"), ("jours", "mois"), ("semaines", "mois"), ("mois", "ans"),
           ("an", "mois"), ("ans", "mois"), ("EUR", "%"), ("%", "EUR")],
    "en": [("hours", "days"), ("days", "hours"), ("days", "months"), ("weeks", "months"), ("months", "years"),
           ("month", "year"), ("year", "month"), ("years", "months"), ("%", "EUR")],
}  # fmt: skip


def flip_number(text: str, lang: str, chance: random.Random) -> Iterator[str]:
    """A number in digits or words becomes another, or its unit does."""
    dates = [match.span() for match in _date(lang).finditer(text)]
    references = [match.span() for match in _list_of_references().finditer(text)]
    for match in re.finditer(_DIGITS, text):
        if any(start <= match.start() < end for start, end in (*dates, *references)):
            continue
        value = int(re.sub(r"\D", "", match[0]))
        other = chance.choice([value + 1, value * 2 + 1, value + 24, max(0, value - 1) + 3 * (value < 2)])
        yield text[: match.start()] + str(other) + text[match.end() :]
    for word in _WORDS[lang]:
        for match in re.finditer(rf"(?<![\w-]){word}(?![\w-])", text):
            other_word = chance.choice([w for w in _WORDS[lang] if w != word])
            yield text[: match.start()] + other_word + text[match.end() :]
    for unit, other_unit in _UNITS[lang]:
        for match in re.finditer(rf"(\d|un|deux|trois|six|one|two|three|six)([\s\u00a0]){unit}(?!\w)", text):
            yield text[: match.start()] + f"{match[1]}{match[2]}{other_unit}" + text[match.end() :]


def _list_of_references() -> re.Pattern[str]:
    number = r"\d+(?:[\s\u00a0]?(?:bis|ter|quater|[a-z])\b)?(?:\(\d+\w*\))*(?:\(\w\))*"
    names = r"articles?|paragraphes?|considérants?|recitals?|paragraphs?|points?|alinéas?|sections?|annexes?|n[°o]|no"
    link = r"(?:,| et| ou| à| and| or| to|, and|, or)"
    return re.compile(rf"\b(?:{names})[\s\u00a0]+{number}(?:{link}[\s\u00a0]+{number})*", re.IGNORECASE)


def _date(lang: str) -> re.Pattern[str]:
    months = "|".join(_MONTHS[lang])
    return re.compile(rf"\b(\d{{1,2}})(er)?[\s\u00a0]({months})[\s\u00a0](\d{{4}})\b")


def flip_date(text: str, lang: str, chance: random.Random) -> Iterator[str]:
    """The day, the month or the year of a date becomes another."""
    for match in _date(lang).finditer(text):
        day, month, year = int(match[1]), match[3], int(match[4])
        others = [
            f"{day % 27 + 2} {month} {year}",
            f"{day} {chance.choice([m for m in _MONTHS[lang] if m != month])} {year}",
            f"{day} {month} {year + chance.choice([-2, -1, 1, 2])}",
        ]
        yield text[: match.start()] + chance.choice(others) + text[match.end() :]


def flip_reference(text: str, lang: str, chance: random.Random) -> Iterator[str]:
    """An article, paragraph, recital, annex or chapter becomes another, near or far, or one named nearby."""
    named = re.findall(r"\d{1,3}", text)
    for match in _REFERENCE.finditer(text):
        choices = [str(int(match[2]) + step) for step in (1, 2, 10)] + [n for n in named if n != match[2]]
        yield text[: match.start(2)] + chance.choice(choices) + text[match.end(2) :]
    for match in _ANNEX.finditer(text):
        other = chance.choice([n for n in ("I", "II", "III", "IV", "V", "VI", "VIII") if n != match[2].upper()])
        yield text[: match.start(2)] + other + text[match.end(2) :]


_NEGATE = {
    "fr": (
        r"\b(est|sont|peut|peuvent|doit|doivent|devrait|devraient|sera|seront|comprend|comprennent|prend|prennent|"
        r"fournit|fournissent|veille|veillent|garantit|garantissent|contient|contiennent|met|mettent|permet|permettent)\b",
        r"ne \1 pas",
    ),
    "en": (r"\b(is|are|shall|may|must|should|can|will|has|have|was|were)\b(?! not)", r"\1 not"),
}
_UNNEGATE = {
    "fr": [
        (r"\b(?:ne |n['’])(\w+) (?:pas|jamais|plus)\b", r"\1"),
        (r"\bsauf\b", "y compris"),
        (r"\bsans\b(?! préjudice)", "avec"),
        (r"\bà moins que\b", "dès lors que"),
        (r"\bà l['’]exception d", "y compris d"),
        (r"\bni\b(?! ne?\b)", "et"),
        (r"\baucune?\b", "chaque"),
        (r"\bnon\b(?! seulement)", "bien"),
    ],
    "en": [
        (r"\b(shall|may|must|should|does|do|is|are|can) not\b", r"\1"),
        (r"\bcannot\b", "can"),
        (r"\bunless\b", "if"),
        (r"\bwithout\b(?! prejudice)", "with"),
        (r"\bexcept\b", "including"),
        (r"\bno\b(?! later| more| less)", "any"),
        (r"\bneither\b", "both"),
        (r"\bother than\b", "including"),
    ],
}


def flip_negation(text: str, lang: str, chance: random.Random) -> Iterator[str]:
    """A negation or an exception is put in or taken out."""
    pattern, negated = _NEGATE[lang]
    already = re.compile(r"(?:\b(?:ne|n['’]|se|s['’]|le|la|les|y|en|qu['’]il)\s?)$|(?:\bn['’])$", re.IGNORECASE)
    for match in re.finditer(pattern, text):
        if not already.search(text[: match.start()]) and not re.match(r" (?:pas|not)\b", text[match.end() :]):
            yield text[: match.start()] + match.expand(negated) + text[match.end() :]
    for pattern, positive in _UNNEGATE[lang]:
        for match in re.finditer(pattern, text):
            if "aucun" not in pattern or not re.search(r"\b(?:ne|sans)\s|\bn['’]", text):
                yield text[: match.start()] + match.expand(positive) + text[match.end() :]


_MODAL = {
    "fr": [
        ("doit", "peut"), ("doivent", "peuvent"), ("peut", "doit"), ("peuvent", "doivent"), ("devrait", "peut"),
        ("devraient", "peuvent"), ("devrait", "doit"), ("est tenu de", "peut"), ("sont tenus de", "peuvent"),
        ("interdit", "autorisé"), ("interdite", "autorisée"), ("interdits", "permis"), ("uniquement", "notamment"),
        ("exclusivement", "notamment"), ("seulement", "surtout"), ("au moins", "au plus"),
        ("au plus tard", "au plus tôt"), ("au moins", "jusqu'à"), ("plus de", "moins de"), ("moins de", "plus de"),
        ("avant", "après"), ("après", "avant"),
        ("supérieur", "inférieur"), ("supérieure", "inférieure"), ("jusqu'à", "au moins"), ("maximal", "minimal"),
        ("minimum", "maximum"), ("à partir du", "avant le"), ("peuvent", "ne peuvent pas"), ("peut", "ne peut pas"),
    ],
    "en": [
        ("shall", "may"), ("may", "shall"), ("must", "may"), ("should", "must"), ("shall", "should"), ("may", "must"),
        ("shall", "shall not"), ("may", "may not"), ("prohibited", "permitted"), ("only", "also"),
        ("exclusively", "notably"), ("solely", "also"), ("at least", "at most"), ("up to", "at least"),
        ("more than", "less than"), ("less than", "more than"), ("fewer than", "more than"), ("before", "after"),
        ("after", "before"), ("prior to", "after"), ("no later than", "no earlier than"), ("maximum", "minimum"),
        ("minimum", "maximum"), ("greater than", "lower than"), ("at the latest", "at the earliest"), ("can", "must"),
        ("higher", "lower"),
    ],
}  # fmt: skip


def flip_modality(text: str, lang: str, chance: random.Random) -> Iterator[str]:
    """A duty becomes a faculty, a least a most, a before an after, and the other way round."""
    for one, other in _MODAL[lang]:
        for match in re.finditer(rf"(?<![\w’'-]){re.escape(one)}(?![\w-])", text.replace("’", "'")):
            kept = text[: match.start()]
            if one in {"peut", "peuvent"} and re.search(r"(?:\bne|\bse|\by|\ben)\s$", kept):
                continue
            if one in {"may", "shall"} and text[match.end() :].startswith(" not") and other.endswith("not"):
                continue
            yield kept + other + text[match.end() :]


FLIPS: dict[str, Flip] = {
    "number": flip_number,
    "date": flip_date,
    "negation": flip_negation,
    "modality": flip_modality,
    "article": flip_reference,
}


def mutants(drawn: Iterable[Drawn], count: int, chance: random.Random) -> list[Changed]:
    """`count` flipped sentences, the kinds in turn as far as the texts hold them; no sentence twice for one kind."""
    order = list(drawn)
    chance.shuffle(order)
    piles: dict[str, list[Changed]] = {kind: [] for kind in FLIPS}
    for sentence in order:
        for kind, flip in FLIPS.items():
            if len(piles[kind]) < count:
                flipped = flip(sentence.text, sentence.passage.lang, chance)
                changed = [t for t in flipped if t != sentence.text and t not in sentence.passage.text]
                if changed:
                    piles[kind].append(Changed(chance.choice(changed), kind, sentence))
    found: list[Changed] = []
    for turn in range(count):
        found += [pile[turn] for pile in piles.values() if turn < len(pile)]
        if len(found) >= count:
            break
    return found[:count]
