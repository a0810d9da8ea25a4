"""One provision read line by line: what it names, and what "that article" and "dudit règlement" point back to.

The failure this prevents: "paragraphe 2 dudit article" linked to the article that says so, because
what was named before was forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.law.act import Act
from assistant.law.crossref_acts import (
    Belonging,
    Owner,
    are_joined,
    bare_places,
    belonging,
    number_before,
    speaks_of_itself,
)
from assistant.law.crossref_grammar import NamedPlace, Step, named_places
from assistant.law.crossref_places import ancestor, between, descend, head
from assistant.law.crossref_words import Level
from assistant.law.identifiers import Locator, LocatorKind, Reference

Group = tuple[tuple[NamedPlace, ...], Belonging]
Base = tuple[Act, Locator | None, bool]
"""An act, the place to start from (None: from an article only), and whether the words stand inside that place."""


class Reason(StrEnum):
    """Why a reference has no link."""

    LINKED = ""
    FOREIGN = "another act, which is not held"
    SHARED = "joined to a reference to another act: whose it is cannot be told"
    UNKNOWN = "what was named before cannot be told"
    MISSING = "no such provision"
    AMENDS = "the article amends another act"
    TABLE = "a correlation table"


@dataclass(frozen=True, slots=True)
class CrossReference:
    """Characters `start` to `end` of an official text name `references`; without any, `reason` says why."""

    start: int
    end: int
    references: tuple[Reference, ...]
    reason: Reason = Reason.LINKED


@dataclass(frozen=True, slots=True)
class Corpus:
    """The acts of one day and language, by the number under which others name them ("2016/679")."""

    by_number: Mapping[str, Act]


@dataclass(slots=True)
class Reading:
    """What has been named so far: the last act (by number; `itself`: this one later still) and the last place."""

    act: Act
    corpus: Corpus
    number: str = ""
    itself: bool = False
    place: tuple[Act, Locator] | None = None

    def line(self, place: Locator, plain: str) -> Iterator[CrossReference]:
        """The references in the flat text of one line, which stands at `place`."""
        lang = self.act.lang
        groups = [(group, belonging(plain, group[0].start, group[-1].end, lang)) for group in named_places(plain, lang)]
        bare = sorted(bare_places(plain, lang), key=lambda item: item[0])
        taken = 0
        for n, (group, whose) in enumerate(groups):
            yield from self._bare(place, [item for item in bare if taken <= item[0] < group[0].start])
            taken = whose.end
            if whose.owner is Owner.UNSAID and self._is_shared(plain, group, groups[n + 1 : n + 2]):
                yield from (CrossReference(named.start, named.end, (), Reason.SHARED) for named in group)
                continue
            self.number = number_before(plain, group[0].start) or self.number
            self.itself = speaks_of_itself(plain, group[0].start)
            yield from [self._link(place, named, whose) for named in group]
        yield from self._bare(place, [item for item in bare if item[0] >= taken])
        self.number = number_before(plain, len(plain)) or self.number

    def _is_shared(self, plain: str, group: Sequence[NamedPlace], after: Sequence[Group]) -> bool:
        """Whether an article without its act is joined to one of another act: "article 5 et article 6 du règlement"."""
        if not after or group[0].top.level is not Level.HEAD:
            return False
        following, whose = after[0]
        if not are_joined(plain, group[-1].end, following[0].start, self.act.lang):
            return False
        named = whose.owner is Owner.NAMED and self.corpus.by_number.get(whose.number) is not self.act
        return named or whose.owner in {Owner.FOREIGN, Owner.LAST}

    def _bare(self, place: Locator, found: Sequence[tuple[int, Belonging]]) -> Iterator[CrossReference]:
        """Links for "présent article" and "that paragraph"."""
        for start, whose in found:
            act, base = (self.act, place) if whose.owner is Owner.HERE else self.place or (None, None)
            target = ancestor(act, base, whose.place) if act is not None and base is not None else None
            if act is not None and target is not None:
                yield CrossReference(start, whose.end, (Reference(act.act, target),))

    def _link(self, place: Locator, named: NamedPlace, whose: Belonging) -> CrossReference:
        """One place as a link, remembered as the last one named."""
        base = self._base(place, named, whose)
        if isinstance(base, Reason):
            self.place = None
            return CrossReference(named.start, named.end, (), base)
        act = base[0]
        locator = _locate(base, named.steps)
        if locator is None:
            return CrossReference(named.start, named.end, (), Reason.MISSING)
        self.place = (act, locator)
        last = _locate(base, named.until) if named.until else None
        places = between(act, locator, last) if last else (locator,)
        return CrossReference(named.start, named.end, tuple(Reference(act.act, found) for found in places))

    def _base(self, place: Locator, named: NamedPlace, whose: Belonging) -> Base | Reason:
        """The act that owns a place, and from where its steps are counted."""
        if whose.owner in {Owner.THIS, Owner.UNSAID}:
            return self.act, place, True
        if whose.owner is Owner.HERE:
            holder = ancestor(self.act, place, whose.place)
            return (self.act, holder, False) if holder else (self.act, place, True)
        if whose.owner is Owner.THERE or (whose.owner is Owner.ITS and named.top.level is not Level.HEAD):
            return self._last_place(whose.place)
        if whose.owner is Owner.ITS and self.itself:
            return self.act, place, True
        number = whose.number if whose.owner is Owner.NAMED else self.number
        if whose.owner is Owner.FOREIGN or not number:
            return Reason.FOREIGN if whose.owner is Owner.FOREIGN else Reason.UNKNOWN
        self.number = number
        act = self.corpus.by_number.get(number)
        return (act, None, False) if act is not None else Reason.FOREIGN

    def _last_place(self, word: str) -> Base | Reason:
        if self.place is None:
            return Reason.UNKNOWN
        act, place = self.place
        holder = ancestor(act, place, word) if word else place
        return (act, holder, False) if holder is not None else Reason.UNKNOWN


def _locate(base: Base, steps: tuple[Step, ...]) -> Locator | None:
    act, start, inside = base
    if steps[0].level is Level.HEAD:
        top = head(act, steps[0])
        return descend(act, top, steps[1:]) if top is not None else None
    if start is None or start.kind is LocatorKind.RECITAL:
        return None
    return descend(act, start, steps, relative=inside)
