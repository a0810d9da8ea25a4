"""Rows of the database to conversations and messages.

The failure this prevents: one query a message, and a page that opens the slower the more was said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from assistant.chat.conversations import stored_answer
from assistant.chat.conversations.record import Conversation, Message, Opinion
from assistant.chat.conversations.tables import answers, messages, opinions

_OPINION = (opinions.c.value, opinions.c.reason, opinions.c.created.label("judged"))


async def load(connection: AsyncConnection, which: ColumnElement[bool]) -> dict[str, list[Message]]:
    """Messages by their conversation, in order, each with its answer and what was thought of it."""
    query = (
        select(messages, answers.c.body, *_OPINION)
        .outerjoin(answers, answers.c.message == messages.c.id)
        .outerjoin(opinions, opinions.c.message == messages.c.id)
        .where(which)
        .order_by(messages.c.created, messages.c.id)
    )
    found: dict[str, list[Message]] = defaultdict(list)
    for row in await connection.execute(query):
        found[row.conversation].append(_message_of(row))
    return found


def conversation_of(row: Row[Any], held: Sequence[Message] = ()) -> Conversation:
    """A conversation and its messages."""
    return Conversation(row.id, row.owner, row.name, row.profile, row.created, row.used, tuple(held))


def _message_of(row: Row[Any]) -> Message:
    return Message(
        id=row.id,
        type=row.type,
        text=row.text,
        created=row.created,
        parent=row.parent,
        author=row.author,
        failed=bool(row.failed),
        opinion=None if row.value is None else Opinion(bool(row.value), row.reason, row.judged),
        answer=stored_answer.read(row.body) if row.body else None,
    )
