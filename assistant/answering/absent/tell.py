"""Plain sentences told without their official text: warning, sentences with their sources, what to do.

Nothing here is a quote, and nothing is said of places that have no sentence, not even whether they
exist. The failure this prevents: a rewording shown as if it were the law.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.answering.absent.cite import cite_without_text, last_version, place_label, short_of
from assistant.answering.absent.find import Found
from assistant.answering.answer import AnswerKind, RefusalType, Sentence
from assistant.answering.composition.compose import Draft
from assistant.answering.reading.understand import Request
from assistant.answering.refusal.stopped import Told
from assistant.answering.wording import absent, phrases
from assistant.answering.wording.label import label_without_text
from assistant.law.citation import Citation
from assistant.law.days import spelled
from assistant.manifest import Manifest


def told_without_text(found: Found, request: Request, manifest: Manifest, contact: str) -> Told:
    """The whole answer; where nothing is known of the place that is asked for, a refusal that says so."""
    lang = request.lang
    warnings = tuple(_warnings(found, request, manifest))
    check = absent.CHECK[lang].format(contact=contact)
    if not found.entries:
        guidance = (*warnings, absent.CURE[lang], check)
        return Told(AnswerKind.REFUSAL, RefusalType.OUTSIDE_CORPUS, guidance, "\n\n".join(guidance))
    sentences, citations = _sentences(found, request, manifest, 1)
    steps = (f"{absent.READ[lang]} {absent.CURE[lang]}", check)
    marked = [f"{sentence.text} [{sentence.citations[0]}]" for sentence in sentences]
    lead = absent.LEAD[lang]
    return Told(
        kind=AnswerKind.ANSWER,
        refusal=None,
        guidance=(lead, *steps),
        text="\n\n".join([warnings[0], lead, *marked, *warnings[1:], *steps]),
        sentences=sentences,
        citations=citations,
        warnings=warnings,
        label=label_without_text(lang),
    )


def with_absent(draft: Draft, found: Found, request: Request, manifest: Manifest) -> Draft:
    """An answer from the texts that are here, and what is known of the missing ones that it is also about."""
    sentences, citations = _sentences(found, request, manifest, len(draft.citations) + 1)
    warnings = (*_warnings(found, request, manifest), *draft.warnings)
    cure = absent.CURE[request.lang]
    return replace(
        draft,
        sentences=(*draft.sentences, *sentences),
        citations=(*draft.citations, *citations),
        guidance=(*(draft.guidance or ("",)), cure),
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _sentences(
    found: Found, request: Request, manifest: Manifest, start: int
) -> tuple[tuple[Sentence, ...], tuple[Citation, ...]]:
    lang, colon = request.lang, ":" if request.lang == "en" else " :"
    citations = tuple(
        cite_without_text(number, entry, lang, request.day, manifest)
        for number, entry in enumerate(found.entries, start)
    )
    sentences = tuple(
        Sentence(f"{citation.label}{colon} {entry.plain[lang]}", (citation.n,))
        for citation, entry in zip(citations, found.entries, strict=True)
    )
    return sentences, citations


def _warnings(found: Found, request: Request, manifest: Manifest) -> Iterator[str]:
    """Which texts are missing, which places are unknown, who reviewed the sentences, of which version they are."""
    lang = request.lang
    names = ", ".join(short_of(act, lang, manifest) for act in found.acts)
    if found.entries:
        yield absent.WARNING[lang].format(acts=names)
    if found.unknown:
        places = " ; ".join(place_label(reference, lang, manifest) for reference in found.unknown)
        yield absent.UNKNOWN_PLACE[lang].format(acts=names, places=places)
    elif not found.entries:
        yield absent.NOTHING_KNOWN[lang].format(acts=names)
    yield from phrases.reviews(((entry.reviewed_by, entry.reviewed_on) for entry in found.entries), lang)
    for act in found.acts if found.entries else ():
        source = manifest.find_act(act)
        if source is not None and source.entry_into_force <= request.day < last_version(source).date:
            since, day = spelled(last_version(source).date, lang), spelled(request.day, lang)
            yield absent.OTHER_VERSION[lang].format(act=source.short.of(lang), since=since, day=day)
