"""`assistant rules check`: the proof that the decision table is total, reachable and consistent.

The failure this prevents: a situation without an answer, or with two, found by an agent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from typing import Any

from assistant.errors import UnknownReference
from assistant.law.identifiers import Reference
from assistant.law.validity import Status as Standing
from assistant.library import Library
from assistant.manifest import Manifest
from assistant.usage.rules import Table, cell_words
from assistant.usage.types import Audience, City, DataClass, Duty, Rule, Sheet, Situation, Status, Use

SHEETS = {
    Status.AUTHORISED: tuple(Sheet),
    Status.TRIAL: (Sheet.COVERED, Sheet.OTHER_USE, Sheet.OTHER_DATA),
    Status.NOT_EVALUATED: (Sheet.COVERED, Sheet.NO_TOOL),
    Status.FORBIDDEN: (Sheet.COVERED,),
}
"""Which values of `sheet` occur with each status."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A rule of higher rank decides; one of lower rank says otherwise; on so many cells, one of them shown."""

    higher: Rule
    lower: Rule
    cells: int
    example: Situation


@dataclass(frozen=True, slots=True)
class Proof:
    """What the check found. `errors` make it fail; contradictions and later provisions are facts to know."""

    cells: int
    errors: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]
    later: tuple[tuple[str, Reference, date], ...]


@cache
def cells() -> tuple[Situation, ...]:
    """Every cell of the table, some 18,000."""
    kinds = [(status, sheet) for status, sheets in SHEETS.items() for sheet in sheets]
    return tuple(
        Situation("", status, use, data, audience, city, sheet)
        for (status, sheet), use, data, audience, city in product(kinds, Use, DataClass, Audience, City)
    )


def prove(table: Table, library: Library, day: date) -> Proof:
    """Check the whole table, and each clause against the texts in force on `day`."""
    deciding: set[str] = set()
    errors: list[str] = []
    pairs: dict[tuple[str, str], Contradiction] = {}
    for cell in cells():
        covering = [rule for rule in table.rules if rule.covers(cell)]
        if not covering:
            errors.append(f"no rule covers: {cell_words(cell)}. Add a rule or widen one")
            continue
        deciding.add(covering[0].id)
        errors += _disagreements(covering, cell)
        for lower in covering[1:]:
            if lower.rank is not covering[0].rank and lower.value is not covering[0].value:
                pair = (covering[0].id, lower.id)
                before = pairs[pair].cells if pair in pairs else 0
                pairs[pair] = Contradiction(covering[0], lower, before + 1, cell)
    errors += [f"{r.id} is never reached: remove it or correct its priority" for r in _unreached(table, deciding)]
    errors += [*_unresolved(table, library, day), *_ownerless(table, library.manifest)]
    return Proof(len(cells()), tuple(dict.fromkeys(errors)), tuple(pairs.values()), tuple(_later(table, library, day)))


def owner(manifest: Manifest, clause: Reference) -> str:
    """The city whose own text a clause belongs to, "" when it is everybody's."""
    document = manifest.find_document(clause.act)
    return document.collectivite if document else ""


def _disagreements(covering: Sequence[Rule], cell: Situation) -> Iterator[str]:
    first = covering[0]
    for other in covering[1:]:
        if (other.rank, other.priority) == (first.rank, first.priority) and other.value is not first.value:
            words = cell_words(cell)
            yield f"{first.id} and {other.id} share rank and priority and disagree: change a priority ({words})"


def _unreached(table: Table, deciding: set[str]) -> list[Rule]:
    return [rule for rule in table.rules if rule.id not in deciding]


def _unresolved(table: Table, library: Library, day: date) -> Iterator[str]:
    for entry, clause in _clauses(table):
        try:
            library.passage(clause, "fr", day)
        except UnknownReference as error:
            yield f"{entry.id}: {error}. Correct the clause in regles.toml"


def _ownerless(table: Table, manifest: Manifest) -> Iterator[str]:
    """A verdict of a city rests on at least one clause that is not another city's."""
    for rule in table.rules:
        for city in City:
            if all(owner(manifest, clause) not in {"", city.value} for clause in rule.clauses) and any(
                rule.covers(cell) for cell in cells() if cell.city is city
            ):
                yield f"{rule.id} covers {city.value}, but cites other cities' texts only: add a clause"


def _later(table: Table, library: Library, day: date) -> Iterator[tuple[str, Reference, date]]:
    for entry, clause in _clauses(table):
        try:
            validity = library.passage(clause, "fr", day).validity
        except UnknownReference:
            continue  # reported by `_unresolved`
        if validity.status_on(day) is Standing.NOT_YET_APPLICABLE:
            yield entry.id, clause, validity.applications[0].since


def _clauses(table: Table) -> Iterator[tuple[Rule | Duty, Reference]]:
    entries: list[Rule | Duty] = [*table.rules, *table.duties]
    for entry in entries:
        yield from ((entry, clause) for clause in entry.clauses)


def proof_lines(table: Table, proof: Proof) -> list[str]:
    """What was proved, one fact a line: errors, contradictions, provisions that apply later, totals."""
    return [
        *(f"error: {error}" for error in proof.errors),
        *(_contradiction_line(contradiction) for contradiction in proof.contradictions),
        *(f"later: {entry} rests on {clause}, which applies from {since}" for entry, clause, since in proof.later),
        f"{proof.cells} cells, {len(table.rules)} rules, {len(table.duties)} duties, {len(proof.errors)} errors, "
        f"{len(proof.contradictions)} contradictions",
    ]


def proof_to_json(proof: Proof) -> dict[str, Any]:
    """The same for a program."""
    return {
        "cells": proof.cells,
        "errors": list(proof.errors),
        "contradictions": [
            {
                "higher": c.higher.id,
                "lower": c.lower.id,
                "values": [c.higher.value.value, c.lower.value.value],
                "cells": c.cells,
                "example": cell_words(c.example),
            }
            for c in proof.contradictions
        ],
        "later": [
            {"entry": entry, "clause": str(clause), "from": day.isoformat()} for entry, clause, day in proof.later
        ],
    }


def _contradiction_line(contradiction: Contradiction) -> str:
    higher, lower = contradiction.higher, contradiction.lower
    return (
        f"contradiction: {higher.id} ({higher.rank.value}, {higher.value.value}) stands over "
        f"{lower.id} ({lower.rank.value}, {lower.value.value}) on {contradiction.cells} cells, "
        f"for example {cell_words(contradiction.example)}"
    )
