"""Asks every question of a file and keeps what came back: ranked evidence, answer, seconds, figures, faults.

The failure this prevents: figures computed on something else than what a reader would have seen.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.adapters.ranking_metrics import ranking_figures
from assistant.answering.answer import Answer, AnswerKind, RefusalType
from assistant.answering.pipeline import Assistant
from assistant.answering.retrieval.ranking import WEIGHTS
from assistant.answering.retrieval.retrieve import Evidence
from assistant.errors import AssistantError
from assistant.evaluation import answers, faults, quotes, retrieval
from assistant.evaluation.curve import Answered
from assistant.evaluation.faults import Fault, FaultKind
from assistant.evaluation.figures import Values
from assistant.evaluation.questions import Case, Place

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question asked: what was found, what was answered, how long it took, how good it is.

    `answer` is None where the assistant raised an error, which stands among the faults. Seconds are of wall time.
    """

    case: Case
    evidence: tuple[Evidence, ...]
    answer: Answer | None
    search_seconds: float
    answer_seconds: float
    values: Values
    faults: tuple[Fault, ...]

    @property
    def is_answered(self) -> bool:
        """Whether an answer was given, neither a refusal nor a question back."""
        return self.answer is not None and self.answer.kind is AnswerKind.ANSWER

    @property
    def answered(self) -> Answered:
        """For the curve: wrong when it should have been refused, or lacks a required provision."""
        wrong = self.case.must_be_refused or self.values["required_cited"][0] < 1
        return Answered(confidence(self.evidence), wrong)


def ask_all(assistant: Assistant, cases: Sequence[Case], progress: Progress) -> list[Outcome]:
    """Every case in turn; one error never ends the run."""
    outcomes = []
    for done, case in enumerate(cases, 1):
        outcomes.append(ask(assistant, case))
        progress(done, len(cases))
    return outcomes


def ask(assistant: Assistant, case: Case) -> Outcome:
    """Search, then answer, each timed by itself."""
    started = time.perf_counter()
    try:
        evidence = tuple(assistant.search(case.question)[1][: retrieval.DEPTH])
        searched = time.perf_counter()
        answer = assistant.answer(case.question)
    except AssistantError as error:
        values = answers.scores(case, None, ()) | search_values(case, ())
        return Outcome(case, (), None, 0.0, 0.0, values, (Fault(FaultKind.ERROR, str(error)),))
    ended = time.perf_counter()
    checks = [quotes.fault_of(citation, assistant.library) for citation in answer.citations]
    places = [_place(piece) for piece in evidence]
    return Outcome(
        case=case,
        evidence=evidence,
        answer=answer,
        search_seconds=searched - started,
        answer_seconds=ended - searched,
        values=answers.scores(case, answer, [not check for check in checks]) | search_values(case, evidence),
        faults=(*faults.of_answer(case, answer, checks), *faults.of_search(case, places)),
    )


def search_values(case: Case, evidence: Sequence[Evidence]) -> dict[str, tuple[float, ...]]:
    """Figures of retrieval; none for a question that no provision answers."""
    if not case.is_searched:
        return {}
    found = [_place(piece).unit for piece in evidence]
    ranked = ranking_figures([place.unit for place in case.gold], found)
    values = retrieval.scores(case, [retrieval.hit_of(piece.passage) for piece in evidence])
    return {measure: (value,) for measure, value in {**values, **ranked}.items()}


def confidence(evidence: Sequence[Evidence]) -> float:
    """How far the retrievers agree on the first row, 0 to 1: the mean of 1/rank; a place that is named is sure.

    Measured on the tuning questions against the fused score and its lead over the second row: the mean risk along the
    curve was 0.16 instead of 0.20 and 0.18, 0.34 being that of chance.
    """
    if not evidence:
        return 0.0
    if evidence[0].named:
        return 1.0
    ranks = dict(evidence[0].found_by)
    return sum(1 / ranks[retriever] for retriever in WEIGHTS if retriever in ranks) / len(WEIGHTS)


def refusals(outcomes: Sequence[Outcome]) -> dict[str, dict[str, int]]:
    """What was done with each kind of question that must be refused, and with all the others: how often."""
    table: dict[str, dict[str, int]] = {}
    for outcome in outcomes:
        expected = outcome.case.refusal.value if outcome.case.refusal else "answer"
        row = table.setdefault(expected, dict.fromkeys(_columns(), 0))
        row[_done(outcome.answer)] += 1
    return {name: table[name] for name in _columns() if name in table}


def _columns() -> list[str]:
    return ["answer", "clarification", *(kind.value for kind in RefusalType), "error"]


def _done(answer: Answer | None) -> str:
    if answer is None:
        return "error"
    return answer.refusal.value if answer.refusal else answer.kind.value


def _place(piece: Evidence) -> Place:
    reference = piece.passage.reference
    return Place(reference.act, str(reference.locator))
