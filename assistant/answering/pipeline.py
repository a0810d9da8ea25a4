"""A question on one screen: understand, retrieve, rerank, compose, verify, label.

Every answer is a stream of events, so that what is found is shown before anything is written; the
last event holds the whole answer. The failure this prevents: a channel that skips a step.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.answering import wording, wording_plain
from assistant.answering.answer import Answer, AnswerKind, Cost, Fingerprints, RefusalType, Sentence
from assistant.answering.compose import Composer, Draft
from assistant.answering.events import Event, EvidenceFound, Finished
from assistant.answering.label import label, refusal_label
from assistant.answering.question import Question
from assistant.answering.remarks import remarks
from assistant.answering.rerank import rerank
from assistant.answering.retrieve import Evidence, Retriever
from assistant.answering.understand import Reader, Request
from assistant.errors import UnknownReference
from assistant.law.identifiers import Reference
from assistant.law.passage import Passage
from assistant.library import Library
from assistant.ports import EnergyMeter, Reranker


@dataclass(frozen=True, slots=True)
class Profile:
    """What the settings say about answers: whom to ask, and what they are made from."""

    contact: str
    fingerprints: Fingerprints

    def contact_in(self, lang: str) -> str:
        """Whom a refusal names."""
        return self.contact or wording.DEFAULT_CONTACT[lang]


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers questions from one index; safe to share between threads. `close` gives the index back."""

    library: Library
    reader: Reader
    retriever: Retriever
    composer: Composer
    reranker: Reranker | None
    profile: Profile
    today: Callable[[], date]
    energy: EnergyMeter
    close: Callable[[], None]

    def answer(self, question: Question) -> Answer:
        """The whole answer at once."""
        *_, last = self.stream(question)
        assert isinstance(last, Finished)
        return last.answer

    def stream(self, question: Question) -> Iterator[Event]:
        """Evidence first, then proven sentences, then the answer; closing the iterator stops the model."""
        clock = _Clock(self.energy.read())
        request = self.understand(question)
        clock.mark("understand")
        try:
            evidence = rerank(self.reranker, request, self.retriever.search(request))
        except UnknownReference:
            yield Finished(self._refuse(request, RefusalType.FALSE_PREMISE, clock, self.retriever.extents(request)))
            return
        clock.mark("retrieve")
        if not evidence:
            yield Finished(self._refuse(request, RefusalType.OUTSIDE_CORPUS, clock))
            return
        yield EvidenceFound(self.composer.preview(request, evidence))
        draft = yield from self.composer.compose(request, evidence)
        clock.mark("compose")
        yield Finished(self._finish(request, draft, clock))

    def understand(self, question: Question) -> Request:
        """A question read with the settings' defaults."""
        return self.reader.read(question, self.today())

    def search(self, question: Question) -> tuple[Request, list[Evidence]]:
        """Ranked provisions, for the `search` command; a place that does not exist is searched as words."""
        request = self.understand(question)
        try:
            return request, rerank(self.reranker, request, self.retriever.search(request))
        except UnknownReference:
            plain = replace(request, references=(), unplaced=())
            return request, rerank(self.reranker, plain, self.retriever.search(plain))

    def provision(self, reference: Reference, lang: str, day: date) -> Passage:
        """The official text of any provision; `UnknownReference` when it does not exist."""
        return self.library.passage(reference, lang, day)

    def _refuse(self, request: Request, kind: RefusalType, clock: _Clock, fact: str = "") -> Answer:
        lang = request.lang
        statement, step = wording.refusal_words(kind, lang, self.profile.contact_in(lang), fact)
        return Answer(
            question=request.question,
            lang=lang,
            kind=AnswerKind.REFUSAL,
            refusal=kind,
            text=f"{statement}\n\n{step}",
            guidance=(statement, step),
            label=refusal_label(lang),
            cost=self._cost(clock, None),
            fingerprints=self.profile.fingerprints,
            timings=clock.timings,
        )

    def _finish(self, request: Request, draft: Draft, clock: _Clock) -> Answer:
        lang = request.lang
        contact = wording.CHECK[lang].format(contact=self.profile.contact_in(lang))
        guidance = (*draft.guidance, contact)
        warnings = (*remarks(draft.citations, lang), *draft.warnings)
        return Answer(
            question=request.question,
            completed_question=request.completed,
            lang=lang,
            kind=AnswerKind.ANSWER,
            text=reading_order(draft, warnings, contact, lang),
            sentences=(*draft.sentences, *draft.more),
            guidance=guidance,
            citations=draft.citations,
            withheld=draft.withheld,
            warnings=warnings,
            label=label(draft.mode, draft.model, request.day, lang),
            cost=self._cost(clock, draft),
            fingerprints=self.profile.fingerprints,
            timings=clock.timings,
        )

    def _cost(self, clock: _Clock, draft: Draft | None) -> Cost:
        usage = draft.usage if draft else None
        reading = self.energy.read()
        return Cost(
            seconds=round(clock.elapsed(), 4),
            prompt_tokens=usage.prompt_tokens if usage else 0,
            generated_tokens=usage.generated_tokens if usage else 0,
            watt_hours=round(max(0.0, reading - clock.energy_at_start), 6),
            method=self.energy.method,
        )


def reading_order(draft: Draft, warnings: Sequence[str], contact: str, lang: str) -> str:
    """What is shown, from the lead-in to whom to ask, then what may be read further; citation numbers included."""
    lead, *others = draft.guidance or ("",)
    more = [wording_plain.MORE[lang], *map(_marked, draft.more)] if draft.more else []
    pieces = [lead, *map(_marked, draft.sentences), *warnings, contact, *more, *others]
    return "\n\n".join(piece for piece in pieces if piece)


def _marked(sentence: Sentence) -> str:
    return sentence.text + "".join(f" [{n}]" for n in sentence.citations)


@dataclass(slots=True)
class _Clock:
    """Seconds since the question came, and after each step."""

    energy_at_start: float
    started: float = field(default_factory=time.perf_counter)
    timings: dict[str, float] = field(default_factory=dict)

    def elapsed(self) -> float:
        return time.perf_counter() - self.started

    def mark(self, step: str) -> None:
        self.timings[step] = round(self.elapsed(), 5)
