"""A question on one screen: understand, refuse, retrieve, rerank, compose, verify, label.

Every answer is a stream of events, so that what is found is shown before anything is written; the
last event holds the whole answer. The failure this prevents: a channel that skips a step.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.answering.absent.find import AbsentTexts, Found
from assistant.answering.absent.tell import told_without_text, with_absent
from assistant.answering.answer import Answer, AnswerKind, Cost, Fingerprints, Label, Mode, Sentence
from assistant.answering.composition.compose import Composer, Draft
from assistant.answering.composition.ruling import Ruling, briefly, ruling_on
from assistant.answering.events import Event, EvidenceFound, Finished
from assistant.answering.question import Question
from assistant.answering.reading.dates import asks_when
from assistant.answering.reading.understand import Reader, Request
from assistant.answering.refusal.refuse import Gate, Stop, load_gate
from assistant.answering.refusal.stopped import Told, told
from assistant.answering.remarks import Dating, remarks_on
from assistant.answering.retrieval.rerank import rerank
from assistant.answering.retrieval.retrieve import Evidence, Retriever
from assistant.answering.wording import phrases
from assistant.answering.wording.label import label, refusal_label
from assistant.errors import UnknownReference
from assistant.law.citation import Citation
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
        return self.contact or phrases.DEFAULT_CONTACT[lang]


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers questions from one index; safe to share between threads. `close` gives the index back."""

    library: Library
    reader: Reader
    retriever: Retriever
    composer: Composer
    absent: AbsentTexts
    reranker: Reranker | None
    profile: Profile
    today: Callable[[], date]
    energy: EnergyMeter
    close: Callable[[], None]
    gate: Gate = field(default_factory=load_gate)

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
        here = self.absent.held(request)
        stop = self.absent.before(request, self.gate)
        found = None if stop else self.absent.find(request)
        alone = found is not None and found.alone
        evidence = [] if stop or alone else rerank(self.reranker, here, self.retriever.search(here))
        if not (stop or alone):
            stop = self.gate.after(here, evidence)
        clock.mark("retrieve")
        if stop or alone:
            yield Finished(self._stopped(request, self._told(request, stop, found), clock))
            return
        yield EvidenceFound(self.composer.preview(here, evidence))
        draft = yield from self.composer.compose(here, evidence)
        clock.mark("compose")
        if found is not None:
            draft = with_absent(draft, found, request, self.library.manifest)
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

    def _told(self, request: Request, stop: Stop | None, found: Found | None) -> Told:
        """What is known without any official text; where nothing is, the words of what stopped the question."""
        contact = self.profile.contact_in(request.lang)
        if found is not None:
            return told_without_text(found, request, self.library.manifest, contact)
        assert stop is not None
        return told(stop, request, self.gate, self.library, contact)

    def _stopped(self, request: Request, said: Told, clock: _Clock) -> Answer:
        lang = request.lang
        warnings = self._remarks(request, said.citations)
        return Answer(
            question=request.question,
            lang=lang,
            kind=said.kind,
            refusal=said.refusal,
            choices=said.choices,
            completed_question=request.completed,
            text="\n\n".join((said.text, *warnings)),
            sentences=said.sentences,
            guidance=said.guidance,
            citations=said.citations,
            warnings=(*said.warnings, *warnings),
            label=said.label or self._label_of_stop(request, said),
            cost=self._cost(clock, None),
            fingerprints=self.profile.fingerprints,
            timings=clock.timings,
        )

    def _label_of_stop(self, request: Request, said: Told) -> Label:
        """The label of a refusal: with the day of the texts where it quotes them."""
        return self._label(request, Mode.EXTRACTIVE, None) if said.citations else refusal_label(request.lang)

    def _finish(self, request: Request, draft: Draft, clock: _Clock) -> Answer:
        lang = request.lang
        contact = phrases.CHECK[lang].format(contact=self.profile.contact_in(lang))
        guidance = (*filter(None, draft.guidance), contact)
        ruling = ruling_on(request, draft, self.reader.desk)
        draft = briefly(draft, request)
        warnings = (*ruling.warnings, *self._remarks(request, ruling.undated(draft.told)), *draft.warnings)
        return Answer(
            question=request.question,
            completed_question=request.completed,
            lang=lang,
            kind=AnswerKind.ANSWER,
            text=reading_order(draft, ruling, warnings, contact, lang),
            verdict=ruling.verdict,
            sentences=(*draft.sentences, *draft.more),
            guidance=guidance,
            citations=draft.citations,
            withheld=draft.withheld,
            warnings=warnings,
            label=self._label(request, draft.mode, draft.model),
            cost=self._cost(clock, draft),
            fingerprints=self.profile.fingerprints,
            timings=clock.timings,
        )

    def _label(self, request: Request, mode: Mode, model: str | None) -> Label:
        """The label, with the day of the texts: a day to come has today's."""
        return label(mode, model, min(request.day, self.today()), request.lang)

    def _remarks(self, request: Request, citations: Sequence[Citation]) -> tuple[str, ...]:
        """What must be said of the dates, the rank and the language of what is cited."""
        dating = Dating(request.day, self.today(), asks_when(request.question))
        return remarks_on(citations, request.lang, dating, self.library)

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


def reading_order(draft: Draft, ruling: Ruling, warnings: Sequence[str], contact: str, lang: str) -> str:
    """What is shown, from the verdict to whom to ask, then what may be read further; citation numbers included."""
    lead, *others = draft.guidance or ("",)
    more = [phrases.MORE[lang], *map(_marked, draft.more)] if draft.more else []
    asked = ruling.tail or (contact,)
    said = [_table(draft, lang)] if draft.compared else [_marked(sentence) for sentence in draft.sentences]
    pieces = [*ruling.head, lead, *said, *warnings, *asked, *more, *others]
    return "\n\n".join(piece for piece in pieces if piece)


def _table(draft: Draft, lang: str) -> str:
    """The sentences of an answer that compares, a row each."""
    labels = {citation.n: citation.label for citation in draft.citations}
    rows = [
        f"| {labels[s.citations[0]]} | {_marked(s).removeprefix(labels[s.citations[0]]).lstrip(' :')} |"
        for s in draft.sentences
    ]
    return "\n".join([phrases.TABLE_HEAD[lang], "|---|---|", *(row.replace("\n", " ") for row in rows)])


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
