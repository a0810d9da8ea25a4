"""What is too old goes: from the database and from the files beside it, at each start and every day."""

from __future__ import annotations

import asyncio
import json
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.answering.answer import Answer
from assistant.chat.conversations.database import Database
from assistant.chat.conversations.record import Message
from assistant.chat.conversations.retention import ASKED, REPORTS, Retention
from assistant.chat.conversations.service import Conversations
from assistant.chat.conversations.store import ConversationStore
from assistant.chat.reports import Reports
from assistant.settings import Settings
from tests.render.answers import answer

TODAY = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Clock:
    """The same day until somebody moves it."""

    def __init__(self) -> None:
        self.now = TODAY

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, DATABASE_URL="", retention_days=30)


def report(data: Path, question: str, at: datetime) -> None:
    given: Answer = answer()
    Reports(data).add(given, "source", question, at)


def reported(data: Path) -> list[str]:
    return [json.loads(line)["comment"] for line in (data / REPORTS).read_text(encoding="utf-8").splitlines()]


def forget(settings: Settings) -> None:
    store = ConversationStore(Database(settings))

    async def once() -> None:
        await Retention(store, settings, lambda: TODAY).apply()
        await store.close()

    asyncio.run(once())


def test_an_old_report_is_dropped_and_a_recent_one_stays(settings: Settings) -> None:
    report(settings.data, "ancien", TODAY - timedelta(days=31))
    report(settings.data, "récent", TODAY - timedelta(days=29))
    forget(settings)
    assert reported(settings.data) == ["récent"]
    assert (settings.data / REPORTS).stat().st_mode & 0o077 == 0


def test_an_old_question_told_to_those_who_maintain_is_dropped(settings: Settings) -> None:
    lines = [{"question": "ancienne", "day": "2026-01-02"}, {"question": "récente", "day": "2026-11-20"}]
    (settings.data / ASKED).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    forget(settings)
    assert "ancienne" not in (settings.data / ASKED).read_text(encoding="utf-8")
    assert "récente" in json.loads((settings.data / ASKED).read_text(encoding="utf-8"))["question"]


@pytest.mark.parametrize("line", ['{"cut', "[]", "{}", '{"at": "hier"}', '{"at": null}', "null"])
def test_a_line_whose_day_cannot_be_read_does_not_stay_for_ever(settings: Settings, line: str) -> None:
    (settings.data / REPORTS).write_text(line + "\n", encoding="utf-8")
    forget(settings)
    assert (settings.data / REPORTS).read_text(encoding="utf-8") == ""


def test_a_server_that_runs_erases_what_becomes_too_old(settings: Settings) -> None:
    clock = Clock()
    store = ConversationStore(Database(settings), clock)

    async def year() -> None:
        await Retention(store, settings, clock).apply()
        await store.write("ana", "1", Message("q", "user_message", "Une question ?", ""))
        report(settings.data, "ancien", clock.now)
        erasing = asyncio.create_task(Retention(store, settings, clock).daily(0.01))
        await asyncio.sleep(0.1)
        assert await store.listed("ana", 9)
        clock.now += timedelta(days=31)
        async with asyncio.timeout(10):
            while await store.listed("ana", 9) or reported(settings.data):
                await asyncio.sleep(0.01)
        erasing.cancel()
        await asyncio.wait([erasing])
        await store.close()

    asyncio.run(year())


def test_a_day_on_which_it_fails_is_made_up_for(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    store = ConversationStore(Database(settings))
    (settings.data / REPORTS).write_text("{}\n", encoding="utf-8")
    blocking = settings.data / f"{REPORTS}.new"
    blocking.mkdir()

    async def two_days() -> None:
        erasing = asyncio.create_task(Retention(store, settings, lambda: TODAY).daily(0.01))
        async with asyncio.timeout(10):
            while "could not be erased" not in caplog.text:
                await asyncio.sleep(0.01)
            blocking.rmdir()
            while (settings.data / REPORTS).read_text(encoding="utf-8"):
                await asyncio.sleep(0.01)
        erasing.cancel()
        await asyncio.wait([erasing])
        await store.close()

    with caplog.at_level(logging.WARNING):
        asyncio.run(two_days())


def test_the_erasing_ends_with_the_server(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("AUTH_SECRET", "AUTH_COOKIE_NAME", "COOKIE_SAMESITE", "CUSTOM_AUTH"):
        monkeypatch.setenv(f"CHAINLIT_{variable}", "")

    async def served() -> None:
        conversations = await asyncio.to_thread(Conversations.open, settings, 8000)
        async with conversations.serving():
            names = {task.get_name() for task in asyncio.all_tasks()}
            assert "retention" in names
        assert "retention" not in {task.get_name() for task in asyncio.all_tasks()}

    asyncio.run(served())
