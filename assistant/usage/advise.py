"""From a situation to a verdict: the catalogue places it in the table, the table decides, the texts date it.

Deterministic, the same with and without a language model. The failure this prevents: a verdict that
depends on how a model words things, or that rests on a provision which does not apply yet in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.errors import UnknownReference
from assistant.law.identifiers import LocatorKind, Reference
from assistant.law.passage import Passage
from assistant.law.validity import Status as Standing
from assistant.library import Library
from assistant.settings import Settings
from assistant.usage import wording
from assistant.usage.catalogue import Catalogue, load_catalogue
from assistant.usage.proof import owner
from assistant.usage.rules import Table, load_table
from assistant.usage.types import (
    City,
    DataClass,
    Duty,
    Rule,
    Sheet,
    Situation,
    Status,
    Tool,
    Use,
    Verdict,
    VerdictValue,
)

ALTERNATIVES = 4
"""How many other tools a verdict names at most."""

CLASSES = tuple(data for data in DataClass if data not in {DataClass.UNKNOWN, DataClass.SECRETS})
"""Classes that a verdict tells apart when the data is not known; secrets are never allowed, and whoever has some
says so."""

_ALLOWED = (VerdictValue.AUTHORISED, VerdictValue.CONDITIONS)
_NAME_LENGTH = 60


class Advisor:
    """Answers "may I use this tool for this, with this data?"."""

    def __init__(self, catalogue: Catalogue, table: Table, library: Library) -> None:
        self.catalogue = catalogue
        self.table = table
        self.library = library

    def place(self, situation: Situation) -> Situation:
        """The same with its tool's slug, status and sheet from the catalogue, whatever they were before."""
        if not situation.tool:
            fits = any(_fits(tool, situation) for tool in self.catalogue.tools)
            status = Status.AUTHORISED if fits else Status.NOT_EVALUATED
            return replace(situation, status=status, sheet=Sheet.NO_TOOL)
        tool = self.catalogue.find(situation.tool)
        if tool is None:
            return replace(situation, status=Status.NOT_EVALUATED, sheet=Sheet.COVERED)
        return replace(situation, tool=tool.slug, status=tool.status, sheet=_sheet(tool, situation))

    def advise(self, situation: Situation, lang: str, day: date) -> Verdict:
        """The verdict on a situation, as the texts stand on `day`."""
        cell = self.place(situation)
        rule = self.table.decide(cell)
        tool = self.catalogue.find(cell.tool)
        duties = self.table.duties_of(cell, rule.value)
        opposed = self.table.opposed(cell)
        passages, missing = self._passages(_unique((rule, *duties, *opposed)), cell.city, lang, day)
        others = self.alternatives(cell)
        own = tool.conditions if tool and rule.value in _ALLOWED else ()
        asked = (duty.text for duty in duties if duty.text and rule.value in duty.values)
        return Verdict(
            value=rule.value,
            situation=cell,
            tool_name=tool.name if tool else _shortened(cell.tool) or wording.say(wording.NO_TOOL, lang),
            known_tool=tool is not None,
            reason=rule.reason.of(lang),
            conditions=tuple(words.of(lang) for words in (*rule.conditions, *own, *asked)),
            rule=rule.id,
            rank=rule.rank,
            clauses=tuple(passage.reference for passage in passages),
            contact=rule.contact,
            review_date=tool.review_date if tool else None,
            warnings=(
                *self._warnings(cell, tool, bool(others), lang, day),
                *_opposition(rule, opposed, lang),
                *_dated(passages, lang, day),
                *missing,
            ),
            alternatives=others,
            by_data=self._values(cell),
        )

    def by_data(self, situation: Situation, lang: str, day: date) -> list[tuple[DataClass, Verdict]]:
        """The verdict for each class of data, everything else the same."""
        return [(data, self.advise(replace(situation, data=data), lang, day)) for data in CLASSES]

    def alternatives(self, situation: Situation) -> tuple[str, ...]:
        """Slugs of other tools allowed for the same use, data and audience: freest first, then the city's own."""
        if situation.use is Use.UNKNOWN:
            return ()
        found = []
        for tool in self.catalogue.tools:
            if tool.slug == situation.tool or not _fits(tool, situation):
                continue
            value = self.table.decide(self.place(replace(situation, tool=tool.slug))).value
            if value in _ALLOWED:
                found.append((_ALLOWED.index(value), not tool.local, tool.name, tool.slug))
        return tuple(slug for *_, slug in sorted(found)[:ALTERNATIVES])

    def _values(self, cell: Situation) -> tuple[tuple[DataClass, VerdictValue], ...]:
        """Value by class of data where the class is unknown and makes a difference."""
        if cell.data is not DataClass.UNKNOWN:
            return ()
        values = [(data, self.table.decide(self.place(replace(cell, data=data))).value) for data in CLASSES]
        return tuple(values) if len({value for _, value in values}) > 1 else ()

    def _passages(
        self, clauses: Iterable[Reference], city: City, lang: str, day: date
    ) -> tuple[list[Passage], list[str]]:
        """The clauses that the texts hold, another city's left out, and what is said of those that they do not."""
        passages, missing = [], []
        for clause in clauses:
            if owner(self.library.manifest, clause) not in {"", city.value}:
                continue
            try:
                passages.append(self.library.passage(clause, lang, day))
            except UnknownReference:
                missing.append(wording.unreadable(str(clause), lang))
        return passages, missing

    def _warnings(self, cell: Situation, tool: Tool | None, others: bool, lang: str, day: date) -> Iterator[str]:
        if cell.tool and tool is None:
            yield wording.outside_catalogue(_shortened(cell.tool), lang)
        if tool and tool.review_date and tool.review_date < day:
            yield wording.review_past(tool.name, tool.review_date, lang)
        if self.catalogue.example and (tool or others):
            yield wording.example_catalogue(lang)


def open_advisor(settings: Settings, library: Library) -> Advisor:
    """The advisor over the city's catalogue; `ManifestError` names the line of a fault in it or in the rules."""
    return Advisor(load_catalogue(settings.catalogue), load_table(), library)


def _sheet(tool: Tool, situation: Situation) -> Sheet:
    """How an entry bears on a situation; data that it does not admit weighs more than a use that it does not."""
    if tool.status not in {Status.AUTHORISED, Status.TRIAL}:
        return Sheet.COVERED
    if situation.data is not DataClass.UNKNOWN and situation.data not in tool.data:
        return Sheet.OTHER_DATA
    if situation.use is not Use.UNKNOWN and situation.use not in tool.uses:
        return Sheet.OTHER_USE
    return Sheet.COVERED


def _fits(tool: Tool, situation: Situation) -> bool:
    return tool.status is Status.AUTHORISED and _sheet(tool, situation) is Sheet.COVERED


def _unique(entries: Iterable[Rule | Duty]) -> list[Reference]:
    return list(dict.fromkeys(clause for entry in entries for clause in entry.clauses))


def _opposition(rule: Rule, opposed: Sequence[Rule], lang: str) -> Iterator[str]:
    for other in opposed:
        yield wording.contradiction(rule.rank, other.rank, other.reason.of(lang), lang)


def _dated(passages: Sequence[Passage], lang: str, day: date) -> Iterator[str]:
    """What is to be said of provisions that do not, or not yet, apply on `day`; those of one date together."""
    coming: dict[date, list[Passage]] = {}
    for passage in passages:
        validity = passage.validity
        standing = validity.status_on(day)
        if standing is Standing.NOT_YET_APPLICABLE:
            coming.setdefault(validity.applications[0].since, []).append(passage)
        elif standing is Standing.NOT_YET_IN_FORCE:
            yield wording.not_in_force(passage.label, validity.entry_into_force, lang)
        elif standing is Standing.REPLACED:
            yield wording.no_longer(passage.label, lang)
    for since in sorted(coming):
        yield wording.later(_labels(coming[since]), since, lang)


def _labels(passages: Sequence[Passage]) -> list[str]:
    """Labels in which an act is named once, its further articles briefly: "Règlement IA, annexe III", "art. 6.2"."""
    labels, before = [], ""
    for passage in passages:
        locator = passage.reference.locator
        place = passage.label.split(", ", 1)[-1]
        brief = f"art. {str(locator).removeprefix('art-')}" if locator.kind is LocatorKind.ARTICLE else place
        labels.append(brief if passage.reference.act == before else passage.label)
        before = passage.reference.act
    return labels


def _shortened(name: str) -> str:
    """A tool's name as somebody typed it, on one line and not too long to show."""
    line = " ".join(name.split())
    return line if len(line) <= _NAME_LENGTH else f"{line[: _NAME_LENGTH - 1]}…"
