"""An answer with a verdict: the verdict and what it asks first, few reasons beside it, the rest to be read further.

The failure this prevents: a verdict lost in front of a page of law, and read by nobody to its end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answering.answer import Mode, Sentence
from assistant.answering.composition.compose import Draft
from assistant.answering.reading.advice import UsageDesk
from assistant.answering.reading.understand import Request
from assistant.answering.text import words
from assistant.law.citation import Citation
from assistant.law.identifiers import Reference
from assistant.law.validity import Status

REASONS, REASON_WORDS = 3, 45
"""Reasons told beside a verdict at most, and their words together (the first is told whatever its length)."""

_QUOTES = re.compile(r" ?: [«“]")


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict as the contract has it, and what is shown of it before and after its reasons."""

    verdict: Mapping[str, object] | None = None
    head: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def undated(self, citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
        """The citations whose dates the verdict's own warnings do not tell already."""
        if self.verdict is None:
            return citations
        return tuple(citation for citation in citations if citation.status is not Status.NOT_YET_APPLICABLE)


def ruling_on(request: Request, draft: Draft, desk: UsageDesk | None) -> Ruling:
    """The verdict on a question about usage, its reasons being the draft's citations."""
    advice = request.advice
    if desk is None or advice is None or advice.verdict is None:
        return Ruling()
    clauses = set(advice.clauses)
    numbers = [citation.n for citation in draft.citations if citation.reference in clauses]
    return Ruling(
        verdict=desk.to_json(advice.verdict, list(dict.fromkeys(numbers)), request.lang),
        head=tuple(desk.head(advice.verdict, request.lang)),
        tail=tuple(desk.tail(advice.verdict, request.lang)),
        warnings=advice.verdict.warnings,
    )


def briefly(draft: Draft, request: Request) -> Draft:
    """The draft of an answer with a verdict: a few reasons, each provision once; the others go to further reading.

    The provision that decides comes first. The official words of a reason are left out where further reading
    quotes the same provision at length. Without a verdict, or written by a model, the draft stays as it is.
    """
    verdict = request.advice.verdict if request.advice else None
    if verdict is None or draft.mode is not Mode.EXTRACTIVE or draft.compared:
        return draft
    draft = _deciding_first(draft, verdict.clauses[:1])
    kept: list[Sentence] = []
    further: list[Sentence] = []
    said = 0
    for sentence in draft.sentences:
        length = len(words(sentence.text))
        again = any(sentence.citations == reason.citations for reason in kept)
        fits = not kept or (len(kept) < REASONS and said + length <= REASON_WORDS)
        if again and any(_place(sentence) == _place(longer) for longer in draft.more):
            continue
        if again or not fits:
            further.append(sentence)
        else:
            kept.append(sentence)
            said += length
    return replace(draft, sentences=tuple(kept), more=(*further, *draft.more))


def _deciding_first(draft: Draft, deciding: Sequence[Reference]) -> Draft:
    """The draft with the sentence on the provision that decides before the others, wherever it stood."""
    numbers = {citation.n for citation in draft.citations if citation.reference in deciding}
    first = next((s for s in (*draft.sentences, *draft.more) if numbers.intersection(s.citations)), None)
    if first is None:
        return draft
    sentences = (first, *(sentence for sentence in draft.sentences if sentence is not first))
    return replace(draft, sentences=sentences, more=tuple(s for s in draft.more if s is not first))


def _place(sentence: Sentence) -> str:
    """The label before a quote."""
    return _QUOTES.split(sentence.text, maxsplit=1)[0]
