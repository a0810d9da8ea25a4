"""Stamps: for which official text each plain sentence was written, and which sentences are out of date.

The failure this prevents: an act is amended, and its old meaning goes on being told in plain words.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path

from assistant.adapters import disk
from assistant.errors import UnknownReference
from assistant.law.identifiers import Reference
from assistant.lexicon import Entry, Lexicon, Stamp, short_hash
from assistant.lexique.finding import Finding, error, warning
from assistant.library import Library

Stamps = dict[str, dict[str, Stamp]]


def restamped(lexicon: Lexicon, library: Library, day: date, again: Collection[Reference] = ()) -> Stamps:
    """The stamps as they should be written.

    A sentence is stamped when it is new or was rewritten, and when its provision is in `again` (read
    again and found right); one whose text changed under it keeps its old stamp, so that it stays listed.
    """
    stamps: Stamps = {}
    for entry in lexicon.entries.values():
        row = {}
        for lang in ("fr", "en"):
            text = _text(entry, library, lang, day)
            old = entry.stamps.get(lang)
            plain = short_hash(entry.plain[lang])
            if text is None or not entry.plain[lang]:
                kept = old
            elif old is None or old.plain != plain or entry.reference in again:
                kept = Stamp(short_hash(text), plain)
            else:
                kept = old
            if kept is not None:
                row[lang] = kept
        if row:
            stamps[str(entry.reference)] = row
    return stamps


def write_stamps(path: Path, stamps: Mapping[str, Mapping[str, Stamp]]) -> None:
    """One line a provision, sorted, so that a change is one line of a diff; readers see the old file or the new."""
    lines = [
        f"{json.dumps(ref)}: {json.dumps({lang: [stamp.text, stamp.plain] for lang, stamp in sorted(row.items())})}"
        for ref, row in sorted(stamps.items())
    ]
    with disk.errors(path.parent, "write the stamps"):
        disk.replace(path, "{\n" + ",\n".join(lines) + "\n}\n")


def check_stamps(lexicon: Lexicon, library: Library, day: date) -> Iterator[Finding]:
    """Sentences without a stamp, and sentences whose text has changed since they were written."""
    for entry in lexicon.entries.values():
        file = f"{entry.reference.act}.toml"
        for lang in ("fr", "en"):
            text = _text(entry, library, lang, day)
            if text is None or not entry.plain[lang] or entry.written_for(text, lang):
                continue
            stamp = entry.stamps.get(lang)
            if stamp is None or stamp.plain != short_hash(entry.plain[lang]):
                message = f"its plain sentence in {lang} is new or rewritten: run `assistant lexique stamp`"
                yield error(file, entry.reference, message)
                continue
            message = f"its plain sentence in {lang} is out of date, the provision has changed, and is not shown"
            cure = f"mend it, or run `assistant lexique stamp {entry.reference}` when it is still right"
            yield warning(file, entry.reference, f"{message}: {cure}")


def _text(entry: Entry, library: Library, lang: str, day: date) -> str | None:
    """The official text of an entry's provision, in French where there is no other; None where it cannot be read."""
    try:
        return library.passage(entry.reference, lang, day).text
    except UnknownReference:
        return None
