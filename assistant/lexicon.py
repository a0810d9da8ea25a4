"""The everyday index: how people say it, and what it means in plain words, provision by provision.

Data in `corpus/lexique/<act>.toml`, written by us, edited by legal staff. Everyday lines help to find
a provision and are never shown as law; a provision is also found by the lines of the article that
holds it. `empreintes.json` beside them says for which text each plain sentence was written
(`assistant lexique stamp` writes it). The failure this prevents: a search that knows only the words
of the law, and a plain sentence that outlives its text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.data_files import read_toml
from assistant.errors import ManifestError, UnknownReference
from assistant.law.act import text_hash
from assistant.law.identifiers import Locator, Reference
from assistant.law.passage import Passage
from assistant.resources import corpus_folder

NOT_ENTRIES = frozenset({"sigles", "considerants", "usages", "substitutions", "rappels", "synonymes"})
"""Files of the folder that hold something else than entries."""


STAMPS = "empreintes.json"
"""File of the folder with, by provision and language, the hashes of the official text and of our sentence."""


def short_hash(text: str) -> str:
    """The first twelve hexadecimal digits of the SHA-256 of a text."""
    return text_hash(text)[:12]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Words(_Strict):
    fr: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class _Plain(_Strict):
    fr: str = ""
    en: str = ""


class _Entry(_Strict):
    ref: str
    words: _Words = _Words()
    plain: _Plain = _Plain()
    reviewed_by: str = ""
    reviewed_on: str = ""


class _File(_Strict):
    entry: tuple[_Entry, ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """The official text that a plain sentence was written for, and that sentence, as short hashes."""

    text: str
    plain: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What we wrote about one provision: everyday lines and a plain sentence a language, and who reviewed it.

    `stamps`: by language, what the plain sentence was written for.
    """

    reference: Reference
    words: Mapping[str, tuple[str, ...]]
    plain: Mapping[str, str]
    reviewed_by: str
    reviewed_on: str
    stamps: Mapping[str, Stamp] = field(default_factory=dict)

    def written_for(self, text: str, lang: str) -> bool:
        """Whether the plain sentence of a language was written for this official text."""
        stamp = self.stamps.get(lang)
        return stamp is not None and stamp.text == short_hash(text)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All entries, by provision."""

    entries: Mapping[Reference, Entry]

    def words(self, reference: Reference, lang: str) -> tuple[str, ...]:
        """The everyday lines of a provision and of those that hold it, its own first."""
        lines: list[str] = []
        locator: Locator | None = reference.locator
        while locator is not None:
            entry = self.entries.get(Reference(reference.act, locator))
            lines += entry.words[lang] if entry else ()
            locator = locator.parent
        return tuple(dict.fromkeys(lines))

    def plain(self, reference: Reference, lang: str) -> Entry | None:
        """The entry of exactly this provision when it has a plain sentence in `lang`."""
        entry = self.entries.get(reference)
        return entry if entry and entry.plain[lang] else None

    def plain_for(self, passage: Passage, lang: str = "") -> Entry | None:
        """The entry of exactly this provision when its plain sentence was written for exactly this text.

        `lang` is that of the sentence, by default the passage's; None when the text has changed since.
        """
        entry = self.plain(passage.reference, lang or passage.lang)
        return entry if entry and entry.written_for(passage.text, lang or passage.lang) else None


@lru_cache(maxsize=4)
def load_lexicon(folder: Path | None = None) -> Lexicon:
    """Read every file of entries; `ManifestError` names the file and the wrong field."""
    folder = folder or corpus_folder() / "lexique"
    entries: dict[Reference, Entry] = {}
    stamps = read_stamps(folder / STAMPS)
    for path in sorted(folder.glob("*.toml")):
        if path.stem in NOT_ENTRIES:
            continue
        for entry in _read(path, stamps):
            if entry.reference in entries:
                raise ManifestError(f"{path.name}: {entry.reference} has two entries: join them")
            entries[entry.reference] = entry
    return Lexicon(entries)


def read_stamps(path: Path) -> dict[str, dict[str, Stamp]]:
    """Stamps by reference and language; none when there is no file yet."""
    if not path.is_file():
        return {}
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return {ref: {lang: Stamp(*hashes) for lang, hashes in row.items()} for ref, row in rows.items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise ManifestError(f"{path.name} cannot be read ({error}): run `assistant lexique stamp`") from error


def _read(path: Path, stamps: Mapping[str, Mapping[str, Stamp]]) -> list[Entry]:
    try:
        file = read_toml(path, _File)
        return [_entry(path.stem, row, stamps.get(f"{path.stem}:{row.ref}", {})) for row in file.entry]
    except UnknownReference as error:
        raise ManifestError(f"{path.name}: {error}") from error


def _entry(act: str, row: _Entry, stamps: Mapping[str, Stamp]) -> Entry:
    return Entry(
        reference=Reference(act, Locator.parse(row.ref)),
        words={"fr": row.words.fr, "en": row.words.en},
        plain={"fr": row.plain.fr, "en": row.plain.en},
        reviewed_by=row.reviewed_by,
        reviewed_on=row.reviewed_on,
        stamps=stamps,
    )
