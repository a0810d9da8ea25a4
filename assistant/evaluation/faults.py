"""What is wrong with one outcome, each fault by name and with its evidence.

The failure this prevents: a mean that nobody can open to see which questions it lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.answering.answer import Answer, AnswerKind
from assistant.evaluation.answers import dangling, facts_missing, places_cited
from assistant.evaluation.questions import Case, Place
from assistant.evaluation.retrieval import share_found


class FaultKind(StrEnum):
    """Kinds of faults, gravest first."""

    ERROR = "error"
    QUOTE = "quote_not_official"
    UNCITED = "sentence_without_citation"
    DANGLING = "dangling_number"
    UNLABELLED = "not_labelled"
    ANSWERED = "answered_instead_of_refusing"
    OTHER_REFUSAL = "other_refusal"
    OVER_REFUSAL = "refused_instead_of_answering"
    CLARIFICATION = "asked_back"
    NOT_CITED = "required_not_cited"
    FACT_MISSING = "fact_missing"
    NOT_FOUND = "not_found_by_search"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault; `detail` names the provisions, words or types that it is about."""

    kind: FaultKind
    detail: str = ""


def of_answer(case: Case, answer: Answer, quote_faults: Sequence[str]) -> Iterator[Fault]:
    """Faults of an answer: of its proof, of its kind, of what it lacks."""
    for citation, reason in zip(answer.citations, quote_faults, strict=True):
        if reason:
            yield Fault(FaultKind.QUOTE, f"[{citation.n}] {citation.reference}: {reason}")
    for sentence in answer.sentences:
        if not sentence.citations:
            yield Fault(FaultKind.UNCITED, sentence.text)
    for number in dangling(answer):
        yield Fault(FaultKind.DANGLING, f"[{number}]")
    if not (answer.label.ai_generated and answer.label.notice):
        yield Fault(FaultKind.UNLABELLED)
    yield from _of_refusal(case, answer) if case.must_be_refused else _of_content(case, answer)


def of_search(case: Case, places: Sequence[Place]) -> Iterator[Fault]:
    """Required provisions that the search did not list at all."""
    if case.is_searched and share_found(case, places) < 1:
        yield Fault(FaultKind.NOT_FOUND, _missing(case, places))


def _of_refusal(case: Case, answer: Answer) -> Iterator[Fault]:
    expected = case.refusal.value if case.refusal else ""
    if answer.kind is not AnswerKind.REFUSAL:
        yield Fault(FaultKind.ANSWERED, expected)
    elif answer.refusal is not case.refusal:
        yield Fault(FaultKind.OTHER_REFUSAL, f"{answer.refusal.value if answer.refusal else ''} ≠ {expected}")


def _of_content(case: Case, answer: Answer) -> Iterator[Fault]:
    if answer.kind is AnswerKind.REFUSAL:
        yield Fault(FaultKind.OVER_REFUSAL, answer.refusal.value if answer.refusal else "")
        return
    if answer.kind is AnswerKind.CLARIFICATION:
        yield Fault(FaultKind.CLARIFICATION, " / ".join(answer.choices))
        return
    cited = places_cited(answer)
    if share_found(case, cited) < 1:
        yield Fault(FaultKind.NOT_CITED, _missing(case, cited))
    for wordings in facts_missing(case, answer):
        yield Fault(FaultKind.FACT_MISSING, " / ".join(wordings))


def _missing(case: Case, places: Sequence[Place]) -> str:
    there = {place.unit for place in places}
    return ", ".join(str(place) for place in case.gold if place.unit not in there)
