"""A conversation, its messages and a reader's opinion as the rest of the program sees them.

The failure this prevents: rows of a database in the middle of the code that shows or exports them.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answering.answer import Answer


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a reader thought of an answer; `reason` may be empty."""

    useful: bool
    reason: str
    created: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it was shown; `answer` is what stands behind it, where it is one."""

    id: str
    type: str
    text: str
    created: str
    parent: str | None = None
    author: str = ""
    failed: bool = False
    opinion: Opinion | None = None
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation; `messages` is empty in lists."""

    id: str
    owner: str
    name: str
    profile: str
    created: str
    used: str
    messages: tuple[Message, ...] = ()
