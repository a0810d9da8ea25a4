"""Conversations by their owner: written as they happen, read back, erased.

Whatever is read, written or erased here names the owner, and touches nothing that is not theirs. The
failure this prevents: a conversation that is shown to, or changed by, somebody who knows its number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, Select, Table, delete, or_, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from assistant.answering.answer import Answer
from assistant.chat.conversations import stored_answer
from assistant.chat.conversations.database import Database
from assistant.chat.conversations.record import Conversation, Message, Opinion
from assistant.chat.conversations.rows import conversation_of, load
from assistant.chat.conversations.tables import ID, NAME, REASON, answers, conversations, messages, opinions


def _utc_now() -> datetime:
    return datetime.now(tz=UTC)


class ConversationStore:
    """Every conversation of an installation; `now` is the clock, in UTC."""

    def __init__(self, database: Database, now: Callable[[], datetime] = _utc_now) -> None:
        self._database = database
        self._now = now

    async def prepare(self, retention_days: int) -> int:
        """Make the tables and erase what was not used for that long; how many conversations were erased."""
        await self._database.prepare()
        limit = _moment(self._now() - timedelta(days=retention_days))
        async with self._database.transaction() as connection:
            return _count(await connection.execute(delete(conversations).where(conversations.c.used < limit)))

    async def owner(self, conversation: str) -> str | None:
        """Whose conversation it is; None when there is none."""
        async with self._database.transaction() as connection:
            return await connection.scalar(select(conversations.c.owner).where(conversations.c.id == conversation[:ID]))

    async def begin(self, owner: str, conversation: str, name: str, profile: str) -> bool:
        """Open a conversation, or note that it is used; whether it is the owner's."""
        async with self._database.transaction() as connection:
            return await self._begin(connection, owner, conversation, name, profile)

    async def rename(self, owner: str, conversation: str, name: str) -> None:
        """Another name."""
        mine = _owned(owner, conversation)
        async with self._database.transaction() as connection:
            await connection.execute(update(conversations).where(*mine).values(name=_name(name)))

    async def write(self, owner: str, conversation: str, message: Message, profile: str = "") -> None:
        """Keep a message or its new text.

        A question opens its conversation; anything else that comes for one that is not there, because
        it was erased meanwhile, is dropped.
        """
        row = {
            "id": message.id,
            "conversation": conversation,
            "parent": message.parent,
            "type": message.type,
            "author": message.author[:NAME],
            "text": message.text,
            "created": message.created or _moment(self._now()),
            "failed": message.failed,
        }
        async with self._database.transaction() as connection:
            if message.type == "user_message":
                mine = await self._begin(connection, owner, conversation, message.text, profile)
            else:
                mine = bool(await connection.scalar(select(conversations.c.id).where(*_owned(owner, conversation))))
            if mine:
                changed = {key: row[key] for key in ("text", "failed")}
                await _upsert(connection, messages, row, changed, messages.c.conversation == conversation)

    async def remove_message(self, owner: str, message: str) -> None:
        """Forget one message and the answer behind it."""
        mine = select(conversations.c.id).where(conversations.c.owner == owner)
        async with self._database.transaction() as connection:
            await connection.execute(
                delete(answers).where(answers.c.message == message, answers.c.conversation.in_(mine))
            )
            await connection.execute(
                delete(messages).where(messages.c.id == message, messages.c.conversation.in_(mine))
            )

    async def keep_answer(self, owner: str, conversation: str, message: str, answer: Answer) -> None:
        """Keep what stands behind a message, so that it can be copied and exported later."""
        row = {
            "message": message,
            "conversation": conversation,
            "created": _moment(self._now()),
            "body": stored_answer.written(answer),
        }
        async with self._database.transaction() as connection:
            if await connection.scalar(select(conversations.c.id).where(*_owned(owner, conversation))):
                await _upsert(connection, answers, row, {"body": row["body"]}, answers.c.conversation == conversation)

    async def answer(self, owner: str, message: str) -> Answer | None:
        """The answer behind a message of the owner's."""
        query = (
            select(answers.c.body)
            .join(conversations)
            .where(answers.c.message == message[:ID], conversations.c.owner == owner)
        )
        async with self._database.transaction() as connection:
            body = await connection.scalar(query)
        return stored_answer.read(body) if body else None

    async def judge(self, owner: str, message: str, opinion: Opinion) -> bool:
        """Keep what the owner thinks of a message; False when there is no such message of theirs."""
        row = {
            "message": message[:ID],
            "value": int(opinion.useful),
            "reason": opinion.reason[:REASON],
            "created": _moment(self._now()),
        }
        async with self._database.transaction() as connection:
            if not await connection.scalar(_messages_of(owner, message)):
                return False
            await _upsert(connection, opinions, row, {key: row[key] for key in ("value", "reason", "created")})
        return True

    async def withdraw(self, owner: str, message: str) -> bool:
        """Forget what the owner thought of a message; False when there was nothing."""
        mine = _messages_of(owner, message)
        async with self._database.transaction() as connection:
            return bool(_count(await connection.execute(delete(opinions).where(opinions.c.message.in_(mine)))))

    async def erase(self, owner: str, conversation: str | None = None) -> int:
        """Erase one conversation of the owner's, or all of them; how many there were."""
        which = (conversations.c.owner == owner,) if conversation is None else _owned(owner, conversation)
        async with self._database.transaction() as connection:
            return _count(await connection.execute(delete(conversations).where(*which)))

    async def listed(
        self, owner: str, limit: int, after: str | None = None, search: str = "", useful: bool | None = None
    ) -> list[Conversation]:
        """The owner's conversations without their messages, the last used first, from the one after `after`."""
        query = select(conversations).where(conversations.c.owner == owner)
        if after:
            place = select(conversations.c.used, conversations.c.id).where(*_owned(owner, after))
            query = query.where(tuple_(conversations.c.used, conversations.c.id) < place.scalar_subquery())
        if search:
            said = select(messages.c.conversation).where(messages.c.text.icontains(search, autoescape=True))
            named = conversations.c.name.icontains(search, autoescape=True)
            query = query.where(or_(named, conversations.c.id.in_(said)))
        if useful is not None:
            judged = select(messages.c.conversation).join(opinions).where(opinions.c.value == int(useful))
            query = query.where(conversations.c.id.in_(judged))
        query = query.order_by(conversations.c.used.desc(), conversations.c.id.desc()).limit(limit)
        async with self._database.transaction() as connection:
            return [conversation_of(row) for row in await connection.execute(query)]

    async def read(self, owner: str, conversation: str) -> Conversation | None:
        """One conversation of the owner's with its messages, in order."""
        found = await self._whole(select(conversations).where(*_owned(owner, conversation)))
        return found[0] if found else None

    async def everything(self, owner: str) -> list[Conversation]:
        """All conversations of the owner's with their messages, the oldest first."""
        mine = select(conversations).where(conversations.c.owner == owner)
        return await self._whole(mine.order_by(conversations.c.created))

    async def judged(self) -> list[Message]:
        """Every message that somebody gave an opinion on, whoever it was, with its answer; oldest opinion first."""
        async with self._database.transaction() as connection:
            ids = select(opinions.c.message)
            found = await load(connection, messages.c.id.in_(ids))
        every = (message for group in found.values() for message in group)
        return sorted(every, key=lambda message: message.opinion.created if message.opinion else "")

    async def close(self) -> None:
        """End the connections."""
        await self._database.close()

    async def _whole(self, query: Select[Any]) -> list[Conversation]:
        async with self._database.transaction() as connection:
            rows = (await connection.execute(query)).all()
            held = await load(connection, messages.c.conversation.in_([row.id for row in rows]))
        return [conversation_of(row, held.get(row.id, ())) for row in rows]

    async def _begin(self, connection: AsyncConnection, owner: str, conversation: str, name: str, profile: str) -> bool:
        if len(conversation) > ID:
            return False
        now = _moment(self._now())
        row = {"id": conversation, "owner": owner, "name": _name(name), "profile": profile, "created": now, "used": now}
        await _upsert(connection, conversations, row, {"used": now}, conversations.c.owner == owner)
        return bool(await connection.scalar(select(conversations.c.id).where(*_owned(owner, conversation))))


def _owned(owner: str, conversation: str) -> Sequence[Any]:
    return (conversations.c.id == conversation[:ID], conversations.c.owner == owner)


def _messages_of(owner: str, message: str) -> Select[Any]:
    found = select(messages.c.id).join(conversations)
    return found.where(messages.c.id == message[:ID], conversations.c.owner == owner)


async def _upsert(
    connection: AsyncConnection, table: Table, row: dict[str, Any], changed: dict[str, Any], where: Any = None
) -> None:
    """Insert a row, or change the one that has its key as long as it fits `where`."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    await connection.execute(
        insert(table).values(row).on_conflict_do_update(index_elements=table.primary_key, set_=changed, where=where)
    )


def _count(result: CursorResult[Any]) -> int:
    return result.rowcount


def _name(text: str) -> str:
    return " ".join(text.split())[:NAME]


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
