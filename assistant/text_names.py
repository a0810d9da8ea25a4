"""What people call each text: the manifest's names, and of a dropped document what can mean nothing else.

The failure this prevents: a file called formation.pdf that every question about training seems to name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.answering.text import content_words, words
from assistant.law.folding import fold
from assistant.lexicon import Lexicon
from assistant.library import Library
from assistant.manifest import Manifest

TELLING = 2
"""Words with a meaning of their own, or numbers, that a name has at least."""

SUBJECT = 5
"""Everyday lines that hold a name from which on it is a subject ("intelligence artificielle") and names no text."""

_REGISTERED = re.compile(r"(?=.*\d)(?=.*[a-z])[a-z0-9]{4,}")
"""One word that is a name all the same: "dl2024"."""

_PLACE = re.compile(
    r"(?:art|articles?|annexe?s?|considerants?|recitals?|chapitres?|chapters?|titres?|sections?|parties?|parts?|points?"
    r"|pages?) (?:\d+|[ivx]+)"
)
"""A place in any text: "article 5"."""


def names_of_acts(manifest: Manifest, library: Library, lexicon: Lexicon) -> Mapping[str, Sequence[str]]:
    """By act its names: those of the manifest; for a dropped document its title and its file's name, where they tell.

    A document without such a name is searched like the others; only, no question names it.
    """
    known = {act.id: act.names for act in manifest.act}
    known |= {document.id: document.names for document in manifest.document}
    called = {act: _called(library, act) for act in library.acts if act not in known}
    subjects = _subjects({name for names in called.values() for name in names}, lexicon)
    return known | {act: tuple(name for name in names if name not in subjects) for act, names in called.items()}


def _called(library: Library, act: str) -> tuple[str, ...]:
    edition = next(edition for edition in library.editions if edition.act == act)
    names = (library.open(edition).title, act.replace("-", " "))
    return tuple(dict.fromkeys(name for name in names if _tells(name)))


def _tells(name: str) -> bool:
    """Whether a name is more than a common word, a number or a place: "note" and "article 5" say nothing."""
    found = words(name)
    meaning = content_words(name)
    telling = [word for word in found if word.isdigit() or word in meaning]
    if len(telling) < TELLING:
        return any(_REGISTERED.fullmatch(word) for word in found)
    return not all(word.isdigit() for word in telling) and not _PLACE.fullmatch(" ".join(found))


def _subjects(names: Iterable[str], lexicon: Lexicon) -> frozenset[str]:
    """The names that people use for a subject, whatever the text: many everyday lines hold them."""
    asked = {name: r"[^a-z0-9\n]+".join(words(name)) for name in names}
    if not asked:
        return frozenset()
    entries = lexicon.entries.values()
    lines = fold("\n".join(line for entry in entries for lang in ("fr", "en") for line in entry.words[lang]))
    return frozenset(
        name for name, said in asked.items() if len(re.findall(rf"(?<![a-z0-9]){said}(?![a-z0-9])", lines)) >= SUBJECT
    )
