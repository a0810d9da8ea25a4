"""`corpus/manifest.toml`, read and checked: which texts there are, in which versions, from when they apply.

The failure this prevents: facts about the law (dates, versions, names of acts) scattered in code.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

from assistant.data_files import read_toml
from assistant.errors import ManifestError, UnknownReference
from assistant.law.identifiers import Locator, LocatorKind
from assistant.law.validity import Application, Validity
from assistant.resources import corpus_folder

Lang = Literal["fr", "en"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(_Strict):
    """A text in both languages; English falls back on French where it is empty."""

    fr: str
    en: str = ""

    def of(self, lang: str) -> str:
        """The text in `lang`."""
        return self.en if lang == "en" and self.en else self.fr


class SourceFile(_Strict):
    """One file as published. `path` is its place in a mirror and in the cache; `sha256` binds a mirror's bytes."""

    path: str
    celex: str
    lang: Lang
    format: Literal["xhtml", "html", "fmx4", "pdf"]
    sha256: str = ""


class Counts(_Strict):
    """What a complete parse must reach."""

    articles: int
    recitals: int
    annexes: int


class VersionText(_Strict):
    """Where one version in one language comes from: paths of `SourceFile`s.

    `recitals` empty: they are in `body`. `corrigenda` apply to what is taken from the OJ text.
    """

    lang: Lang
    celex: str
    body: str
    recitals: str = ""
    corrigenda: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """Every file that the text is made of, body first."""
        return (self.body, *((self.recitals,) if self.recitals else ()), *self.corrigenda)


class ApplicationRule(_Strict):
    """Provisions (locators; `*` for all but the recitals) and the date they apply from.

    `basis` is the locator of the provision that says so. A day written here is data copied from it.
    `part`, on a rule that starts later than the rest of a paragraph or article, is what a citation
    of the whole says about it ("points b bis) and b ter)").
    """

    refs: tuple[str, ...]
    since: dt.date
    basis: str
    condition: Bilingual = Bilingual(fr="")
    part: Bilingual = Bilingual(fr="")

    @cached_property
    def places(self) -> dict[tuple[str, str], list[Locator]]:
        """The places that `refs` name, by kind and number of the article or annex they are in."""
        places: dict[tuple[str, str], list[Locator]] = {}
        for place in (Locator.parse(ref) for ref in self.refs if ref != "*"):
            places.setdefault((place.kind.value, place.unit), []).append(place)
        return places

    def depth(self, locator: Locator) -> int:
        """How precisely the rule names a provision: -1 not at all, 0 by `*`, 1 by its article, 2 by its paragraph."""
        named = [1 + len(place.parts) for place in self._beside(locator) if place.holds(locator)]
        return max(named, default=0 if "*" in self.refs else -1)

    def is_inside(self, locator: Locator) -> bool:
        """Whether the rule names something below `locator`."""
        return any(locator.holds(place) and place != locator for place in self._beside(locator))

    def _beside(self, locator: Locator) -> Sequence[Locator]:
        return self.places.get((locator.kind.value, locator.unit), ())


class Version(_Strict):
    """One version of an act: its date, the days on which it is the text (`until` excluded).

    `application` replaces the act's rules where a version had its own.
    """

    date: dt.date
    until: dt.date | None = None
    amended_by: str = ""
    counts: Counts
    text: tuple[VersionText, ...]
    application: tuple[ApplicationRule, ...] = ()


class ActSource(_Strict):
    """An act of the Union. `remote`: articles that concern a city from afar only (its institutions' own procedures).

    `definitions`: the article whose numbered parts are points, one a term, and not paragraphs.
    """

    id: str
    kind: Literal["regulation", "directive"]
    celex: str
    eli: str
    title: Bilingual
    short: Bilingual
    names: tuple[str, ...]
    entry_into_force: dt.date
    version: tuple[Version, ...]
    application: tuple[ApplicationRule, ...]
    remote: tuple[str, ...] = ()
    definitions: str = ""


class SectionRule(_Strict):
    """A section of a local document: its slug, its title, and the words its first line starts with."""

    slug: str
    title: str
    starts: str


class DocumentSource(_Strict):
    """A local text: a city's deliberation or framework, or the model charter.

    `drop` are lines of the page that are no part of the text; from the first line that starts with
    `ends`, after the last section's start, nothing is. `published_at` says in words where to look
    for it, `site` is the address to link to.
    """

    id: str
    kind: Literal["deliberation", "framework", "charter"]
    collectivite: str = ""
    path: str
    sha256: str = ""
    title: Bilingual
    short: Bilingual
    names: tuple[str, ...]
    date: dt.date
    published_at: str
    site: str = ""
    section: tuple[SectionRule, ...] = ()
    drop: tuple[str, ...] = ()
    ends: str = ""


class Manifest(_Strict):
    """The whole file."""

    schema_version: Literal[1]
    act: tuple[ActSource, ...]
    document: tuple[DocumentSource, ...]
    file: tuple[SourceFile, ...]

    @model_validator(mode="after")
    def _check_names(self) -> Self:
        """Every path that a version uses is listed, and every place that a rule names can be read."""
        listed = {file.path for file in self.file}
        for act in self.act:
            used = {path for version in act.version for text in version.text for path in text.paths}
            if missing := used - listed:
                raise ValueError(f"{act.id} uses {min(missing)}, which [[file]] does not list")
            rules = [*act.application, *(rule for version in act.version for rule in version.application)]
            for rule in rules:
                try:
                    _ = rule.places, Locator.parse(rule.basis)
                except UnknownReference as error:
                    raise ValueError(f"application of {act.id}: {error}") from error
        return self

    def source(self, path: str) -> SourceFile:
        """The file listed under `path`."""
        for file in self.file:
            if file.path == path:
                return file
        raise ManifestError(f"corpus/manifest.toml lists no file {path}")

    def find_act(self, act: str) -> ActSource | None:
        """The act of the Union called `act`, or None."""
        return next((a for a in self.act if a.id == act), None)

    def find_document(self, identifier: str) -> DocumentSource | None:
        """The local document called `identifier`, or None."""
        return next((d for d in self.document if d.id == identifier), None)


def applications(act: ActSource, version: Version, locator: Locator, lang: str) -> tuple[Application, ...]:
    """From when a provision applies, earliest first: the rules that name it most precisely.

    A rule names a provision when one of its `refs` is the provision or holds it; `*` names all.
    Rules about a part of it are added with the name of that part. Recitals have no such date.
    """
    if locator.kind is LocatorKind.RECITAL:
        return ()
    rules = version.application or act.application
    depths = [rule.depth(locator) for rule in rules]
    best = max(depths, default=-1)
    found = [(rule, rule.condition) for rule, depth in zip(rules, depths, strict=True) if depth == best >= 0]
    found += [(rule, rule.part) for rule in rules if rule.part.fr and rule.is_inside(locator)]
    dated = [Application(rule.since, words.of(lang), f"{act.id}:{rule.basis}") for rule, words in found]
    return tuple(sorted(dated, key=lambda application: application.since))


def validity(act: ActSource, version: Version, locator: Locator, lang: str) -> Validity:
    """The life of one provision in one version of an act."""
    return Validity(
        entry_into_force=act.entry_into_force,
        valid_from=version.date,
        valid_until=version.until,
        applications=applications(act, version, locator, lang),
        directive=act.kind == "directive",
    )


@lru_cache(maxsize=4)
def load_manifest(path: Path | None = None) -> Manifest:
    """Read the manifest; `ManifestError` names the wrong field."""
    path = path or corpus_folder() / "manifest.toml"
    return read_toml(path, Manifest)
