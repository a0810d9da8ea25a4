"""From evidence to proven sentences: written by the model where there is one, extracts otherwise.

The failure this prevents: a generated mode and an extractive mode that follow different rules.
"""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.answering.answer import Mode, Sentence, Withheld
from assistant.answering.composition.generate import Source, prompt_for, repeated, stream_sentences
from assistant.answering.composition.points import Point, Teller
from assistant.answering.composition.prompts import Template
from assistant.answering.events import SentenceProven, Writing
from assistant.answering.proof.verify import best_quote, judge
from assistant.answering.reading.understand import Request, compares
from assistant.answering.retrieval.retrieve import Evidence
from assistant.answering.wording import phrases
from assistant.errors import ModelError
from assistant.law.citation import Citation
from assistant.law.passage import Passage
from assistant.ports import LanguageModel, Usage

_LOGGER = logging.getLogger(__name__)

Step = SentenceProven | Writing

VARIABLES = frozenset({"passages", "question", "no_source"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A finished composition, before it is labelled.

    `more`: official words that may be read after it; `compared`: its sentences are shown as a table,
    one row a provision.
    """

    mode: Mode
    model: str | None
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    guidance: tuple[str, ...]
    withheld: tuple[Withheld, ...] = ()
    usage: Usage | None = None
    more: tuple[Sentence, ...] = ()
    warnings: tuple[str, ...] = ()
    compared: bool = False

    @property
    def told(self) -> tuple[Citation, ...]:
        """The citations of the answer itself, those of further reading left out."""
        numbers = {number for sentence in self.sentences for number in sentence.citations}
        return tuple(citation for citation in self.citations if citation.n in numbers)


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
    teller: Teller
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
        numbering = Numbering(request.day)
        why = phrases.NOTHING_PROVEN
        written: Draft | None = None
        try:
            written = yield from self._generated(request, evidence, self.model, numbering)
        except ModelError:
            _LOGGER.exception("the language model failed; extracts are given instead")
            why = phrases.MODEL_FAILED
        if written is not None and written.sentences:
            return (yield from self._with_clauses(request, written, numbering))
        rest = yield from self._extractive(request, evidence)
        draft = replace(rest, guidance=(why[request.lang], *rest.guidance[1:]))
        return replace(draft, withheld=written.withheld, usage=written.usage) if written else draft

    def _extractive(self, request: Request, evidence: Sequence[Evidence]) -> Generator[Step, None, Draft]:
        """Plain sentences with the official words of the first; the official words of the others follow as "more"."""
        numbering = Numbering(request.day)
        points = self.teller.points(request, evidence)
        first, *others = points
        proven: list[Sentence] = []
        more: list[Sentence] = []
        for event in _opening(first, numbering, request.lang):
            proven.append(event.sentence)
            yield event
        for point in (point for point in others if not point.late):
            event = _said(point, numbering, request.lang)
            proven.append(event.sentence)
            yield event
        if first.shortened and not first.named:
            event = _quoted(self.teller.longer(request, first), numbering, request.lang)
            more.append(event.sentence)
            yield event
        for event in (event for point in others for event in _further(point, numbering, request.lang)):
            more.append(event.sentence)
            yield event
        lead = phrases.LEAD_NAMED if first.named else phrases.LEAD
        guidance = [lead[request.lang]]
        if any(point.shortened for point in points):
            guidance.append(phrases.SHORTENED[request.lang])
        return Draft(
            Mode.EXTRACTIVE,
            None,
            tuple(proven),
            tuple(numbering.citations),
            tuple(guidance),
            more=tuple(more),
            warnings=tuple(phrases.reviews(((p.reviewed_by, p.reviewed_on) for p in points if p.plain), request.lang)),
            compared=compares(request) and len({point.passage.reference.act for point in points}) > 1,
        )

    def _with_clauses(self, request: Request, draft: Draft, numbering: Numbering) -> Generator[Step, None, Draft]:
        """A written answer with the official words of what its verdict rests on."""
        more = []
        for point in self.teller.clauses(request):
            event = _quoted(point, numbering, request.lang)
            more.append(event.sentence)
            yield event
        return replace(draft, more=tuple(more), citations=tuple(numbering.citations))

    def _generated(
        self, request: Request, evidence: Sequence[Evidence], model: LanguageModel, numbering: Numbering
    ) -> Generator[Step, None, Draft]:
        passages = {n: piece.passage for n, piece in enumerate(evidence[: self.evidence], 1)}
        sources = {
            n: Source(passage, self.teller.lexicon.plain_for(passage, request.lang), request.lang)
            for n, passage in passages.items()
        }
        prompt = prompt_for(
            request.completed or request.question,
            list(sources.values()),
            self.templates[request.lang],
            self.max_tokens,
        )
        proven: list[Sentence] = []
        withheld: list[Withheld] = []
        for text in stream_sentences(model, prompt):
            if not text:
                yield Writing()
                continue
            verdict = repeated(text, sources) or judge(text, passages, request.lang)
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
            Mode.GENERATED,
            model.name,
            tuple(proven),
            tuple(numbering.citations),
            (),
            tuple(withheld),
            model.usage,
            warnings=tuple(phrases.reviews(_readers(proven, sources.values()), request.lang)),
        )


def _opening(point: Point, numbering: Numbering, lang: str) -> Iterator[SentenceProven]:
    """The point that answers: its plain sentence, then its official words."""
    if point.plain:
        yield _proven(point, point.plain, numbering)
    yield _quoted(point, numbering, lang)


def _further(point: Point, numbering: Numbering, lang: str) -> Iterator[SentenceProven]:
    """What may be read after the answer: the plain sentence that came too late, else the official words."""
    if point.late:
        yield _said(point, numbering, lang)
    elif point.plain:
        yield _quoted(point, numbering, lang)


def _said(point: Point, numbering: Numbering, lang: str) -> SentenceProven:
    """The plain sentence of a point and where it stands; its official words where it has none."""
    if not point.plain:
        return _quoted(point, numbering, lang)
    colon = " :" if lang == "fr" else ":"
    return _proven(point, f"{point.passage.label}{colon} {point.plain}", numbering)


def _quoted(point: Point, numbering: Numbering, lang: str) -> SentenceProven:
    label, quote = point.passage.label, point.quote
    return _proven(point, f"{label} : « {quote} »" if lang == "fr" else f"{label}: “{quote}”", numbering)


def _proven(point: Point, text: str, numbering: Numbering) -> SentenceProven:
    known = len(numbering.citations)
    number = numbering.cite(point.passage, point.start, point.end)
    return SentenceProven(Sentence(text, (number,)), tuple(numbering.citations[known:]))


def _readers(proven: Sequence[Sentence], sources: Iterable[Source]) -> Iterator[tuple[str, str]]:
    """Who read the plain sentences that a model repeated, and when."""
    for source in sources:
        if source.entry and any(source.says_plainly(sentence.text) for sentence in proven):
            yield source.entry.reviewed_by, source.entry.reviewed_on


def _renumbered(sentence: Sentence, passages: Mapping[int, Passage], numbering: Numbering) -> SentenceProven:
    known = len(numbering.citations)
    numbers = [numbering.cite(passages[n], *best_quote(sentence.text, passages[n])) for n in sentence.citations]
    return SentenceProven(Sentence(sentence.text, tuple(dict.fromkeys(numbers))), tuple(numbering.citations[known:]))
