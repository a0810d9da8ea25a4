"""The decision table as a file: `corpus/catalogue/regles.toml` read into rules and duties.

The failure this prevents: a rule that holds elsewhere than its author meant, because a misspelt axis
or value was ignored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from assistant.errors import ManifestError, UnknownReference
from assistant.law.identifiers import Reference
from assistant.manifest import Bilingual
from assistant.resources import corpus_folder
from assistant.usage.located import Fault, Located
from assistant.usage.types import (
    Audience,
    Box,
    City,
    DataClass,
    Duty,
    Rank,
    Role,
    Rule,
    Sheet,
    Situation,
    Status,
    Use,
    VerdictValue,
)

Axis = TypeVar("Axis", bound=StrEnum)

AXES: Mapping[str, type[StrEnum]] = {
    "status": Status,
    "sheet": Sheet,
    "use": Use,
    "data": DataClass,
    "audience": Audience,
    "city": City,
}
"""The axes of the table and the values that each can take."""

Text = Annotated[str, Field(min_length=1)]
Values = Annotated[tuple[Text, ...], Field(min_length=1)]
_ORDER = {rank: place for place, rank in enumerate(Rank)}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Words(_Strict):
    fr: Text
    en: Text


class _Box(_Strict):
    status: Values | None = None
    sheet: Values | None = None
    use: Values | None = None
    data: Values | None = None
    audience: Values | None = None
    city: Values | None = None


class _Rule(_Strict):
    id: Text
    rank: Rank
    priority: int = Field(ge=0)
    value: VerdictValue
    contact: Role
    clauses: Values
    reason: _Words
    condition: tuple[_Words, ...]
    when: Annotated[tuple[_Box, ...], Field(min_length=1)]
    unless: tuple[_Box, ...] = ()


class _Duty(_Strict):
    id: Text
    values: frozenset[VerdictValue] = frozenset()
    cited: frozenset[VerdictValue] = frozenset()
    clauses: Values
    text: _Words | None = None
    when: Annotated[tuple[_Box, ...], Field(min_length=1)]


class _File(_Strict):
    schema_version: Literal[1]
    sets: Mapping[str, Values] = {}
    rule: tuple[_Rule, ...]
    duty: tuple[_Duty, ...] = ()


@dataclass(frozen=True)
class Table:
    """The rules in the order in which they are tried, and the duties in the order of the file."""

    rules: tuple[Rule, ...]
    duties: tuple[Duty, ...]
    decided: dict[Situation, Rule] = field(default_factory=dict, repr=False, compare=False)

    def decide(self, cell: Situation) -> Rule:
        """The first rule that covers the situation; `assistant rules check` proves that there is one."""
        cell = replace(cell, tool="")
        rule = self.decided.get(cell) or next((rule for rule in self.rules if rule.covers(cell)), None)
        if rule is None:
            raise ManifestError(f"no rule covers {cell_words(cell)}: run `assistant rules check`")
        self.decided[cell] = rule
        return rule

    def opposed(self, cell: Situation) -> list[Rule]:
        """The rules of a lower rank than the deciding one that cover the situation and say otherwise."""
        first = self.decide(cell)
        return [r for r in self.rules if r.rank is not first.rank and r.value is not first.value and r.covers(cell)]

    def duties_of(self, cell: Situation, value: VerdictValue) -> list[Duty]:
        """The duties that go with a situation and a verdict, those that are only cited included."""
        return [d for d in self.duties if value in d.values | d.cited and any(box.holds(cell) for box in d.when)]


def cell_words(cell: Situation) -> str:
    """A cell as the file writes it: "status non_evalue, sheet dans_la_fiche, use code, …"."""
    return ", ".join(f"{axis} {getattr(cell, axis).value}" for axis in AXES)


@lru_cache(maxsize=4)
def load_table(path: Path | None = None) -> Table:
    """Read the rules; `ManifestError` gives the first fault of the file."""
    table, faults = examine_table(path)
    if table is None or faults:
        raise ManifestError(f"{faults[0]} (then run `assistant rules check`)")
    return table


def examine_table(path: Path | None = None) -> tuple[Table | None, list[Fault]]:
    """The table (None when the file does not fit the schema) and every fault in it."""
    located = Located(path or corpus_folder() / "catalogue" / "regles.toml")
    file, faults = located.parse(_File)
    if file is None:
        return None, faults
    faults = [located.fault(place, words) for place, words in _faults(file)]
    if faults:
        return None, faults
    rules = sorted((_rule(row, file.sets) for row in file.rule), key=lambda rule: (_ORDER[rule.rank], rule.priority))
    return Table(tuple(rules), tuple(_duty(row, file.sets) for row in file.duty)), []


def _rule(row: _Rule, sets: Mapping[str, Sequence[str]]) -> Rule:
    return Rule(
        id=row.id,
        rank=row.rank,
        priority=row.priority,
        when=tuple(_box(box, sets) for box in row.when),
        unless=tuple(_box(box, sets) for box in row.unless),
        value=row.value,
        reason=_bilingual(row.reason),
        conditions=tuple(_bilingual(words) for words in row.condition),
        contact=row.contact,
        clauses=tuple(Reference.parse(clause) for clause in row.clauses),
    )


def _duty(row: _Duty, sets: Mapping[str, Sequence[str]]) -> Duty:
    boxes = tuple(_box(box, sets) for box in row.when)
    clauses = tuple(Reference.parse(clause) for clause in row.clauses)
    text = _bilingual(row.text) if row.text else None
    return Duty(row.id, boxes, row.values, row.cited, text, clauses)


def _box(row: _Box, sets: Mapping[str, Sequence[str]]) -> Box:
    return Box(
        status=_members(Status, row.status, sets),
        sheet=_members(Sheet, row.sheet, sets),
        use=_members(Use, row.use, sets),
        data=_members(DataClass, row.data, sets),
        audience=_members(Audience, row.audience, sets),
        city=_members(City, row.city, sets),
    )


def _members(axis: type[Axis], values: Sequence[str] | None, sets: Mapping[str, Sequence[str]]) -> frozenset[Axis]:
    if values is None:
        return frozenset(axis)
    named = [member for value in values for member in (sets[value[1:]] if value.startswith("@") else (value,))]
    return frozenset(axis(member) for member in named)


def _bilingual(words: _Words) -> Bilingual:
    return Bilingual(fr=words.fr, en=words.en)


def _faults(file: _File) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """What the schema cannot say: unknown sets and values, clauses that are no references, ids used twice."""
    seen: set[str] = set()
    tables: tuple[tuple[str, Sequence[_Rule | _Duty]], ...] = (("rule", file.rule), ("duty", file.duty))
    for n, duty in enumerate(file.duty):
        if bool(duty.values) is not bool(duty.text):
            yield ("duty", n, "text"), "a condition has a text and the values that it goes with: write both or neither"
    for kind, rows in tables:
        for n, row in enumerate(rows):
            if row.id in seen:
                yield (kind, n, "id"), f"'{row.id}' names two entries: rename one"
            seen.add(row.id)
            yield from (((kind, n, "clauses"), words) for words in _wrong_clauses(row.clauses))
            for name in ("when", "unless"):
                for m, box in enumerate(getattr(row, name, ())):
                    for axis, words in _wrong_values(box, file.sets):
                        yield (kind, n, name, m, axis), words


def _wrong_clauses(clauses: Sequence[str]) -> Iterator[str]:
    for clause in clauses:
        try:
            Reference.parse(clause)
        except UnknownReference as error:
            yield str(error)


def _wrong_values(box: _Box, sets: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    for axis, kind in AXES.items():
        for value in getattr(box, axis) or ():
            known = [member.value for member in kind]
            if value.startswith("@"):
                if value[1:] not in sets:
                    yield axis, f"no set is called {value}: name one of {', '.join(sets)}"
                elif wrong := [member for member in sets[value[1:]] if member not in known]:
                    yield axis, f"{value} holds '{wrong[0]}', which is no {axis}: write one of {', '.join(known)}"
            elif value not in known:
                yield axis, f"'{value}' is no {axis}: write one of {', '.join(known)}"
