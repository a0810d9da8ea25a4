"""Small answers, cases and outcomes for the tests of the evaluation."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.answer import (
    Answer,
    AnswerKind,
    Cost,
    Fingerprints,
    Label,
    Mode,
    RefusalType,
    Sentence,
)
from assistant.answering.question import Question
from assistant.answering.retrieval.retrieve import Evidence
from assistant.evaluation import answers, faults
from assistant.evaluation.questions import TODAY, Case, Place
from assistant.evaluation.run import Outcome, search_values
from assistant.law.citation import Citation
from assistant.law.validity import Status
from tests.answering.passages import passage

OFFICIAL = "1. Les mots du texte officiel."


def place(text: str) -> Place:
    act, _, ref = text.partition(":")
    return Place(act, ref)


def case(
    *gold: str,
    accept: Sequence[str] = (),
    facts: Sequence[Sequence[str]] = (),
    kind: str = "lookup",
    refusal: RefusalType | None = None,
    any_will_do: bool = False,
    split: str = "tune",
    id: str = "own-1",  # noqa: A002  (the name of the file's key)
    words: str = "combien de temps ?",
) -> Case:
    return Case(
        id=id,
        question=Question(words, "fr", (), TODAY),
        lang="fr",
        kind=kind,
        gold=tuple(map(place, gold)),
        any_will_do=any_will_do,
        accept=tuple(map(place, accept)),
        key_facts=tuple(map(tuple, facts)),
        refusal=refusal,
        split=split,
    )


def citation(reference: str, n: int = 1) -> Citation:
    return Citation.of(n, passage(OFFICIAL, reference), 3, len(OFFICIAL), Status.IN_FORCE)


def answer(
    *cited: str,
    text: str = "",
    kind: AnswerKind = AnswerKind.ANSWER,
    refusal: RefusalType | None = None,
    sentences: Sequence[Sentence] | None = None,
    notice: str = "Réponse d'une IA.",
) -> Answer:
    citations = tuple(citation(reference, n) for n, reference in enumerate(cited, 1))
    proven = [Sentence(c.quote, (c.n,)) for c in citations] if sentences is None else sentences
    return Answer(
        question="?",
        lang="fr",
        kind=kind,
        text=text or " ".join(sentence.text for sentence in proven),
        label=Label(notice, Mode.EXTRACTIVE, None, ""),
        cost=Cost(0.01, 0, 0, 0.0, "estimated"),
        fingerprints=Fingerprints("corpus", "settings", "index"),
        refusal=refusal,
        sentences=tuple(proven),
        citations=citations,
    )


def refused(kind: RefusalType) -> Answer:
    return answer(kind=AnswerKind.REFUSAL, refusal=kind, text="Je ne peux pas répondre.")


def evidence(reference: str, rank: int = 1) -> Evidence:
    return Evidence(passage(OFFICIAL, reference), 1.0, (("words", rank),))


def outcome(asked: Case, given: Answer, *found: str, rank: int = 2, quote_faults: Sequence[str] = ()) -> Outcome:
    pieces = tuple(evidence(reference, rank) for reference in found)
    reasons = list(quote_faults) or [""] * len(given.citations)
    return Outcome(
        case=asked,
        evidence=pieces,
        answer=given,
        search_seconds=0.02,
        answer_seconds=0.03,
        values=answers.scores(asked, given, [not reason for reason in reasons]) | search_values(asked, pieces),
        faults=(*faults.of_answer(asked, given, reasons), *faults.of_search(asked, list(map(place, found)))),
    )
