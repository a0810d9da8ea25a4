"""Which provisions each recital explains: recitals have no everyday words, they follow their articles.

Data in `corpus/lexique/considerants.toml`, read recital by recital. The failure this prevents: a long
recital that ranks above the article it explains, or is never found beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from assistant.data_files import read_toml
from assistant.errors import ManifestError, UnknownReference
from assistant.law.identifiers import Locator, LocatorKind, Reference
from assistant.resources import corpus_folder


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Link(_Strict):
    act: str
    recital: int
    articles: tuple[str, ...]
    reason: str = ""

    @model_validator(mode="after")
    def _says_why_not(self) -> Self:
        if bool(self.articles) == bool(self.reason.strip()):
            raise ValueError(f"recital {self.recital} of {self.act} needs articles, or else the reason why it has none")
        return self


class _File(_Strict):
    link: tuple[_Link, ...]


@dataclass(frozen=True)
class RecitalLinks:
    """The table. `explained`: per recital the articles and annexes it explains, the first one foremost.

    `reasons`: why a recital explains none.
    """

    explained: Mapping[Reference, tuple[Reference, ...]]
    reasons: Mapping[Reference, str]

    def recitals(self, provision: Reference) -> tuple[Reference, ...]:
        """The recitals that explain a provision, what holds it or what it holds; those it is foremost in come first."""
        near = [
            (rank, number)
            for rank, number, place in self._by_top.get(provision.top, ())
            if place.holds(provision.locator) or provision.locator.holds(place)
        ]
        numbers = dict.fromkeys(number for _, number in sorted(near))
        return tuple(Reference(provision.act, Locator(LocatorKind.RECITAL, str(number))) for number in numbers)

    @cached_property
    def _by_top(self) -> Mapping[Reference, list[tuple[int, int, Locator]]]:
        """Per article: rank in the recital's list, number of the recital, place linked."""
        table: dict[Reference, list[tuple[int, int, Locator]]] = defaultdict(list)
        for recital, places in self.explained.items():
            for rank, place in enumerate(places):
                table[place.top].append((rank, int(recital.locator.unit), place.locator))
        return table


@lru_cache(maxsize=4)
def load_recital_links(path: Path | None = None) -> RecitalLinks:
    """Read the table; `ManifestError` names the wrong row."""
    path = path or corpus_folder() / "lexique" / "considerants.toml"
    try:
        file = read_toml(path, _File)
        return _table(file, path)
    except UnknownReference as error:
        raise ManifestError(f"{path.name}: {error}") from error


def _table(file: _File, path: Path) -> RecitalLinks:
    explained: dict[Reference, tuple[Reference, ...]] = {}
    reasons: dict[Reference, str] = {}
    for link in file.link:
        recital = Reference(link.act, Locator.parse(f"rec-{link.recital}"))
        if recital in explained:
            raise ManifestError(f"{path.name}: {recital} has two rows: join them")
        explained[recital] = tuple(Reference(link.act, Locator.parse(place)) for place in link.articles)
        if link.reason:
            reasons[recital] = link.reason
    return RecitalLinks(explained, reasons)
