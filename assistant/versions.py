"""The versions of a provision: what changed from one day to another, since when, by which act.

The failure this prevents: an answer from today's text given as if it had always been the law, and
an inserted provision looked for in a version that never had it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.errors import UnknownReference
from assistant.law.differences import Operation, Piece, same_words, shared_wording, word_diff
from assistant.law.identifiers import Reference
from assistant.law.passage import Passage
from assistant.library import Library, make_passage
from assistant.manifest import Manifest

MOVED = 0.5
"""Share of the wording of a new place that the same article held before, from which it counts as changed, not new."""


@dataclass(frozen=True, slots=True)
class Change:
    """The last amendment of a provision: the day, the amending act's CELEX number, whether it is new since then."""

    since: date
    by: str
    inserted: bool


@dataclass(frozen=True, slots=True)
class Ending:
    """How a text ended: the day, the amending act's CELEX number, whether it was deleted and not replaced."""

    since: date
    by: str
    deleted: bool


class Outcome(StrEnum):
    """What happened to a provision between two days."""

    UNCHANGED = "unchanged"
    AMENDED = "amended"
    INSERTED = "inserted"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One provision on two days; a side is None when it did not exist then.

    `pieces` is empty without a change; `since` and `by` are the day and the CELEX number of the
    amending act of the version in use on the later day.
    """

    before: Passage | None
    after: Passage | None
    pieces: tuple[Piece, ...]
    since: date
    by: str

    @property
    def outcome(self) -> Outcome:
        """What happened."""
        if self.before is None:
            return Outcome.INSERTED
        if self.after is None:
            return Outcome.DELETED
        return Outcome.AMENDED if self.pieces else Outcome.UNCHANGED

    @property
    def shown(self) -> Passage:
        """The later text, or the earlier one of a provision that is gone."""
        shown = self.after or self.before
        assert shown is not None
        return shown


def compare(library: Library, reference: Reference, lang: str, days: tuple[date, date]) -> Comparison:
    """The provision on the two days, earlier first; `UnknownReference` when neither has it."""
    before, after = (_passage_on(library, reference, lang, day) for day in days)
    if before is None and after is None:
        raise UnknownReference(f"{reference} does not exist: {library.extent(reference.act, lang, days[1])}")
    since = library.edition(reference.act, lang, days[1]).version_date
    by = _amending(library.manifest, reference.act, since)
    return Comparison(before, after, _pieces(before, after), since, by)


def last_change(library: Library, reference: Reference, lang: str, day: date) -> Change | None:
    """How the version in use on `day` changed the provision; None when its words stayed, or no version came before."""
    current = library.edition(reference.act, lang, day)
    earlier = [e for e in library.editions if e.act == reference.act and e.version_date < current.version_date]
    if not earlier:
        return None
    act = library.open(current)
    before = library.act(reference.act, lang, max(e.version_date for e in earlier))
    now, then = act.find(reference.locator), before.find(reference.locator)
    if now is None or (then is not None and same_words(then.official_text(), now.official_text())):
        return None
    held = before.find(reference.locator.top)
    inserted = then is None and (held is None or shared_wording(now.official_text(), held.official_text()) < MOVED)
    return Change(current.version_date, _amending(library.manifest, reference.act, current.version_date), inserted)


def next_change(library: Library, reference: Reference, lang: str, day: date, today: date) -> Ending | None:
    """What became of the text of `day` by `today`: None while its words stand."""
    current = library.edition(reference.act, lang, day)
    provision = library.open(current).find(reference.locator)
    if provision is None:
        return None
    later = sorted({e.version_date for e in library.editions if e.act == reference.act})
    for since in (version for version in later if current.version_date < version <= today):
        now = library.act(reference.act, lang, since).find(reference.locator)
        if now is None or not same_words(provision.official_text(), now.official_text()):
            return Ending(since, _amending(library.manifest, reference.act, since), now is None)
    return None


def lifetime(library: Library, reference: Reference, lang: str) -> tuple[date, date | None] | None:
    """The first day of the first version that has the provision, and the first day without it; None: no version has."""
    days = sorted({e.version_date for e in library.editions if e.act == reference.act})
    having = [day for day in days if _passage_on(library, reference, lang, day) is not None]
    if not having:
        return None
    return having[0], next((day for day in days if day > having[-1]), None)


def changed_days(library: Library) -> Mapping[str, tuple[date, ...]]:
    """By act, the days on which a version replaced the one before it; acts with one version are left out."""
    days: dict[str, set[date]] = {}
    for edition in library.editions:
        days.setdefault(edition.act, set()).add(edition.version_date)
    return {act: tuple(sorted(dates)[1:]) for act, dates in days.items() if len(dates) > 1}


def _passage_on(library: Library, reference: Reference, lang: str, day: date) -> Passage | None:
    """The provision as published on `day`; None when the act or the provision was not there yet, or no more."""
    edition = library.edition(reference.act, lang, day)
    act = library.open(edition)
    if edition.version_date > day or act.find(reference.locator) is None:
        return None
    return make_passage(library.manifest, act, reference.locator)


def _pieces(before: Passage | None, after: Passage | None) -> tuple[Piece, ...]:
    if before is None and after is not None:
        return (Piece(Operation.ADDED, after.text),)
    if after is None and before is not None:
        return (Piece(Operation.REMOVED, before.text),)
    assert before is not None
    assert after is not None
    return () if same_words(before.text, after.text) else word_diff(before.text, after.text)


def _amending(manifest: Manifest, act: str, version: date) -> str:
    """CELEX number of the act that made a version, empty where the manifest names none."""
    source = manifest.find_act(act)
    return next((v.amended_by for v in source.version if v.date == version), "") if source else ""
