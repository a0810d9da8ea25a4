"""What happens while a question is answered, in order: evidence, proven sentences, the whole answer.

The failure this prevents: a page that stays empty while a model reads its prompt.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answering.answer import Answer, Sentence
from assistant.law.citation import Citation


@dataclass(frozen=True, slots=True)
class EvidenceFound:
    """The first event: what was found, before anything is written. Its numbers are not those of the answer."""

    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class SentenceProven:
    """A sentence that passed the gate, and the citations it adds."""

    sentence: Sentence
    new_citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Writing:
    """The model wrote a piece of a sentence: nothing to show, but a moment at which a stop is noticed."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The last event: the whole answer."""

    answer: Answer


Event = EvidenceFound | SentenceProven | Writing | Finished
