"""Answers to the blocks of an export: label, question, verdict, answer, sources with their quotes, origin.

The failure this prevents: a file that leaves the house without its label, or with a quote that
nobody can find again because its version and its link were left behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from assistant import __version__
from assistant.answering.answer import Answer, Mode
from assistant.law.citation import Citation
from assistant.law.days import spelled
from assistant.law.validity import Application
from assistant.mark.record import IPTC, Record
from assistant.render.document import (
    Block,
    Document,
    Facts,
    Heading,
    Link,
    Listing,
    Notice,
    Quote,
    Text,
    printable,
)
from assistant.render.export_words import Words, words
from assistant.render.terminal import status_words


@dataclass(frozen=True, slots=True)
class Publication:
    """Who reviewed a text, and who takes editorial responsibility for it (AI Act, art. 50(4))."""

    reviewer: str
    editor: str

    @classmethod
    def of(cls, reviewer: str, editor: str) -> Publication | None:
        """Both, or nothing: with one of them missing the label is printed large."""
        reviewer, editor = printable(reviewer).strip(), printable(editor).strip()
        return cls(reviewer, editor) if reviewer and editor else None


def document(answers: Sequence[Answer], made_at: datetime, publication: Publication | None) -> Document:
    """The export of one answer, or of a conversation in its order."""
    lang = answers[0].lang
    said = words(lang)
    title = said.title if len(answers) == 1 else said.conversation
    record = _record(answers, made_at, publication)
    blocks: list[Block] = [Heading(1, title)]
    if publication is None:
        blocks.append(Notice(said.unreviewed))
    for rank, answer in enumerate(answers, 1):
        blocks += _answer(answer, rank, publication, said)
    blocks += _origin(answers, record, said)
    return Document(title, lang, answers[0].label.notice, said.footer, tuple(blocks), record)


def _record(answers: Sequence[Answer], made_at: datetime, publication: Publication | None) -> Record:
    written = next((answer.label for answer in answers if answer.label.mode is Mode.GENERATED), None)
    models = sorted({answer.label.model for answer in answers if answer.label.model})
    return Record(
        made_at=made_at,
        mode=(written or answers[0].label).mode.value,
        model=", ".join(models) or None,
        digital_source_type=IPTC + ("trainedAlgorithmicMedia" if written else "compositeWithTrainedAlgorithmicMedia"),
        program=f"assistant-ia-ville {__version__}",
        reviewer=publication.reviewer if publication else "",
        editor=publication.editor if publication else "",
    )


def _answer(answer: Answer, rank: int, publication: Publication | None, said: Words) -> Iterator[Block]:
    anchors = {citation.n: f"source-{rank}-{citation.n}" for citation in answer.citations}
    yield Heading(2, said.question)
    yield Text(printable(answer.question))
    if answer.completed_question and answer.completed_question != answer.question:
        yield _facts([(said.understood, printable(answer.completed_question))], said)
    if answer.verdict is not None:
        yield from _verdict(answer.verdict, said)
    yield Heading(2, said.answer)
    yield Notice(answer.label.notice, large=publication is None)
    yield from answer_blocks(answer, anchors, said)
    if answer.citations:
        yield Heading(2, said.sources)
    for citation in answer.citations:
        yield from _source(citation, anchors[citation.n], answer.lang, said)


def answer_blocks(answer: Answer, anchors: Mapping[int, str], said: Words) -> Iterator[Block]:
    """The answer's text, then what the text does not say itself: guidance, choices, warnings, what was withheld."""
    unsaid = [line for line in answer.guidance if line not in answer.text]
    for text in (answer.text, *unsaid):
        yield Text(printable(text), anchors)
    if not all(choice in answer.text for choice in answer.choices):
        yield Text(said.choices)
        yield Listing(tuple(printable(choice) for choice in answer.choices))
    for warning in answer.warnings:
        if warning not in answer.text:
            yield Text(f"{said.warning}{said.colon} {printable(warning)}")
    if answer.withheld:
        yield Text(said.withheld.format(count=len(answer.withheld)))


def _verdict(verdict: Mapping[str, object], said: Words) -> Iterator[Block]:
    value = str(verdict.get("value", ""))
    yield Heading(2, f"{said.verdict}{said.colon} {printable(said.verdict_values.get(value, value))}")
    facts = [(name, verdict[key]) for key, name in said.verdict_facts.items() if verdict.get(key)]
    if facts:
        yield _facts([(name, printable(str(fact).replace("_", " "))) for name, fact in facts], said)
    conditions = verdict.get("conditions")
    if isinstance(conditions, Sequence) and not isinstance(conditions, str) and conditions:
        yield Heading(3, printable(said.to_do.get(value, value)))
        yield Listing(tuple(printable(str(condition)) for condition in conditions))


def _source(citation: Citation, anchor: str, lang: str, said: Words) -> Iterator[Block]:
    status = status_words(citation.status, lang)
    version = f"{_day(citation.version_date, lang)} ({status})" if citation.version_date else status
    facts = [(said.version, version)]
    facts += [(said.applies, _application(application, lang)) for application in citation.applies]
    if citation.amended_by:
        facts.append((said.amended, citation.amended_by))
    yield Heading(3, f"[{citation.n}] {citation.label}", anchor)
    if citation.has_text:
        yield Quote(citation.quote, citation.lang, citation.url)
    yield _facts(facts, said)
    if citation.url:
        yield Link(f"{said.official}{said.colon} {citation.label}", citation.url)


def _application(application: Application, lang: str) -> str:
    parts = (_day(application.since.isoformat(), lang), application.condition, application.basis)
    return ", ".join(part for part in parts if part)


def _origin(answers: Sequence[Answer], record: Record, said: Words) -> Iterator[Block]:
    made = record.made_at
    facts = [
        (said.model, record.model or said.no_model),
        (said.made, f"{_day(made.date().isoformat(), answers[0].lang)}, {made:%H:%M}"),
        (said.mark, record.digital_source_type),
    ]
    if record.reviewer:
        facts += [(said.reviewer, record.reviewer), (said.editor, record.editor)]
    prints = dict.fromkeys((a.fingerprints.corpus, a.fingerprints.settings, a.fingerprints.index) for a in answers)
    facts += [(said.fingerprints, ", ".join(part for part in each if part)) for each in prints if any(each)]
    yield Heading(2, said.about)
    yield _facts(facts, said)


def _facts(pairs: Sequence[tuple[str, str]], said: Words) -> Facts:
    return Facts(tuple((name + said.colon, value) for name, value in pairs))


def _day(iso: str, lang: str) -> str:
    return spelled(date.fromisoformat(iso), lang)
