"""How the law of the Union names its provisions, in French and in English, as patterns and pieces.

"article 6, paragraphe 1, points a) à c)" is a chain of three pieces, "point (f) of Article 6(1)"
two chains of which the second holds the first. The failure this prevents: "paragraphe 1" of one
article linked to another, because the words before and after it were not read together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.law.crossref_words import (
    BRACKETS,
    COMMA,
    HEADS,
    ITEM,
    JOIN,
    LAST,
    LEVELS,
    OF,
    ORDER,
    RANK,
    RANKS,
    SAME_HEAD,
    STARTS,
    SUBPARAGRAPH,
    Level,
)


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of a chain: its level, its kind ("art", "anx" or "rec" for a head), its number as printed."""

    level: Level
    kind: str
    number: str


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place as written: steps outermost first, and the offsets of its words. `until`: the end of a range."""

    steps: tuple[Step, ...]
    start: int
    end: int
    until: tuple[Step, ...] = ()

    @property
    def top(self) -> Step:
        """The outermost step."""
        return self.steps[0]


Chain = tuple[tuple[NamedPlace, ...], int]
"""Places that are read together, and where their words end."""


def named_places(plain: str, lang: str) -> Iterator[tuple[NamedPlace, ...]]:
    """Every place that a flat text names, in order; those that are read together come together."""
    position = 0
    while (found := _next_chain(plain, position, lang)) is not None:
        chain, end = _with_holders(plain, found, lang)
        yield chain
        position = max(end, position + 1)


def _next_chain(plain: str, position: int, lang: str) -> Chain | None:
    """The first chain from `position` on, and where it ends."""
    match = STARTS[lang].search(plain, position)
    return _chain(plain, match.start(), lang) if match else None


def _chain(plain: str, start: int, lang: str) -> Chain | None:
    """A piece and the smaller ones that follow it: those attach to the last place named."""
    done = _piece(plain, start, lang)
    if done is None:
        return None
    found, end = done
    while True:
        deeper = _piece(plain, COMMA.match(plain, end).end(), lang)  # type: ignore[union-attr]  # matches always
        if deeper is not None and deeper[0][0].top.level > found[-1].steps[-1].level:
            inner, end = deeper
            found = [*found[:-1], *_inside(found[-1], inner)]
            continue
        beside = _beside(plain, end, found[-1], lang)
        if beside is None:
            return tuple(found), end
        inner, end = beside
        found = [*found, *inner]


def _inside(holder: NamedPlace, places_inside: Sequence[NamedPlace]) -> list[NamedPlace]:
    """Places as parts of `holder`, whose words belong to the first of them."""
    held = [_held(path, holder) for path in places_inside]
    return [replace(held[0], start=min(holder.start, held[0].start)), *held[1:]]


def _held(path: NamedPlace, holder: NamedPlace) -> NamedPlace:
    until = (*holder.steps, *path.until) if path.until else ()
    return replace(path, steps=(*holder.steps, *path.steps), until=until)


def _beside(plain: str, end: int, last: NamedPlace, lang: str) -> tuple[list[NamedPlace], int] | None:
    """Another part of the same article, without a preposition of its own: ", et paragraphe 3"."""
    join = SAME_HEAD[lang].match(plain, end)
    if join is None or (last.top.level is not Level.HEAD and len(last.steps) == 1):
        return None
    more = _piece(plain, join.end(), lang)
    if more is None or not last.top.level < more[0][0].top.level <= last.steps[-1].level:
        return None
    kept = tuple(step for step in last.steps if step.level < more[0][0].top.level)
    return _inside(replace(last, steps=kept, start=more[0][0].start), more[0]), more[1]


def _with_holders(
    plain: str, found: tuple[tuple[NamedPlace, ...], int], lang: str
) -> tuple[tuple[NamedPlace, ...], int]:
    """The place after "of" holds those before it: "point (f) of Article 6(1)"."""
    chain, end = found
    while (of := OF[lang].match(plain, end)) is not None:
        outer = _chain(plain, of.end(), lang) if chain[0].top.level > Level.HEAD else None
        if outer is None or outer[0][0].top.level >= chain[0].top.level or not _is_at(plain, of.end(), outer[0]):
            break
        inner = [_held(path, outer[0][0]) for path in chain]
        inner[-1] = replace(inner[-1], end=outer[1])
        chain, end = (*inner, *outer[0][1:]), outer[1]
    return chain, end


def _is_at(plain: str, position: int, chain: tuple[NamedPlace, ...]) -> bool:
    return not plain[position : chain[0].start].strip()


def _piece(plain: str, start: int, lang: str) -> tuple[list[NamedPlace], int] | None:
    """One word and its numbers at `start`: "points a) à c)", "first subparagraph", "Articles 13 and 14"."""
    ranks = SUBPARAGRAPH[lang].match(plain, start)
    if ranks:
        return _ranked(ranks, lang), ranks.end()
    for (tongue, kind), head in HEADS.items():
        match = head.match(plain, start) if tongue == lang else None
        if match:
            return _numbered(plain, match, kind, lang)
    return None


def _ranked(match: re.Match[str], lang: str) -> list[NamedPlace]:
    """The subparagraphs of "deuxième et troisième alinéas"."""
    found = []
    for word in re.finditer(RANK[lang], match[1]):
        names = RANKS[lang].split()
        rank = next(n for n, name in enumerate(names, 1) if word[0] in name.split("|"))
        number = LAST if rank == len(names) else str(rank)
        step = Step(Level.SUBPARAGRAPH, "subparagraph", number)
        found.append(NamedPlace((step,), match.start() + word.start(), match.start() + word.end()))
    return [*found[:-1], replace(found[-1], end=match.end())]


def _numbered(plain: str, head: re.Match[str], kind: str, lang: str) -> tuple[list[NamedPlace], int]:
    """The places after a head word. After a singular, a list goes on by "et" and "ou" only."""
    plural = head[1].endswith("s")
    found: list[NamedPlace] = []
    start, position = head.start(), head.end()
    while (path := _item(plain, position, kind, lang, found)) is not None:
        if found and _joined_by_range(plain, found[-1].end, lang):
            found[-1] = replace(found[-1], end=path.end, until=path.steps)
        else:
            found.append(replace(path, start=start if not found else path.start))
        join = JOIN[lang].match(plain, path.end)
        if join is None or not (plural or _goes_on(plain, join, kind, lang)):
            break
        position = join.end()
    return found, found[-1].end


def _joined_by_range(plain: str, end: int, lang: str) -> bool:
    join = JOIN[lang].match(plain, end)
    return join is not None and join["range"] is not None


def _goes_on(plain: str, join: re.Match[str], kind: str, lang: str) -> bool:
    """Whether a list goes on after a singular: "article 55 ou 56", "point 1, 6 or 7", "Article 60(7), (8) and (9)"."""
    word = join[0].strip()
    if lang == "en" and kind == "art" and plain[join.end() : join.end() + 1] == "(":
        return True
    item = ITEM[lang, kind].match(plain, join.end())
    if word == "," and item is not None:
        return re.compile(r"(?:\s*,\s*\w+\)?)*\s+(?:ou|or)\s+[\w(]+\)?(?!\w)").match(plain, item.end()) is not None
    return word in {"ou", "or"} or (word == "and" and (lang, kind) == ("en", "point"))


def _item(plain: str, position: int, kind: str, lang: str, before: Sequence[NamedPlace]) -> NamedPlace | None:
    """The place at `position` in a list; in English "(2)" after "Article 21(1)" is a paragraph of that article."""
    if before and (lang, kind) == ("en", "art") and plain[position : position + 1] == "(":
        match = BRACKETS.match(plain, position)
        if match is None or not match[0] or len(before[-1].steps) < 2:
            return None
        return NamedPlace((before[-1].steps[0], *_brackets(match[0])), position, match.end())
    match = ITEM[lang, kind].match(plain, position)
    return NamedPlace(_steps(match[0], kind, lang), position, match.end()) if match else None


def _steps(printed: str, kind: str, lang: str) -> tuple[Step, ...]:
    """The steps of one printed number: `6(1)(a)`, `5 b)`, `III`, `premier`."""
    level = LEVELS[kind]
    if kind == "art" and lang == "en":
        number = re.match(r"\d+[a-i]?", printed)
        assert number is not None
        return (Step(level, kind, number[0]), *_brackets(printed[number.end() :]))
    if kind == "point":
        pieces = re.findall(rf"\d+(?:\.\d+)*(?:\s+(?:{ORDER})\b|[a-i]\b)?|[a-z]+(?:\s+(?:{ORDER})\b)?", printed)
        return tuple(Step(level, kind, piece) for piece in pieces)
    if kind == "art":
        printed = "1" if printed == "premier" else re.sub(r"(?<=\d)er", "", printed)
    return (Step(level, kind, printed.strip("()")),)


def _brackets(printed: str) -> tuple[Step, ...]:
    """`(1)(a)`: a paragraph where it is a number, a point where it is letters."""
    steps = []
    for number in re.findall(r"\(([^)]+)\)", printed):
        level = Level.PARAGRAPH if number[0].isdigit() else Level.POINT
        steps.append(Step(level, level.name.lower(), number))
    return tuple(steps)
