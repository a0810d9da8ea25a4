"""From a question to a request: language, places named, acts named, the day that decides the version.

The failure this prevents: each later step guessing again what was asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answering.decompose import Segment, segments
from assistant.answering.question import Question, Turn
from assistant.answering.references import Mention, acts_named, mentions
from assistant.answering.text import detect_language
from assistant.law.identifiers import Locator, Reference
from assistant.thesaurus import Thesaurus

FOLLOW_UP_WORDS = 9
"""A question of at most this many words, after others, is read together with the one before it."""


@dataclass(frozen=True, slots=True)
class Request:
    """A question understood. `search_text` is what retrieval looks for; `unplaced` are places without an act.

    `acts` are named; `usage`: whether a tool may be used is asked.
    """

    question: str
    search_text: str
    segments: tuple[Segment, ...]
    lang: str
    day: date
    collectivite: str
    references: tuple[Reference, ...]
    unplaced: tuple[Locator, ...]
    acts: tuple[str, ...]
    usage: bool
    history: tuple[Turn, ...]
    thesaurus: Thesaurus

    def expansion_of(self, text: str) -> str:
        """The words to search beside a text, from the thesaurus."""
        return self.thesaurus.expand(text, self.lang)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads questions: names of the acts, thesaurus, and what holds where a question does not say."""

    names: Mapping[str, Sequence[str]]
    thesaurus: Thesaurus
    language: str
    collectivite: str

    def read(self, question: Question, today: date) -> Request:
        """One question understood; `QuestionError` when it cannot be one."""
        checked = question.checked()
        search_text = _with_history(checked)
        placed = [_placed(mention, checked.history, self.names) for mention in mentions(checked.text, self.names)]
        acts = self._acts(checked.text) or self._acts(search_text)
        return Request(
            question=checked.text,
            search_text=search_text,
            segments=segments(checked.text, self.names),
            lang=checked.lang or detect_language(checked.text, self.language),
            day=checked.as_of or today,
            collectivite=checked.collectivite or self.collectivite,
            references=tuple(Reference(m.act, m.locator) for m in placed if m.act),
            unplaced=tuple(m.locator for m in placed if not m.act),
            acts=acts,
            usage=self.thesaurus.names_tool(search_text),
            history=checked.history,
            thesaurus=self.thesaurus,
        )

    def _acts(self, text: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(act for _, act in acts_named(text, self.names)))


def _with_history(question: Question) -> str:
    """A short question after another one is searched together with it."""
    asked = [turn.content for turn in question.history if turn.role == "user"]
    if asked and len(question.text.split()) <= FOLLOW_UP_WORDS:
        return f"{asked[-1]} {question.text}"
    return question.text


def _placed(mention: Mention, history: Sequence[Turn], names: Mapping[str, Sequence[str]]) -> Mention:
    """A place named without its act belongs to the act named last in the conversation, if any was."""
    if mention.act:
        return mention
    earlier = [act for turn in history for _, act in acts_named(turn.content, names)]
    return Mention(earlier[-1], mention.locator) if earlier else mention
