"""All checks of the everyday index in one list, and how much there is of it.

The failure this prevents: data edited by many hands of which nobody knows whether it is whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.lexicon import Lexicon
from assistant.lexique.coverage import check_coverage
from assistant.lexique.finding import Finding, Severity
from assistant.lexique.lines import check_lines
from assistant.lexique.sentences import check_sentences
from assistant.lexique.stamps import check_stamps
from assistant.lexique.tables import check_links, check_thesaurus
from assistant.library import Library
from assistant.recitals import RecitalLinks
from assistant.thesaurus import Thesaurus


@dataclass(frozen=True, slots=True)
class Count:
    """What there is of one text: entries, lines and plain sentences a language, entries that a juriste reviewed."""

    act: str
    entries: int
    lines_fr: int
    lines_en: int
    plain_fr: int
    plain_en: int
    reviewed: int


def check(lexicon: Lexicon, library: Library, day: date) -> list[Finding]:
    """Faults of the entries against each other and the texts valid on `day`, errors first, then by file."""
    found = [
        *check_coverage(lexicon, library, day),
        *check_lines(lexicon),
        *check_sentences(lexicon, library, day),
        *check_stamps(lexicon, library, day),
    ]
    return _sorted(found)


def check_tables(thesaurus: Thesaurus, links: RecitalLinks, library: Library, day: date) -> list[Finding]:
    """Faults of the thesaurus and of the links of the recitals."""
    return _sorted([*check_thesaurus(thesaurus), *check_links(links, library, day)])


def counts(lexicon: Lexicon) -> list[Count]:
    """How much there is, text by text."""
    acts = dict.fromkeys(reference.act for reference in lexicon.entries)
    return [_count(act, lexicon) for act in acts]


def _count(act: str, lexicon: Lexicon) -> Count:
    mine = [entry for entry in lexicon.entries.values() if entry.reference.act == act]
    return Count(
        act=act,
        entries=len(mine),
        lines_fr=sum(len(entry.words["fr"]) for entry in mine),
        lines_en=sum(len(entry.words["en"]) for entry in mine),
        plain_fr=sum(bool(entry.plain["fr"]) for entry in mine),
        plain_en=sum(bool(entry.plain["en"]) for entry in mine),
        reviewed=sum(bool(entry.reviewed_by) for entry in mine),
    )


def _sorted(found: list[Finding]) -> list[Finding]:
    return sorted(found, key=lambda f: (f.severity is not Severity.ERROR, f.file, f.reference, f.message))
