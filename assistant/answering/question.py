"""A question as it is typed, with its conversation; what cannot be a question is refused here.

The failure this prevents: a pasted file or a binary blob that reaches the index or the model.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date

from assistant.errors import QuestionError

LONGEST = 4000
"""Characters; longer texts are documents, not questions."""

LANGUAGES, ROLES = ("fr", "en"), ("user", "assistant")
"""Of answers, and of the messages of a conversation."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message: `role` is `user` or `assistant`."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked; what is None is understood from the text or taken from the settings."""

    text: str
    lang: str | None = None
    history: tuple[Turn, ...] = ()
    as_of: date | None = None
    collectivite: str | None = None

    def checked(self) -> Question:
        """The same question, its blanks trimmed; `QuestionError` when it is empty, too long or not text.

        So it is for a language that no answer is written in, and a conversation of other people.
        """
        text = self.text.strip()
        if not text:
            raise QuestionError("the question is empty: type what you want to know")
        if len(text) > LONGEST:
            raise QuestionError(
                f"the question has {len(text)} characters, at most {LONGEST} are read: ask in a few sentences"
            )
        if any(unicodedata.category(c) in {"Cc", "Co", "Cs"} and c not in "\n\t\r" for c in text) or "\ufffd" in text:
            raise QuestionError("the question holds characters that are not text: type it again")
        if not any(character.isalnum() for character in text):
            raise QuestionError("the question holds no word: type what you want to know")
        if self.lang not in {None, *LANGUAGES}:
            raise QuestionError(f"'{self.lang}' is no language of answers: ask for {' or '.join(LANGUAGES)}")
        strange = next((turn.role for turn in self.history if turn.role not in ROLES), None)
        if strange is not None:
            raise QuestionError(f"'{strange}' is no role in a conversation: write {' or '.join(ROLES)}")
        return Question(text, self.lang, self.history, self.as_of, self.collectivite)
