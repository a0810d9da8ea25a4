"""Ana and Bob on one server: what is whose, and who comes in."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from socketio.exceptions import ConnectionError as SocketRefused

from assistant.accounts.store import Accounts
from tests.chat.conversations.conftest import PASSWORDS
from tests.chat.conversations.visitor import Visitor, typed

Steps = Callable[[Visitor, Visitor], Awaitable[None]]


@pytest.fixture
def together(closed_server: str) -> Callable[[Steps], None]:
    """Run steps of Ana, who asked one question, and of Bob, both signed in."""

    def run(steps: Steps) -> None:
        async def visited() -> None:
            async with Visitor(closed_server) as ana, Visitor(closed_server) as bob:
                assert await ana.sign_in("Ana ", PASSWORDS["ana"]) == 200
                assert await bob.sign_in("bob", PASSWORDS["bob"]) == 200
                await ana.http.post("/conversations/erase")
                await ana.open()
                await ana.ask("la question d'Ana")
                await steps(ana, bob)

        asyncio.run(visited())

    return run


@pytest.fixture
def guest(accounts: Accounts) -> Iterator[str]:
    """An account that a test may spoil."""
    name = f"guest-{uuid.uuid4().hex[:8]}"
    accounts.add(name, PASSWORDS["ana"])
    yield name
    if accounts.find(name):
        accounts.remove(name)


def test_each_sees_only_their_own_conversations(together: Callable[[Steps], None]) -> None:
    async def steps(ana: Visitor, bob: Visitor) -> None:
        assert await ana.listed() == ["la question d'Ana"]
        assert await bob.listed() == []
        assert (await ana.http.get(f"/project/thread/{ana.thread}")).status_code == 200
        assert (await bob.http.get(f"/project/thread/{ana.thread}")).status_code == 401
        assert "la question d'Ana" not in (await bob.http.get("/conversations/export.json")).text

    together(steps)


def test_nobody_changes_or_erases_what_is_anothers(together: Callable[[Steps], None]) -> None:
    async def steps(ana: Visitor, bob: Visitor) -> None:
        renamed = await bob.http.put("/project/thread", json={"threadId": ana.thread, "name": "à Bob"})
        erased = await bob.http.request("DELETE", "/project/thread", json={"threadId": ana.thread})
        assert (renamed.status_code, erased.status_code) == (401, 401)
        await bob.http.post(f"/conversations/{ana.thread}/erase")
        await bob.http.post("/conversations/erase")
        assert await ana.listed() == ["la question d'Ana"]

    together(steps)


def test_nobody_judges_anothers_answer(together: Callable[[Steps], None]) -> None:
    async def steps(ana: Visitor, bob: Visitor) -> None:
        shown = await ana.ask("une autre question")
        opinion = {"feedback": {"forId": shown["id"], "value": 0, "comment": "de Bob"}, "sessionId": "x"}
        assert (await bob.http.put("/feedback", json=opinion)).status_code == 500
        assert (await ana.http.put("/feedback", json=opinion)).status_code == 200
        await bob.http.request("DELETE", "/feedback", json={"feedbackId": shown["id"]})
        assert "de Bob" in (await ana.http.get(f"/project/thread/{ana.thread}")).text

    together(steps)


def test_anothers_conversation_is_not_opened(together: Callable[[Steps], None]) -> None:
    async def steps(ana: Visitor, bob: Visitor) -> None:
        with pytest.raises(SocketRefused):
            await bob.open(thread=ana.thread)

    together(steps)


def test_a_message_with_anothers_number_changes_nothing(together: Callable[[Steps], None]) -> None:
    async def steps(ana: Visitor, bob: Visitor) -> None:
        thread = (await ana.http.get(f"/project/thread/{ana.thread}")).json()
        question: dict[str, Any] = next(step for step in thread["steps"] if step["type"] == "user_message")
        await bob.open()
        forged = typed("écrasé par Bob")
        forged["message"]["id"] = question["id"]
        forged["message"]["threadId"] = ana.thread
        await bob.send("client_message", forged)
        await bob.came("first_interaction")
        await bob.came("task_end", lambda _: any(name == "new_message" for name, _ in bob.events))
        await bob.leave()
        assert "écrasé" not in (await ana.http.get(f"/project/thread/{ana.thread}")).text
        await bob.http.post("/conversations/erase")

    together(steps)


def test_a_file_is_served_to_its_reader_only(together: Callable[[Steps], None], closed_server: str) -> None:
    async def steps(ana: Visitor, bob: Visitor) -> None:
        await ana.ask("un fichier")
        element = await ana.came("element")
        path = f"/project/file/{element['chainlitKey']}?session_id={ana.session}"
        assert (await ana.http.get(path)).text == "le secret d'Ana"
        assert (await bob.http.get(path)).status_code == 404
        own = path.replace(ana.session, "x") + f"&session_id={ana.session}"
        assert (await bob.http.get(own)).status_code == 404
        async with Visitor(closed_server) as stranger:
            assert (await stranger.http.get(path)).status_code == 401

    together(steps)


def test_without_signing_in_there_is_the_page_and_nothing_else(closed_server: str) -> None:
    async def steps() -> None:
        async with Visitor(closed_server) as stranger:
            assert (await stranger.http.get("/")).status_code == 200
            assert not stranger.http.cookies
            assert (await stranger.http.get("/auth/config")).json()["passwordAuth"] is True
            assert (await stranger.http.get("/user")).status_code == 401
            with pytest.raises(SocketRefused):
                await stranger.open()

    asyncio.run(steps())


def test_after_five_failures_even_the_right_password_is_refused(closed_server: str, guest: str) -> None:
    async def steps() -> None:
        async with Visitor(closed_server) as stranger:
            for _ in range(5):
                assert await stranger.sign_in(guest, "pas le bon mot de passe") == 401
            assert await stranger.sign_in(guest.upper(), PASSWORDS["ana"]) == 401
            assert await stranger.sign_in("ana", PASSWORDS["ana"]) == 200

    asyncio.run(steps())


def test_an_endless_password_is_not_read(closed_server: str) -> None:
    async def steps() -> None:
        async with Visitor(closed_server) as stranger:
            assert await stranger.sign_in("ana", "x" * 20_000) == 413

    asyncio.run(steps())


@pytest.mark.parametrize("spoiled", ["removed", "password"])
def test_who_is_removed_or_has_another_password_is_signed_out(
    closed_server: str, accounts: Accounts, guest: str, spoiled: str
) -> None:
    async def steps() -> None:
        async with Visitor(closed_server) as someone:
            assert await someone.sign_in(guest, PASSWORDS["ana"]) == 200
            await someone.open()
            await someone.ask("encore là ?")
            await someone.http.post("/conversations/erase")
            if spoiled == "removed":
                accounts.remove(guest)
            else:
                accounts.change_password(guest, "un tout autre mot de passe")
            await someone.send("client_message", typed("et maintenant ?"))
            await someone.ended()
            assert (await someone.http.get("/user")).status_code == 401

    asyncio.run(steps())
