"""Plain sentences held against their own provision, in the same language: numbers, dates, places, force.

A plain sentence is no quote: its words are ours, so that only its hard tokens can be compared. The
failure this prevents: a deadline, an amount, a "doit" or a "sauf" that the law does not hold, told in
plain words by somebody who remembered it that way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from assistant.answering.proof.force import (
    EXCEPT,
    FORBIDDEN,
    FORCE,
    MAY,
    MAY_NOT,
    MUST,
    MUST_NOT,
    NON,
    NOT,
    ONLY,
    OTHER_THAN,
    REFUSED,
    SHOULD_NOT,
    WITHOUT,
)
from assistant.answering.proof.hard_tokens import DATE, NUMBER, PLACE, WORD, Item, read
from assistant.law.folding import fold
from assistant.law.passage import Passage
from assistant.lexique.substitutions import Substitutions, load_substitutions

_NEGATIVE = frozenset({NOT, FORBIDDEN, MUST_NOT, MAY_NOT, SHOULD_NOT, REFUSED, WITHOUT, EXCEPT, ONLY})
_DENIED = frozenset({NOT, FORBIDDEN, MUST_NOT, MAY_NOT})
_UPWARDS, _DOWNWARDS = frozenset({"min", "more", "earliest", "from"}), frozenset({"max", "less", "latest"})

SHORT = 60
"""Words of a provision that holds one rule: its "not" and its exception must be in the plain sentence."""


@dataclass(frozen=True, slots=True)
class _Held:
    """What a text holds: its items, and all of it folded."""

    items: tuple[Item, ...]
    folded: str

    def __add__(self, other: _Held) -> _Held:
        return _Held(self.items + other.items, f"{self.folded}\n{other.folded}")

    def values(self, family: str) -> set[str]:
        return {item.value for item in self.items if item.family == family}


def disagreements(sentence: str, passage: Passage, around: str = "", names: str = "") -> list[str]:
    """What a plain sentence says that its provision does not, or leaves out.

    `around` is the text that holds the provision, for its places and words of force; `names` how the act is called.
    """
    table, lang = load_substitutions(), passage.lang
    said = read(table.compared(sentence, lang), lang, table.equivalents)
    head = [passage.label, passage.title, names, passage.context]
    own = _held(tuple(head), lang) + _held(tuple(passage.text.splitlines()), lang)
    wide = own + _held(tuple(around.splitlines()), lang)
    found = [*_facts(said, own, wide), *_force(said, wide, lang, table), *_limits(said, own)]
    found += _left_out(said, fold(sentence), passage, table)
    accepted = table.accepted.get((str(passage.reference), lang), frozenset())
    return [reason for reason in dict.fromkeys(found) if reason not in accepted]


@lru_cache(maxsize=4_000)
def _held(lines: tuple[str, ...], lang: str) -> _Held:
    return _Held(tuple(item for line in lines for item in _line(line, lang)), fold("\n".join(lines)))


@lru_cache(maxsize=50_000)
def _line(line: str, lang: str) -> tuple[Item, ...]:
    """The items of one line; points are read again with every provision that holds them."""
    return tuple(read(line, lang, load_substitutions().equivalents))


def _facts(said: Sequence[Item], own: _Held, wide: _Held) -> Iterator[str]:
    """Numbers with their units and dates that the provision does not hold, places that nothing around it names."""
    numbers, dates, places = own.values(NUMBER), own.values(DATE), wide.values(PLACE)
    bare = {number.split()[0] for number in numbers} | {date[:4] for date in dates} | {"2"}
    for item in said:
        unknown = (
            (item.family == NUMBER and item.value not in numbers | bare and not item.value.endswith(" order"))
            or (item.family == DATE and not any(_same_day(item.value, date) for date in dates))
            or (item.family == PLACE and item.value not in places)
        )
        if unknown:
            yield f"says {item.value}"


def _same_day(said: str, date: str) -> bool:
    """The same date, as far as both say it: a month of a date, a date without its year."""
    return date.startswith(said) or (said.startswith("--") and date.endswith(said[1:])) or said[4:] == date[1:]


def _force(said: Sequence[Item], held: _Held, lang: str, table: Substitutions) -> Iterator[str]:
    """Faculties, negations and conditions that nothing in the provision stands for; a duty where it says "may"."""
    ours, theirs = _forces(said), held.values(FORCE)
    bounded = {ONLY, EXCEPT, *_DENIED}
    may = {MAY, MAY_NOT} | (bounded if ONLY in ours else set())
    for value, enough in ((MAY, may), (ONLY, bounded), (EXCEPT, bounded | {REFUSED})):
        if value in ours and not theirs & enough and not table.stands_for[value, lang].search(held.folded):
            yield f"says '{value}'"
    denied = ours & _DENIED and not theirs & (_NEGATIVE | {NON, OTHER_THAN})
    if denied and not table.stands_for[NOT, lang].search(held.folded):
        yield "says 'not'"
    duty = _duty(said) and MUST not in theirs and (lang == "en" or _only_may(said, held))
    if duty and not table.stands_for[MUST, lang].search(held.folded):
        yield "says 'must'"


def _forces(items: Sequence[Item]) -> set[str]:
    return {item.value for item in items if item.family == FORCE}


def _duty(said: Sequence[Item]) -> bool:
    """Whether the sentence says that something must be done: a "must" that no "not" takes back ("no … is required")."""
    denied = {NOT, WITHOUT}
    return any(
        item.value == MUST and not any(other.value in denied for other in said[max(0, n - 4) : n])
        for n, item in enumerate(said)
    )


def _only_may(said: Sequence[Item], held: _Held) -> bool:
    """Whether what the sentence says must be done is what the provision says may be done."""
    musts = {_next_word(said, n) for n, item in enumerate(said) if item.value == MUST}
    mays = {_next_word(held.items, n) for n, item in enumerate(held.items) if item.value == MAY}
    return bool((musts & mays) - {""})


def _next_word(items: Sequence[Item], n: int) -> str:
    return next((item.value for item in items[n + 1 : n + 2] if item.family == WORD), "")


def _limits(said: Sequence[Item], held: _Held) -> Iterator[str]:
    """Numbers that are a least in one and a most in the other, or a least in one of them only."""
    theirs: dict[str, set[str]] = {}
    for number, direction in _directed(held.items):
        theirs.setdefault(number, set()).add(direction)
    ours = list(_directed(said))
    listed = any(direction == "at least" for _, direction in ours)
    for number, direction in ours:
        known = theirs.get(number, {direction})
        least_lost = not direction and known == {"at least"} and not listed
        if least_lost or (direction and direction not in known and (direction == "at least" or "" not in known)):
            yield f"says {direction or 'exactly'} {number}"


def _directed(items: Sequence[Item]) -> Iterator[tuple[str, str]]:
    """Numbers and the direction of the limit beside them: "at least", "at most" or nothing."""
    for n, item in enumerate(items):
        if item.family == NUMBER:
            yield item.value, _direction(items, n)


def _direction(items: Sequence[Item], n: int) -> str:
    """The limit just before a number, else just after it; "does not exceed" is a most."""
    behind = list(takewhile(lambda m: items[m].family != NUMBER, range(n - 1, max(-1, n - 4), -1)))
    near = [m for m in behind if items[m].value in _UPWARDS | _DOWNWARDS]
    near += [m for m in (n + 1,) if m < len(items) and items[m].value in {"min", "max", "latest"}]
    if not near:
        return ""
    before = [item.value for item in items[max(0, near[0] - 2) : near[0]]]
    denied = items[near[0]].value in {"more", "less"} and bool(_DENIED & set(before) or before[-1:] == [WITHOUT])
    return "at least" if (items[near[0]].value in _UPWARDS) != denied else "at most"


def _left_out(said: Sequence[Item], sentence: str, passage: Passage, table: Substitutions) -> Iterator[str]:
    """The negation or the exception of a provision that is one rule, where the plain sentence has none at all."""
    if len(passage.text.split()) > SHORT:
        return
    lines = passage.text.splitlines()
    own = {item.value for line in lines for item in _line(line, passage.lang) if item.family == FORCE}
    ours = _forces(said)
    denied = own & _DENIED and not ours & (_NEGATIVE | {NON})
    if denied and not table.stands_for[NOT, passage.lang].search(sentence):
        yield "leaves out 'not'"
    excepted = EXCEPT in own and not ours & {EXCEPT, ONLY, REFUSED, *_DENIED}
    if excepted and not table.stands_for[EXCEPT, passage.lang].search(sentence):
        yield "leaves out 'except'"
