"""Plain sentences held against their provision, entry by entry.

The failure this prevents: a deadline or an amount that the law does not hold, told in plain words.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assistant.errors import UnknownReference
from assistant.law.passage import Passage
from assistant.lexicon import Entry, Lexicon
from assistant.lexique.finding import Finding, error
from assistant.lexique.proof import disagreements
from assistant.library import Library


def check_sentences(lexicon: Lexicon, library: Library, day: date) -> Iterator[Finding]:
    """What plain sentences say that their provisions, in that language, do not."""
    names = {act: {lang: _names(act, library, lang) for lang in ("fr", "en")} for act in library.acts}
    for entry in lexicon.entries.values():
        for lang in ("fr", "en"):
            passage = _provision(entry, library, lang, day)
            if passage is not None:
                around = _around(entry, library, lang, day)
                for gap in disagreements(entry.plain[lang], passage, around, names[entry.reference.act][lang]):
                    message = f"its plain sentence in {lang} {gap}, its provision does not: read both, then mend it"
                    yield error(f"{entry.reference.act}.toml", entry.reference, message)


def _provision(entry: Entry, library: Library, lang: str, day: date) -> Passage | None:
    """The provision of an entry in a language, None where there is no sentence or no text in it."""
    if not entry.plain[lang]:
        return None
    try:
        passage = library.passage(entry.reference, lang, day)
    except UnknownReference:
        return None
    return passage if passage.lang == lang else None


def _around(entry: Entry, library: Library, lang: str, day: date) -> str:
    """The article, annex or section that holds the provision."""
    top = library.act(entry.reference.act, lang, day).find(entry.reference.locator.top)
    return top.official_text() if top and entry.reference.locator.parts else ""


def _names(act: str, library: Library, lang: str) -> str:
    """How the act itself is referred to ("règlement 2016/679"), for its numbers."""
    source = library.manifest.find_act(act) or library.manifest.find_document(act)
    return " ".join((source.short.of(lang), source.title.of(lang), *source.names)) if source else ""
