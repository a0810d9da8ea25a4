"""`corpus/manifest.toml`, read and checked: which texts there are, in which versions, from when they apply.

The failure this prevents: facts about the law (dates, versions, names of acts) scattered in code.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import ManifestError
from assistant.law.identifiers import Locator
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
    format: Literal["xhtml", "html", "fmx4", "pdf", "text"]
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


class Version(_Strict):
    """One version of an act: its date, the days on which it is the text (`until` excluded)."""

    date: dt.date
    until: dt.date | None = None
    amended_by: str = ""
    counts: Counts
    text: tuple[VersionText, ...]


class ApplicationRule(_Strict):
    """Provisions (locators; `*` for all; the longest match wins) and the date they apply from.

    `basis` is the locator of the provision that says so. A day written here is data copied from it.
    """

    refs: tuple[str, ...]
    since: dt.date
    basis: str
    condition: Bilingual = Bilingual(fr="")


class ActSource(_Strict):
    """An act of the Union."""

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


class SectionRule(_Strict):
    """A section of a local document: its slug, its title, and the words its first line starts with."""

    slug: str
    title: str
    starts: str


class DocumentSource(_Strict):
    """A local text: a city's deliberation or framework, or the model charter."""

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
    section: tuple[SectionRule, ...] = ()


class Manifest(_Strict):
    """The whole file."""

    schema_version: Literal[1]
    act: tuple[ActSource, ...]
    document: tuple[DocumentSource, ...]
    file: tuple[SourceFile, ...]

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


def applications(act: ActSource, locator: Locator, lang: str) -> tuple[Application, ...]:
    """From when a provision applies, earliest first: the rules that name it most precisely.

    A rule names a provision when one of its `refs` is the provision or holds it; `*` names all.
    """
    best: list[Application] = []
    depth = -1
    for rule in act.application:
        for ref in rule.refs:
            length = 0 if ref == "*" else 1 + len(Locator.parse(ref).parts)
            if ref != "*" and not Locator.parse(ref).holds(locator):
                continue
            if length > depth:
                best, depth = [], length
            if length == depth:
                best.append(Application(rule.since, rule.condition.of(lang), f"{act.id}:{rule.basis}"))
            break
    return tuple(sorted(best, key=lambda application: application.since))


def validity(act: ActSource, version: Version, locator: Locator, lang: str) -> Validity:
    """The life of one provision in one version of an act."""
    return Validity(
        entry_into_force=act.entry_into_force,
        valid_from=version.date,
        valid_until=version.until,
        applications=applications(act, locator, lang),
        directive=act.kind == "directive",
    )


@lru_cache(maxsize=4)
def load_manifest(path: Path | None = None) -> Manifest:
    """Read the manifest; `ManifestError` names the wrong field."""
    path = path or corpus_folder() / "manifest.toml"
    try:
        return Manifest.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise ManifestError(f"{path} does not exist: install the program again") from error
    except tomllib.TOMLDecodeError as error:
        raise ManifestError(f"{path} is not valid TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise ManifestError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg'].lower()}") from error
