from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from assistant.answering.answer import Answer
from assistant.chat.conversations.database import Database
from assistant.chat.conversations.record import Message, Opinion
from assistant.chat.conversations.store import ConversationStore
from assistant.chat.conversations.tables import METADATA, answers
from assistant.settings import Settings
from tests.render.answers import answer

BEGUN = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
DAYS = 180


class Clock:
    """A clock that goes on by a second each time somebody looks at it."""

    def __init__(self) -> None:
        self.now = BEGUN

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


Steps = Callable[[ConversationStore, Clock], Awaitable[None]]


POSTGRES = os.environ.get("DATABASE_URL", "")


@pytest.fixture(params=["sqlite", "postgres"])
def settings(tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    """An empty database of each kind; Postgres where `DATABASE_URL` names one that these tests may empty."""
    if request.param == "sqlite":
        return Settings(data=tmp_path, DATABASE_URL="")
    if not POSTGRES:
        pytest.skip("DATABASE_URL names no database")
    settings = Settings(data=tmp_path, DATABASE_URL=POSTGRES)
    asyncio.run(_emptied(settings))
    return settings


async def _emptied(settings: Settings) -> None:
    database = Database(settings)
    async with database.transaction() as connection:
        await connection.run_sync(METADATA.drop_all)
    await database.close()


@pytest.fixture
def using(settings: Settings) -> Callable[[Steps], None]:
    """Run steps on a new store."""

    def run(steps: Steps) -> None:
        async def used() -> None:
            clock = Clock()
            store = ConversationStore(Database(settings), clock)
            try:
                await store.prepare(DAYS)
                await steps(store, clock)
            finally:
                await store.close()

        asyncio.run(used())

    return run


def asked(number: str, text: str = "Une question ?") -> Message:
    return Message(f"q{number}", "user_message", text, "")


def answered(number: str, text: str = "Une réponse.") -> Message:
    return Message(f"a{number}", "assistant_message", text, "", parent=f"q{number}")


async def converse(store: ConversationStore, owner: str, number: str, text: str = "Une question ?") -> Answer:
    given = answer(question=text)
    await store.write(owner, number, asked(number, text))
    await store.keep_answer(owner, number, f"a{number}", given)
    await store.write(owner, number, answered(number))
    return given


def test_a_conversation_is_read_back_as_it_was(using: Callable[[Steps], None]) -> None:
    async def steps(store: ConversationStore, _: Clock) -> None:
        given = await converse(store, "ana", "1", "Qui\n décide ?")
        held = await store.read("ana", "1")
        assert held is not None
        assert (held.name, held.owner) == ("Qui décide ?", "ana")
        assert [message.text for message in held.messages] == ["Qui\n décide ?", "Une réponse."]
        assert held.messages[1].answer == given == await store.answer("ana", "a1")

    using(steps)


def test_nothing_is_anothers_even_with_its_number(using: Callable[[Steps], None]) -> None:
    async def steps(store: ConversationStore, _: Clock) -> None:
        await converse(store, "ana", "1")
        before = await store.read("ana", "1")
        assert await store.read("bob", "1") is None
        assert await store.answer("bob", "a1") is None
        assert await store.everything("bob") == await store.listed("bob", 10) == []
        assert not await store.begin("bob", "1", "à Bob", "")
        assert not await store.judge("bob", "a1", Opinion(False, ""))
        assert not await store.withdraw("bob", "a1")
        assert await store.erase("bob", "1") == await store.erase("bob") == 0
        await store.rename("bob", "1", "à Bob")
        await store.remove_message("bob", "a1")
        await store.keep_answer("bob", "1", "a1", answer(question="de Bob"))
        await store.write("bob", "1", asked("1", "de Bob"))
        await store.write("bob", "2", asked("1", "de Bob"))
        assert await store.read("ana", "1") == before

    using(steps)


def test_an_answer_that_comes_late_does_not_bring_an_erased_conversation_back(using: Callable[[Steps], None]) -> None:
    async def steps(store: ConversationStore, _: Clock) -> None:
        await store.write("ana", "1", asked("1"))
        assert await store.erase("ana") == 1
        await store.keep_answer("ana", "1", "a1", answer())
        await store.write("ana", "1", answered("1"))
        assert await store.everything("ana") == []
        assert await store.answer("ana", "a1") is None

    using(steps)


def test_with_a_conversation_go_its_messages_answers_and_opinions(using: Callable[[Steps], None]) -> None:
    async def steps(store: ConversationStore, _: Clock) -> None:
        await converse(store, "ana", "1")
        await store.judge("ana", "a1", Opinion(False, "faux"))
        assert await store.erase("ana", "1") == 1
        await store.begin("ana", "1", "la même", "")
        held = await store.read("ana", "1")
        assert held is not None
        assert held.messages == ()
        assert await store.judged() == []
        assert await store.answer("ana", "a1") is None

    using(steps)


def test_what_was_erased_is_not_in_the_file_any_more(using: Callable[[Steps], None], settings: Settings) -> None:
    async def steps(store: ConversationStore, _: Clock) -> None:
        await converse(store, "ana", "1", "un mot très rare")
        assert settings.database_url or b"mot tr" in files(settings)
        await store.erase("ana")
        assert b"mot tr" not in files(settings)

    using(steps)


def files(settings: Settings) -> bytes:
    return b"".join(file.read_bytes() for file in settings.data.glob("conversations*"))


def test_the_database_is_its_owners_only(using: Callable[[Steps], None], settings: Settings) -> None:
    async def steps(store: ConversationStore, _: Clock) -> None:
        await converse(store, "ana", "1")

    using(steps)
    for file in settings.data.glob("conversations*"):
        assert file.stat().st_mode & 0o077 == 0


def test_conversations_that_nobody_used_for_long_are_erased_at_start(using: Callable[[Steps], None]) -> None:
    async def steps(store: ConversationStore, clock: Clock) -> None:
        await converse(store, "ana", "old")
        await converse(store, "ana", "used")
        clock.now += timedelta(days=DAYS - 1)
        await store.write("ana", "used", asked("later"))
        assert await store.prepare(DAYS) == 0
        clock.now += timedelta(days=2)
        assert await store.prepare(DAYS) == 1
        assert [one.id for one in await store.listed("ana", 10)] == ["used"]

    using(steps)


def test_lists_come_page_by_page_the_last_used_first(using: Callable[[Steps], None]) -> None:
    async def steps(store: ConversationStore, _: Clock) -> None:
        for number in "12345":
            await converse(store, "ana", number)
        await store.write("ana", "2", asked("2b"))
        first = await store.listed("ana", 3)
        assert [one.id for one in first] == ["2", "5", "4"]
        assert [one.id for one in await store.listed("ana", 3, after="4")] == ["3", "1"]

    using(steps)


def test_conversations_are_found_by_their_words_and_by_what_was_thought_of_them(using: Callable[[Steps], None]) -> None:
    async def steps(store: ConversationStore, _: Clock) -> None:
        await converse(store, "ana", "1", "le registre à 100 %")
        await converse(store, "ana", "2", "la cantine")
        await store.judge("ana", "a2", Opinion(True, ""))
        assert [one.id for one in await store.listed("ana", 9, search="REGISTRE")] == ["1"]
        assert [one.id for one in await store.listed("ana", 9, search="%")] == ["1"]
        assert [one.id for one in await store.listed("ana", 9, useful=True)] == ["2"]
        assert await store.listed("ana", 9, useful=False) == []

    using(steps)


def test_a_number_that_is_too_long_opens_nothing(using: Callable[[Steps], None]) -> None:
    async def steps(store: ConversationStore, _: Clock) -> None:
        await store.write("ana", "x" * 65, asked("1"))
        assert await store.listed("ana", 9) == []

    using(steps)


def test_an_answer_of_an_earlier_version_is_left_out(using: Callable[[Steps], None], settings: Settings) -> None:
    async def steps(store: ConversationStore, _: Clock) -> None:
        await converse(store, "ana", "1")
        other = Database(settings)
        async with other.transaction() as connection:
            await connection.execute(update(answers).values(body='{"question": "une autre forme"}'))
        await other.close()
        assert await store.answer("ana", "a1") is None
        held = await store.read("ana", "1")
        assert held is not None
        assert [message.answer for message in held.messages] == [None, None]

    using(steps)
