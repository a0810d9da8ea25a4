"""What must be said beside an answer: a date not reached, an amendment, a directive, the order of norms.

Dates that are not reached are said of every provision cited; amendments and dates reached only of
the provision cited first. The failure this prevents: a rule quoted as binding although it does not
apply on the day asked, and an amended rule taken for one that was always so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answering.wording import dates
from assistant.errors import UnknownReference
from assistant.law.citation import Citation
from assistant.law.days import spelled
from assistant.law.hierarchy import Norm, by_norm
from assistant.law.identifiers import Reference
from assistant.law.validity import Status
from assistant.library import Library
from assistant.norms import norms_of
from assistant.versions import last_change, lifetime, next_change


@dataclass(frozen=True, slots=True)
class Dating:
    """The day whose law is shown, today, and whether the question asks about time ("depuis quand")."""

    day: date
    today: date
    asked: bool


def remarks_on(citations: Sequence[Citation], lang: str, dating: Dating, library: Library) -> tuple[str, ...]:
    """One line a fact, each once: status, amendments, directive, language, order of norms."""
    lines = [
        *_statuses(citations, lang, dating, library),
        *_first_cited(citations, lang, dating, library),
        *_other_facts(citations, lang),
        *_norms(citations, lang, library),
    ]
    if dating.day > dating.today:
        today, day = spelled(dating.today, lang), spelled(dating.day, lang)
        lines.append(dates.TO_COME[lang].format(today=today, day=day))
    return tuple(dict.fromkeys(lines))


def absence(reference: Reference, lang: str, day: date, library: Library) -> str:
    """Why a provision is not found on `day` though a version has it: added later, or deleted; else empty."""
    try:
        life = lifetime(library, reference, lang)
    except UnknownReference:
        return ""
    if life is None or (life[0] <= day and (life[1] is None or day < life[1])):
        return ""
    since, end = life
    version_day = since if day < since else _before(library, reference, end)
    label = library.passage(reference, lang, version_day).label
    words = dates.EXISTS_FROM if day < since else dates.EXISTED_UNTIL
    on = spelled(since if day < since or end is None else end, lang)
    return words[lang].format(label=label, day=spelled(day, lang), since=on)


def _before(library: Library, reference: Reference, end: date | None) -> date:
    """The last version that still had a provision deleted on `end`."""
    days = [e.version_date for e in library.editions if e.act == reference.act]
    return max(day for day in days if end is None or day < end)


def _statuses(citations: Sequence[Citation], lang: str, dating: Dating, library: Library) -> Iterator[str]:
    """Provisions that do not bind on the day; those with the same dates share a line."""
    day = spelled(dating.day, lang)
    groups: dict[tuple[str, str], list[str]] = {}
    for citation in citations:
        if citation.status is Status.NOT_YET_APPLICABLE and not _states_dates(citation):
            key = (dates.NOT_YET[lang], dates.from_dates(citation.applies, lang))
        elif citation.status is Status.NOT_YET_IN_FORCE:
            source = library.manifest.find_act(citation.reference.act)
            since = spelled(source.entry_into_force, lang) if source else ""
            key = (dates.NOT_IN_FORCE[lang], since)
        else:
            continue
        groups.setdefault(key, []).append(citation.label)
    for (words, since), labels in groups.items():
        yield words.format(labels=_joined(labels, lang), day=day, dates=since, since=since)


def _joined(labels: Sequence[str], lang: str) -> str:
    return (" ; " if lang == "fr" else "; ").join(dict.fromkeys(labels))


def _first_cited(citations: Sequence[Citation], lang: str, dating: Dating, library: Library) -> Iterator[str]:
    """Of the provision cited first: since when it applies, what applies later, how it was amended."""
    if not citations:
        return
    first = citations[0]
    if first.status in {Status.IN_FORCE, Status.DIRECTIVE} and not _states_dates(first):
        yield from _applicable(first, lang, dating)
    if first.reference.act in library.acts:
        yield from _amended(first, lang, dating, library)


def _states_dates(citation: Citation) -> bool:
    """Whether the provision is the one that says from when the act applies: its own date would be taken for that."""
    return any(Reference.parse(application.basis).top == citation.reference.top for application in citation.applies)


def _applicable(citation: Citation, lang: str, dating: Dating) -> Iterator[str]:
    later = tuple(application for application in citation.applies if application.since > dating.day)
    begun = [application.since for application in citation.applies if application.since <= dating.day]
    if begun and dating.asked:
        words = dates.APPLICABLE_SINCE if max(begun) <= dating.today else dates.APPLICABLE_THEN
        yield words[lang].format(labels=citation.label, since=spelled(max(begun), lang))
    if later:
        yield dates.PARTLY[lang].format(labels=citation.label, dates=dates.from_dates(later, lang))


def _amended(citation: Citation, lang: str, dating: Dating, library: Library) -> Iterator[str]:
    """The change that came after the text cited, else the one that made it."""
    place = (library, citation.reference, citation.lang, dating.day)
    ending = next_change(*place, dating.today)
    if ending is not None:
        words, since, by = dates.REMOVED if ending.deleted else dates.REPLACED, ending.since, ending.by
    else:
        change = last_change(*place)
        if change is None:
            return
        words, since, by = dates.INSERTED if change.inserted else dates.AMENDED, change.since, change.by
    yield words[lang].format(
        labels=citation.label,
        since=spelled(since, lang),
        by=dates.amending_act(by, lang),
    )


def _other_facts(citations: Sequence[Citation], lang: str) -> Iterator[str]:
    for citation in citations:
        if citation.status is Status.DIRECTIVE:
            yield dates.DIRECTIVE[lang]
        if citation.lang != lang:
            yield dates.OTHER_LANGUAGE[lang]


def _norms(citations: Sequence[Citation], lang: str, library: Library) -> Iterator[str]:
    """The order in which to read texts of several levels, where law is one of them."""
    acts = list(dict.fromkeys(citation.reference.act for citation in citations))
    known = norms_of(library.manifest)
    levels = {act: known.get(act, Norm.OTHER) for act in acts}
    present = set(levels.values()) - {Norm.OTHER}
    if Norm.LAW not in present or len(present) == 1:
        return
    ordered = [act for act in by_norm(acts, levels.__getitem__) if levels[act] is not Norm.OTHER]
    names = dates.THEN[lang].join(_short(act, lang, library) for act in ordered)
    yield dates.NORMS[lang].format(levels=names)


def _short(act: str, lang: str, library: Library) -> str:
    source = library.manifest.find_act(act) or library.manifest.find_document(act)
    return source.short.of(lang) if source else act
