"""Figures of one answer: refused as it must be, what it cites, what it says, whether each sentence is proven.

The failure this prevents: an answer that looks right because it cites a great deal, and a refusal
counted as caution where an answer was there to give.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answering.answer import Answer, AnswerKind
from assistant.evaluation.questions import Case, Place
from assistant.evaluation.retrieval import share_found
from assistant.law.folding import fold

NEUTRAL = frozenset({"charte", "catalogue"})
"""Texts of the house: question files do not say whether citing them is right."""


def scores(case: Case, answer: Answer | None, verified: Sequence[bool]) -> dict[str, tuple[float, ...]]:
    """The values of one answer, None where there is none; `verified`: whether each quote is the official text."""
    refused = answer is not None and answer.kind is AnswerKind.REFUSAL
    values = _form(answer, verified)
    if case.must_be_refused:
        right_type = refused and answer is not None and answer.refusal is case.refusal
        return values | {"refused": (float(refused),), "right_refusal": (float(right_type),)}
    cited = places_cited(answer)
    values |= {"over_refusal": (float(refused),), "required_cited": (share_found(case, cited),)}
    values |= _legitimate(case, cited)
    missing = facts_missing(case, answer)
    if case.key_facts:
        values["key_facts"] = (1 - len(missing) / len(case.key_facts),)
    if case.kind == "dated":
        values["dated"] = (float(share_found(case, cited) == 1 and not missing),)
    return values


def places_cited(answer: Answer | None) -> list[Place]:
    """The provisions that an answer cites, in order."""
    citations = answer.citations if answer else ()
    return [Place(c.reference.act, str(c.reference.locator)) for c in citations]


def facts_missing(case: Case, answer: Answer | None) -> list[tuple[str, ...]]:
    """The facts of which the answer gives no wording."""
    text = _plain(answer.text if answer else "")
    return [wordings for wordings in case.key_facts if not any(_plain(wording) in text for wording in wordings)]


def dangling(answer: Answer) -> list[int]:
    """Numbers in sentences that no citation has."""
    known = {citation.n for citation in answer.citations}
    return [n for sentence in answer.sentences for n in sentence.citations if n not in known]


def unexpected(case: Case, cited: Sequence[Place]) -> list[Place]:
    """The provisions cited that are neither required nor accepted, once each."""
    fitting = {place.unit for place in (*case.gold, *case.accept)}
    judged = {place.unit: place for place in cited if place.act not in NEUTRAL}
    return [place for unit, place in judged.items() if unit not in fitting]


def _form(answer: Answer | None, verified: Sequence[bool]) -> dict[str, tuple[float, ...]]:
    """What every answer must have: a label, a citation a sentence, numbers that resolve, quotes that are verbatim."""
    sentences = answer.sentences if answer else ()
    known = {citation.n for citation in answer.citations} if answer else set()
    labelled = answer is not None and answer.label.ai_generated and bool(answer.label.notice)
    return {
        "labelled": (float(labelled),),
        "sentences_cited": tuple(float(bool(sentence.citations)) for sentence in sentences),
        "sentences_dangling": tuple(float(not known.issuperset(sentence.citations)) for sentence in sentences),
        "quotes_verified": tuple(map(float, verified)),
    }


def _legitimate(case: Case, cited: Sequence[Place]) -> dict[str, tuple[float, ...]]:
    judged = {place.unit for place in cited if place.act not in NEUTRAL}
    if not judged:
        return {}
    return {"legitimate": (1 - len(unexpected(case, cited)) / len(judged),)}


def _plain(text: str) -> str:
    """Without case, accents or the difference between blanks."""
    return re.sub(r"\s+", " ", fold(text))
