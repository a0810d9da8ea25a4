"""The answer and its parts: what is shown, what proves it, what was withheld, what it cost.

The failure this prevents: a channel (chat, file, command line) that shows an answer without its
label or without its proof, because they were added on the way out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.law.citation import Citation


class AnswerKind(StrEnum):
    """What the reader gets."""

    ANSWER = "answer"
    REFUSAL = "refusal"
    CLARIFICATION = "clarification"


class Mode(StrEnum):
    """How the words came about: chosen by a language model, or extracts of the texts."""

    GENERATED = "generated"
    EXTRACTIVE = "extractive"


class RefusalType(StrEnum):
    """Why there is no answer; each type has its own wording and next step."""

    OUTSIDE_CORPUS = "hors_corpus"
    FALSE_PREMISE = "premisse_fausse"
    OFF_TOPIC = "hors_sujet"
    INJECTION = "injection"
    INDIVIDUAL_DECISION = "decision_individuelle"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One proven sentence and the numbers of the citations that prove it."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Withheld:
    """A sentence that was not shown, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Label:
    """Says that an AI system made the answer (AI Act, art. 50); part of every answer.

    `digital_source_type` is the IPTC term, as a URI.
    """

    notice: str
    mode: Mode
    model: str | None
    digital_source_type: str
    ai_generated: bool = True


@dataclass(frozen=True, slots=True)
class Cost:
    """What the answer cost: wall seconds, tokens, and energy in watt-hours with how it was obtained."""

    seconds: float
    prompt_tokens: int
    generated_tokens: int
    watt_hours: float
    method: str


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """What the answer was made from: hashes of the texts, the settings and the index."""

    corpus: str
    settings: str
    index: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, refusal or request for clarification; the same for every channel."""

    question: str
    lang: str
    kind: AnswerKind
    text: str
    label: Label
    cost: Cost
    fingerprints: Fingerprints
    completed_question: str | None = None
    refusal: RefusalType | None = None
    choices: tuple[str, ...] = ()
    verdict: Mapping[str, object] | None = None
    sentences: tuple[Sentence, ...] = ()
    guidance: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    warnings: tuple[str, ...] = ()
    timings: Mapping[str, float] = field(default_factory=dict)
