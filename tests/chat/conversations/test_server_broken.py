"""A server whose database breaks while it runs: what each part of the page is told."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from assistant.chat.conversations.wording import wording
from assistant.chat.texts import texts
from tests.chat.conversations.conftest import serving
from tests.chat.conversations.visitor import Visitor

AWAY = texts("fr").errors["ConversationsError"]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """What came back of each request, and through the socket, once the database was no database any more."""
    data: Path = tmp_path_factory.mktemp("broken")
    came: dict[str, tuple[int, str]] = {}

    async def visited(address: str) -> None:
        async with Visitor(address) as someone, Visitor(address) as returning:
            someone.http.headers["accept-language"] = "fr"
            await someone.http.get("/")
            returning.http.cookies = someone.http.cookies
            await someone.open()
            await someone.ask("Qui valide ?")
            (data / "conversations.sqlite3").write_bytes(b"no database" * 10_000)
            for path in ("/conversations", "/conversations/export.json", f"/thread/{someone.thread}"):
                answered = await someone.http.get(path)
                came[path.replace(someone.thread, "…")] = answered.status_code, answered.text
            erased = await someone.http.post("/conversations/erase")
            came["/conversations/erase"] = erased.status_code, erased.text
            listed = await someone.http.post("/project/threads", json={"pagination": {"first": 20}, "filter": {}})
            came["/project/threads"] = listed.status_code, listed.json()["detail"]
            await someone.send("chat_settings_change", {"private": True})
            failed = await someone.came("new_message", lambda step: step.get("isError"))
            came["private"] = 0, failed["output"]
            await returning.open(thread=someone.thread)
            came["resumed"] = 0, await returning.came("resume_thread_error")

    with serving(data) as address:
        asyncio.run(visited(address))
    return came


@pytest.mark.parametrize(
    "path",
    ["/conversations", "/conversations/export.json", "/conversations/erase", "/thread/…", "/project/threads"],
)
def test_a_page_that_needs_the_database_says_so_in_one_line(told: dict[str, tuple[int, str]], path: str) -> None:
    assert told[path] == (503, AWAY)


def test_who_makes_a_conversation_private_is_told_that_it_could_not_be_erased(
    told: dict[str, tuple[int, str]],
) -> None:
    assert told["private"] == (0, wording("fr").private_not_erased)


def test_a_conversation_that_cannot_be_read_is_said_to_be_not_opened(told: dict[str, tuple[int, str]]) -> None:
    assert told["resumed"] == (0, "Thread not found.")
