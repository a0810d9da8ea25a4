"""Ten people at once on one instance with one language model, which answers one question at a time."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from assistant.chat.source_link import PATH
from tests.browser.visits import Server, running
from tests.chat.conversations.visitor import Visitor, typed

WAITING_SERVER = Path(__file__).with_name("waiting_server.py")
ARTICLES = (5, 13, 15, 17, 22, 28, 30, 32, 33, 35)
"""Of the RGPD, one for each person."""
PATIENCE = 60
"""Seconds that an answer is waited for, on a busy machine."""


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    """The file that lets the model go on."""
    return tmp_path / "open"


@pytest.fixture
def server(smollm: Path, gate: Path, indexed_data: Path) -> Iterator[Server]:
    command = [sys.executable, str(WAITING_SERVER), str(smollm), str(gate)]
    with running(command, indexed_data) as one:
        yield one


def test_nobody_waits_for_another_s_model_answer_to_see_their_own_sources(server: Server, gate: Path) -> None:
    async def ten() -> None:
        async with AsyncExitStack() as stack:
            people = [await stack.enter_async_context(Visitor(server.address)) for _ in ARTICLES]
            await asyncio.gather(*(arrive(person) for person in people))
            await asyncio.gather(*(ask(*both) for both in zip(people, ARTICLES, strict=True)))
            await asyncio.to_thread(model_writes, server)
            assert [person for person in people if complete(person)] == []
            gate.touch()
            await first_complete(people)

    asyncio.run(ten())


async def arrive(person: Visitor) -> None:
    """Load the page, which gives its cookie, open its socket, and wait until one can type."""
    (await person.http.get("/")).raise_for_status()
    await person.open()
    await person.came("chat_settings")


async def ask(person: Visitor, article: int) -> None:
    """Ask about an article, and wait for its text in the list of what was found."""
    own = f'href="{PATH}rgpd:art-{article}?'
    await person.send("client_message", typed(f"Que dit l'article {article} du RGPD ?"))
    await person.came("stream_token", lambda shown: "answer-working" in shown["token"] and own in shown["token"])


def model_writes(server: Server) -> None:
    """Wait until the model has begun an answer."""
    assert server.process.stdout is not None
    assert server.process.stdout.readline() == "a model writes\n"


def complete(person: Visitor) -> bool:
    """Whether the person has a whole answer: it has buttons."""
    return any(event == "new_message" and "answer-actions" in step["output"] for event, step in person.events)


async def first_complete(people: Sequence[Visitor]) -> None:
    """Wait for the first whole answer."""
    async with asyncio.timeout(PATIENCE):
        while not any(complete(person) for person in people):
            await asyncio.sleep(0.1)
