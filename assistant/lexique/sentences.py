"""Plain sentences held against their provision.

The failure this prevents: a deadline or an amount that the law does not hold, told in plain words.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assistant.answering.verify import figures
from assistant.lexicon import Entry, Lexicon
from assistant.lexique.coverage import provision_of
from assistant.lexique.finding import Finding, error
from assistant.library import Library


def check_sentences(lexicon: Lexicon, library: Library, day: date) -> Iterator[Finding]:
    """Numbers of a plain sentence that its provision does not hold in that language."""
    for entry in lexicon.entries.values():
        for lang in ("fr", "en"):
            yield from _numbers(entry, library, lang, day)


def _numbers(entry: Entry, library: Library, lang: str, day: date) -> Iterator[Finding]:
    said = figures(entry.plain[lang])
    official = provision_of(library, entry.reference, lang, day) if said else None
    if official is None:
        return
    held = figures(official) | figures(_names(entry.reference.act, library, lang))
    for number in sorted(said - held):
        message = f"its plain sentence in {lang} says {number}, the provision does not: use the provision's numbers"
        yield error(f"{entry.reference.act}.toml", entry.reference, message)


def _names(act: str, library: Library, lang: str) -> str:
    """How the act itself is referred to ("règlement 2016/679"), for its numbers."""
    source = library.manifest.find_act(act) or library.manifest.find_document(act)
    return " ".join((source.short.of(lang), source.title.of(lang), *source.names)) if source else ""
