"""Conversations through the real server, as one person meets them on their own machine."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.chat.texts import texts
from assistant.mark.key import public_key
from assistant.mark.verify import State, check
from tests.chat.conversations.visitor import Visitor, typed


@pytest.fixture
def visit(open_server: str) -> Callable[[Callable[[Visitor], Awaitable[None]]], None]:
    """Run a visit of somebody who opens the page, with nothing kept from before."""

    def run(steps: Callable[[Visitor], Awaitable[None]]) -> None:
        async def visited() -> None:
            async with Visitor(open_server) as someone:
                await someone.http.get("/")
                await someone.http.post("/conversations/erase")
                await steps(someone)

        asyncio.run(visited())

    return run


Visiting = Callable[[Callable[[Visitor], Awaitable[None]]], None]


def test_the_page_lets_in_who_opens_it_and_nobody_else(open_server: str) -> None:
    async def steps() -> None:
        async with Visitor(open_server) as someone:
            assert (await someone.http.get("/user")).status_code == 401
            await someone.http.get("/")
            assert (await someone.http.get("/user")).json()["identifier"] == "local"

    asyncio.run(steps())


@pytest.mark.parametrize("path", ["/project/settings", "/conversations", "/conversations/export.json", "/source/x"])
def test_nothing_of_anybody_is_served_without_a_ticket(open_server: str, path: str) -> None:
    async def steps() -> None:
        async with Visitor(open_server) as someone:
            assert (await someone.http.get(path)).status_code == 401
            someone.http.cookies.set(f"assistant-{open_server.rsplit(':', 1)[1]}", "forged.ticket.here")
            assert (await someone.http.get(path)).status_code == 401

    asyncio.run(steps())


@pytest.mark.parametrize("path", ["/project/share/x", "/mcp", "/copilot/index.js", "/auth/oauth/x"])
def test_what_nobody_needs_of_chainlit_is_shut(visit: Visiting, path: str) -> None:
    async def steps(someone: Visitor) -> None:
        assert (await someone.http.get(path)).status_code == 404
        assert (await someone.http.put("/project/thread/share", json={})).status_code == 404
        assert (await someone.http.put("/project/element", json={})).status_code == 404

    visit(steps)


def test_a_conversation_is_there_again_when_the_page_is_opened_anew(visit: Visiting) -> None:
    async def steps(someone: Visitor) -> None:
        await someone.open()
        await someone.ask("Faut-il prévenir la CNIL ?")
        await someone.ask("Sous combien de temps ?")
        await someone.leave()
        assert await someone.listed() == ["Faut-il prévenir la CNIL ?"]
        await someone.open(thread=someone.thread)
        thread = await someone.came("resume_thread")
        said = [step["output"] for step in thread["steps"] if step["type"].endswith("_message")]
        assert said == [
            "Faut-il prévenir la CNIL ?",
            "<p>Réponse à Faut-il prévenir la CNIL ?</p>",
            "Sous combien de temps ?",
            "<p>Réponse à Sous combien de temps ?</p>",
        ]

    visit(steps)


def test_a_message_is_masked_before_it_is_stored_or_answered(visit: Visiting) -> None:
    async def steps(someone: Visitor) -> None:
        await someone.open()
        shown = await someone.ask("Puis-je écrire à jean.dupont@example.org ?")
        assert shown["output"] == "<p>Réponse à Puis-je écrire à [adresse e-mail] ?</p>"
        assert "jean.dupont" not in (await someone.http.get(f"/project/thread/{someone.thread}")).text

    visit(steps)


def test_a_message_that_is_edited_by_hand_is_neither_stored_nor_answered(visit: Visiting) -> None:
    async def steps(someone: Visitor) -> None:
        await someone.open()
        await someone.ask("Qui valide ?")
        thread = (await someone.http.get(f"/project/thread/{someone.thread}")).json()
        question = next(step["id"] for step in thread["steps"] if step["type"] == "user_message")
        edited = typed("Que dire à jean.dupont@example.org ?")
        edited["message"]["id"] = question
        await someone.send("edit_message", edited)
        await someone.ask("Et après ?")
        said = [step["output"] for name, step in someone.events if name == "new_message"]
        assert not any("dupont" in text or "Que dire" in text for text in said)
        kept = (await someone.http.get(f"/project/thread/{someone.thread}")).text
        assert "dupont" not in kept
        assert "Qui valide ?" in kept

    visit(steps)


def test_nothing_is_kept_of_a_private_conversation(visit: Visiting, open_data: Path) -> None:
    async def steps(someone: Visitor) -> None:
        await someone.open()
        await someone.came("chat_settings")
        await someone.send("chat_settings_change", {"private": True})
        shown = await someone.ask("une question indiscrète")
        opinion = {"forId": shown["id"], "value": 1}
        judged = await someone.http.put("/feedback", json={"feedback": opinion, "sessionId": someone.session})
        assert judged.status_code == 200
        await someone.leave()
        assert {data["thread_id"] for name, data in someone.events if name == "first_interaction"} <= {""}
        assert await someone.listed() == []
        assert (await someone.http.get(f"/project/thread/{shown['threadId']}")).status_code == 404

    visit(steps)
    kept = b"".join(file.read_bytes() for file in open_data.glob("conversations.sqlite3*"))
    assert "indiscrète".encode() not in kept


def test_making_a_conversation_private_erases_what_was_kept_and_cannot_be_undone(visit: Visiting) -> None:
    async def steps(someone: Visitor) -> None:
        await someone.open()
        await someone.ask("une première question")
        assert await someone.listed() == ["une première question"]
        await someone.send("chat_settings_change", {"private": True})
        await someone.send("chat_settings_change", {"private": False})
        someone.events.clear()
        switches = await someone.came("chat_settings")
        assert switches[0]["initial"] is True
        await someone.ask("une deuxième question")
        await someone.leave()
        assert await someone.listed() == []

    visit(steps)


def test_an_opinion_on_what_is_not_kept_is_refused(visit: Visiting) -> None:
    async def steps(someone: Visitor) -> None:
        opinion = {"feedback": {"forId": "no-such-message", "value": 1}, "sessionId": "x"}
        assert (await someone.http.put("/feedback", json=opinion)).status_code == 500

    visit(steps)


def test_the_page_of_a_conversation_that_is_gone_leads_to_a_new_one(visit: Visiting) -> None:
    async def steps(someone: Visitor) -> None:
        gone = await someone.http.get("/thread/gone")
        assert (gone.status_code, gone.headers["location"]) == (307, "/")
        await someone.open()
        await someone.ask("encore là ?")
        assert (await someone.http.get(f"/thread/{someone.thread}")).status_code == 200

    visit(steps)


def test_an_opinion_is_kept_with_its_reason_and_can_be_withdrawn(visit: Visiting) -> None:
    async def steps(someone: Visitor) -> None:
        await someone.open()
        shown = await someone.ask("Qui valide ?")
        opinion = {"forId": shown["id"], "value": 0, "comment": "pas pour une commune"}
        kept = await someone.http.put("/feedback", json={"feedback": opinion, "sessionId": someone.session})
        number = kept.json()["feedbackId"]
        assert await _opinions(someone) == [(0, "pas pour une commune")]
        changed = {**opinion, "id": number, "value": 1, "comment": None}
        await someone.http.put("/feedback", json={"feedback": changed, "sessionId": someone.session})
        assert await _opinions(someone) == [(1, "")]
        await someone.http.request("DELETE", "/feedback", json={"feedbackId": number})
        assert await _opinions(someone) == []

    visit(steps)


async def _opinions(someone: Visitor) -> list[tuple[int, str]]:
    thread = (await someone.http.get(f"/project/thread/{someone.thread}")).json()
    return [(step["feedback"]["value"], step["feedback"]["comment"]) for step in thread["steps"] if step["feedback"]]


@pytest.mark.parametrize("form", ["json", "md"])
def test_everything_is_exported_with_its_mark_and_signed(visit: Visiting, open_data: Path, form: str) -> None:
    files: list[bytes] = []

    async def steps(someone: Visitor) -> None:
        await someone.open()
        shown = await someone.ask("Qui décide *vraiment* ?")
        opinion = {"forId": shown["id"], "value": 1, "comment": "clair"}
        await someone.http.put("/feedback", json={"feedback": opinion, "sessionId": someone.session})
        answered = await someone.http.get(f"/conversations/export.{form}")
        assert answered.headers["content-disposition"].endswith(f'.{form}"')
        files.append(answered.content)

    visit(steps)
    assert check(files[0], {public_key(open_data)}).state is State.INTACT
    text = files[0].decode()
    assert "72 heures" in text
    assert "composée" in text
    assert "clair" in text
    if form == "json":
        content = json.loads(text)
        assert content["ai_generated"] is True
        question, answer = content["conversations"][0]["messages"]
        assert question["text"] == "Qui décide *vraiment* ?"
        assert answer["answer"]["citations"][0]["ref"] == "art-33.1"
    else:
        assert text.count("Qui décide \\*vraiment\\* ?") == 2  # the conversation's name, and the question
        assert "digital_source_type: " in text


def test_the_page_of_conversations_erases_one_and_all(visit: Visiting) -> None:
    async def steps(someone: Visitor) -> None:
        for question in ("une", "deux", "trois"):
            someone.thread = ""
            await someone.open()
            await someone.ask(question)
            await someone.leave()
        page = await someone.http.get("/conversations")
        assert f"Commencée le {texts('fr').day(datetime.now(tz=UTC).astimezone().date())}" in page.text
        assert "form-action 'self'" in page.headers["content-security-policy"]
        assert page.text.count('<form method="post"') == 4
        assert "<script" not in page.text
        gone = await someone.http.post(f"/conversations/{someone.thread}/erase")
        assert (gone.status_code, gone.headers["location"]) == (303, "/conversations?erased=1")
        assert await someone.listed() == ["deux", "une"]
        gone = await someone.http.post("/conversations/erase", follow_redirects=True)
        assert "Conversations supprimées : 2." in gone.text
        assert "Aucune conversation n&#39;est enregistrée." in gone.text
        assert await someone.listed() == []

    visit(steps)


def test_chainlits_own_deletion_and_renaming_work(visit: Visiting) -> None:
    async def steps(someone: Visitor) -> None:
        await someone.open()
        await someone.ask("à renommer")
        await someone.http.put("/project/thread", json={"threadId": someone.thread, "name": "un autre nom"})
        assert await someone.listed() == ["un autre nom"]
        await someone.http.request("DELETE", "/project/thread", json={"threadId": someone.thread})
        assert await someone.listed() == []

    visit(steps)
