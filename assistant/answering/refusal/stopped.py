"""What a refusal or a request for clarification tells: fixed words, and the rule itself where there is one.

The failure this prevents: a refusal that states the rule in its own words, without a citation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answering.answer import AnswerKind, Label, RefusalType, Sentence
from assistant.answering.reading.understand import Request
from assistant.answering.refusal.clarify import Clarification
from assistant.answering.refusal.clues import stems
from assistant.answering.refusal.presumed import quantities
from assistant.answering.refusal.refuse import Gate, Refusal, Stop
from assistant.answering.text import sentences
from assistant.answering.wording import refusals
from assistant.law.citation import Citation
from assistant.law.passage import Passage
from assistant.library import Library, short_name


@dataclass(frozen=True, slots=True)
class Told:
    """The words of a question that no composition answers, in the order in which they are shown.

    `label`: where it is another than that of a refusal or of extracts.
    """

    kind: AnswerKind
    refusal: RefusalType | None
    guidance: tuple[str, ...]
    text: str
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    choices: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    label: Label | None = None


def told(stop: Stop, request: Request, gate: Gate, library: Library, contact: str) -> Told:
    """Statement, rule with its quotes, next step; or the question asked back with its choices."""
    if isinstance(stop, Clarification):
        return _asked_back(stop, request.lang)
    statement, step = _statement(stop, request, library, contact)
    quoted = tuple(_quotes(stop, request, gate, library))
    if not quoted:
        return Told(AnswerKind.REFUSAL, stop.kind, (statement, step), f"{statement}\n\n{step}")
    lead = (refusals.NEAREST_LEAD if stop.near else refusals.RULE_LEAD)[request.lang]
    marked = [f"{sentence.text} [{citation.n}]" for sentence, citation in quoted]
    return Told(
        kind=AnswerKind.REFUSAL,
        refusal=stop.kind,
        guidance=(statement, lead, step),
        text="\n\n".join([statement, lead, *marked, step]),
        sentences=tuple(sentence for sentence, _ in quoted),
        citations=tuple(citation for _, citation in quoted),
    )


def _statement(stop: Refusal, request: Request, library: Library, contact: str) -> tuple[str, str]:
    lang = request.lang
    if stop.near is None:
        return refusals.refusal_words(stop.kind, lang, contact, stop.fact, stop.clues)
    act = stop.near.reference.act
    named = act in request.acts or any(reference.act == act for reference in request.references)
    name = short_name(library.manifest, library.act(act, lang, request.day)) if named else ""
    return refusals.no_such_rule(name, lang, contact)


def _asked_back(stop: Clarification, lang: str) -> Told:
    question = refusals.WHICH_ACT[lang] if stop.choices else refusals.WHICH_SUBJECT[lang]
    text = "\n".join([question, *(f"- {choice}" for choice in stop.choices)])
    return Told(AnswerKind.CLARIFICATION, None, (question,), text, choices=stop.choices)


def _quotes(stop: Refusal, request: Request, gate: Gate, library: Library) -> Iterator[tuple[Sentence, Citation]]:
    for number, (passage, words) in enumerate(gate.quoted(stop, request, library), 1):
        start, end = _about(words, passage)
        citation = Citation.of(number, passage, start, end, passage.validity.status_on(request.day))
        text = (
            f"{passage.label} : « {citation.quote} »"
            if request.lang == "fr"
            else f"{passage.label}: “{citation.quote}”"
        )
        yield Sentence(text, (number,)), citation


def _about(words: str, passage: Passage) -> tuple[int, int]:
    """Offsets of the sentence that holds most of the words, and a quantity where they name one."""
    wanted = set(stems(words))
    spans = list(sentences(passage.text)) or [(0, len(passage.text))]
    if quantities(words, passage.lang):
        measured = [span for span in spans if quantities(passage.text[span[0] : span[1]], passage.lang)]
        spans = measured or spans
    return max(spans, key=lambda span: len(wanted & set(stems(passage.text[span[0] : span[1]]))))
