"""From evidence to proven sentences: written by the model where there is one, extracts otherwise.

The failure this prevents: a generated mode and an extractive mode that follow different rules.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.answering import wording
from assistant.answering.answer import Mode, Sentence, Withheld
from assistant.answering.events import SentenceProven, Writing
from assistant.answering.extract import Extract, extracts
from assistant.answering.generate import prompt_for, stream_sentences
from assistant.answering.prompts import Template
from assistant.answering.retrieve import Evidence
from assistant.answering.understand import Request
from assistant.answering.verify import best_quote, judge
from assistant.law.citation import Citation
from assistant.law.passage import Passage
from assistant.ports import LanguageModel, Usage

EXTRACTS = 3
"""Provisions quoted in an answer without a model."""

Step = SentenceProven | Writing

VARIABLES = frozenset({"passages", "question", "no_source"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A finished composition, before it is labelled."""

    mode: Mode
    model: str | None
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    guidance: tuple[str, ...]
    withheld: tuple[Withheld, ...] = ()
    usage: Usage | None = None


@dataclass(slots=True)
class Numbering:
    """Gives each distinct quote its number."""

    day: date
    citations: list[Citation] = field(default_factory=list)

    def cite(self, passage: Passage, start: int, end: int) -> int:
        """The number of a quote, new or already given."""
        for citation in self.citations:
            if (citation.reference, citation.start, citation.end) == (passage.reference, start, end):
                return citation.n
        number = len(self.citations) + 1
        self.citations.append(Citation.of(number, passage, start, end, passage.validity.status_on(self.day)))
        return number


@dataclass(frozen=True, slots=True)
class Composer:
    """Composes answers; without `model` by extracts."""

    model: LanguageModel | None
    templates: Mapping[str, Template]
    evidence: int
    max_tokens: int

    def preview(self, request: Request, evidence: Sequence[Evidence]) -> tuple[Citation, ...]:
        """The provisions found and their key sentences, verbatim, shown before anything is written."""
        numbering = Numbering(request.day)
        for piece in evidence[: self.evidence]:
            numbering.cite(piece.passage, *best_quote(request.search_text, piece.passage))
        return tuple(numbering.citations)

    def compose(self, request: Request, evidence: Sequence[Evidence]) -> Generator[Step, None, Draft]:
        """Yield proven sentences as they come; return the draft."""
        if self.model is None:
            return (yield from self._extractive(request, evidence))
        draft = yield from self._generated(request, evidence, self.model)
        if draft.sentences:
            return draft
        rest = yield from self._extractive(request, evidence)
        guidance = (wording.NOTHING_PROVEN[request.lang], *rest.guidance[1:])
        return replace(rest, guidance=guidance, withheld=draft.withheld, usage=draft.usage)

    def _extractive(self, request: Request, evidence: Sequence[Evidence]) -> Generator[Step, None, Draft]:
        numbering = Numbering(request.day)
        chosen = extracts(request.search_text, evidence, EXTRACTS)
        proven = []
        for extract in chosen:
            event = _quoted(extract, numbering, request.lang)
            proven.append(event.sentence)
            yield event
        lead = wording.LEAD_NAMED if chosen[0].evidence.named else wording.LEAD
        guidance = [lead[request.lang]]
        if any(extract.shortened for extract in chosen):
            guidance.append(wording.SHORTENED[request.lang])
        return Draft(Mode.EXTRACTIVE, None, tuple(proven), tuple(numbering.citations), tuple(guidance))

    def _generated(
        self, request: Request, evidence: Sequence[Evidence], model: LanguageModel
    ) -> Generator[Step, None, Draft]:
        passages = {n: piece.passage for n, piece in enumerate(evidence[: self.evidence], 1)}
        prompt = prompt_for(request.question, list(passages.values()), self.templates[request.lang], self.max_tokens)
        numbering = Numbering(request.day)
        proven: list[Sentence] = []
        withheld: list[Withheld] = []
        for text in stream_sentences(model, prompt):
            if not text:
                yield Writing()
                continue
            verdict = judge(text, passages, request.lang)
            if isinstance(verdict, Withheld):
                withheld.append(verdict)
                continue
            if any(verdict.text == earlier.text for earlier in proven):
                withheld.append(Withheld(verdict.text, "said already"))
                continue
            event = _renumbered(verdict, passages, numbering)
            proven.append(event.sentence)
            yield event
        return Draft(
            Mode.GENERATED, model.name, tuple(proven), tuple(numbering.citations), (), tuple(withheld), model.usage
        )


def _quoted(extract: Extract, numbering: Numbering, lang: str) -> SentenceProven:
    passage = extract.evidence.passage
    known = len(numbering.citations)
    number = numbering.cite(passage, extract.start, extract.end)
    quote = passage.text[extract.start : extract.end]
    text = f"{passage.label} : « {quote} »" if lang == "fr" else f"{passage.label}: “{quote}”"
    return SentenceProven(Sentence(text, (number,)), tuple(numbering.citations[known:]))


def _renumbered(sentence: Sentence, passages: Mapping[int, Passage], numbering: Numbering) -> SentenceProven:
    known = len(numbering.citations)
    numbers = [numbering.cite(passages[n], *best_quote(sentence.text, passages[n])) for n in sentence.citations]
    return SentenceProven(Sentence(sentence.text, tuple(dict.fromkeys(numbers))), tuple(numbering.citations[known:]))
