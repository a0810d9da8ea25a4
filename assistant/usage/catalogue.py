"""The catalogue of tools: `corpus/catalogue/outils.toml`, or a city's own file in its place.

An example that a city replaces. What it does not say of a supplier, nobody says: hosting and terms
are "à vérifier" unless a dated source is named. The failure this prevents: a tool taken for
authorised because its entry was cut, misspelt or left half filled in.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.errors import ManifestError
from assistant.law.folding import fold
from assistant.manifest import Bilingual
from assistant.resources import corpus_folder
from assistant.usage.located import Fault, Located
from assistant.usage.types import Criterion, DataClass, Mark, Status, Tool, Use

TO_CHECK = "à vérifier"
"""What an entry says of hosting and terms until somebody has checked them."""

Text = Annotated[str, Field(min_length=1)]
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_USED = frozenset({Status.AUTHORISED, Status.TRIAL})


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Mark(_Strict):
    criterion: Criterion
    score: int = Field(ge=0, le=4)
    reason: Text
    date: dt.date


class _Tool(_Strict):
    slug: Text
    name: Text
    aliases: tuple[Text, ...] = ()
    misspellings: tuple[Text, ...] = ()
    publisher: Text
    kind: Bilingual
    hosting: Text = TO_CHECK
    terms: Text = TO_CHECK
    source: str = ""
    local: bool = False
    status: Status
    data: frozenset[DataClass] = frozenset()
    uses: frozenset[Use] = frozenset()
    condition: tuple[Bilingual, ...] = ()
    grid: tuple[_Mark, ...] = ()
    owner: str = ""
    review_date: dt.date | None = None


class _File(_Strict):
    schema_version: Literal[1]
    collectivite: Text
    example: bool = False
    tool: tuple[_Tool, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """The tools, in the order of the file. `example`: the file says that it is to be replaced."""

    file: str
    collectivite: str
    example: bool
    tools: tuple[Tool, ...]

    def find(self, name: str) -> Tool | None:
        """The tool called so: slug, name, alias or usual misspelling, whatever the case and the accents."""
        wanted = _key(name)
        return next((tool for tool in self.tools if wanted in set(_names(tool))), None) if wanted else None


def catalogue_path(path: Path | None) -> Path:
    """The city's own file where one is set, else the example."""
    return path or corpus_folder() / "catalogue" / "outils.toml"


def load_catalogue(path: Path | None = None) -> Catalogue:
    """Read the catalogue; `ManifestError` gives the first fault and how many more there are."""
    catalogue, faults = examine_catalogue(path)
    if catalogue is None or faults:
        more = f" ({len(faults) - 1} more: run `assistant catalogue check`)" if faults[1:] else ""
        raise ManifestError(f"{faults[0]}{more}")
    return catalogue


def examine_catalogue(path: Path | None = None) -> tuple[Catalogue | None, list[Fault]]:
    """The catalogue (None when the file does not fit the schema) and every fault in it."""
    located = Located(catalogue_path(path))
    file, faults = located.parse(_File)
    if file is None:
        return None, faults
    tools = tuple(_tool(row) for row in file.tool)
    faults = [located.fault(("tool", n, field), words) for n, field, words in _all_faults(tools)]
    return Catalogue(located.path.name, file.collectivite, file.example, tools), faults


def _tool(row: _Tool) -> Tool:
    marks = tuple(Mark(m.criterion, m.score, m.reason, m.date) for m in row.grid)
    return Tool(
        slug=row.slug,
        name=row.name,
        aliases=row.aliases,
        misspellings=row.misspellings,
        publisher=row.publisher,
        kind=row.kind,
        hosting=row.hosting,
        terms=row.terms,
        source=row.source,
        local=row.local,
        status=row.status,
        data=row.data,
        uses=row.uses,
        conditions=row.condition,
        grid=marks,
        owner=row.owner,
        review_date=row.review_date,
    )


def _all_faults(tools: Iterable[Tool]) -> Iterator[tuple[int, str, str]]:
    """What the schema cannot say: number of the entry, field, what to do."""
    owners: dict[str, str] = {}
    for n, tool in enumerate(tools):
        for field, words in (*_faults(tool), *_grid_faults(tool)):
            yield n, field, words
        for field, name in _named_fields(tool):
            other = owners.setdefault(_key(name), tool.slug)
            if other != tool.slug:
                yield n, field, f"'{name}' already names {other}: keep it in one entry"
            elif field == "slug" and sum(t.slug == tool.slug for t in tools) > 1:
                yield n, field, f"two entries are called {tool.slug}: rename one"


def _faults(tool: Tool) -> Iterator[tuple[str, str]]:
    if not _SLUG.fullmatch(tool.slug):
        yield "slug", f"'{tool.slug}': write lower-case letters and digits, joined by '-'"
    for field, said in (("hosting", tool.hosting), ("terms", tool.terms)):
        if said != TO_CHECK and not re.search(r"\d{4}-\d{2}-\d{2}", tool.source):
            yield field, f'name a source with its date (source = "…, 2026-11-21"), or write "{TO_CHECK}"'
    for field, values in (("data", tool.data), ("uses", tool.uses)):
        if any(value.value == "inconnu" for value in values):
            yield field, "'inconnu' cannot be permitted: remove it"
        if not values and tool.status in _USED:
            yield field, f"a tool with status {tool.status.value} says what it may be used for and with: add {field}"
        if values and tool.status not in _USED:
            yield field, f"a tool with status {tool.status.value} permits nothing: remove {field} or change the status"
    if DataClass.SECRETS in tool.data:
        yield "data", "no tool receives passwords, keys or network plans: remove 'secrets'"
    if tool.status is Status.TRIAL and not tool.data <= {DataClass.PUBLIC}:
        yield "data", 'a trial is made with public or fictitious data: write data = ["publiques"]'


def _grid_faults(tool: Tool) -> Iterator[tuple[str, str]]:
    evaluated = tool.status is not Status.NOT_EVALUATED
    given = [mark.criterion for mark in tool.grid]
    missing = [criterion.value for criterion in Criterion if criterion not in given]
    if evaluated and missing:
        yield "grid", f"status {tool.status.value} follows from an evaluation: add {', '.join(missing)}"
    if len(given) != len(set(given)):
        yield "grid", "a criterion stands there twice: keep one"
    if not evaluated and given and not missing:
        yield "status", "all five criteria have a mark: give the status that the evaluation led to"
    if evaluated and not tool.owner:
        yield "owner", "say who answers for the evaluation"
    if evaluated and tool.review_date is None:
        yield "review_date", "say when the evaluation is to be looked at again"
    if tool.review_date and any(mark.date > tool.review_date for mark in tool.grid):
        yield "review_date", "the review comes after the evaluation: correct one of the dates"


def _named_fields(tool: Tool) -> Iterator[tuple[str, str]]:
    yield "slug", tool.slug
    yield "name", tool.name
    yield from (("aliases", name) for name in tool.aliases)
    yield from (("misspellings", name) for name in tool.misspellings)


def _names(tool: Tool) -> Iterator[str]:
    return (_key(name) for _, name in _named_fields(tool))


def _key(name: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(name)))
