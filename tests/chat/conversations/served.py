"""A real server over the conversations of a data folder: Chainlit, gate, guard, an assistant that repeats; no test.

Asked for a file, it sends one as Chainlit sends files, which the product never does.
"""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from functools import partial
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route

from assistant.answering.answer import Answer, AnswerKind, Cost, Fingerprints, Mode, RefusalType, Sentence
from assistant.answering.wording.label import label, refusal_label
from assistant.chat import site
from assistant.chat.conversations.reader import reader
from assistant.chat.conversations.service import Conversations
from assistant.chat.faults import Faults, for_chainlit
from assistant.chat.guard import PrivacyGuard
from assistant.chat.security import Site
from assistant.chat.templates import render
from assistant.errors import AssistantError
from assistant.law.act import text_hash
from assistant.law.citation import Citation
from assistant.law.identifiers import Reference
from assistant.law.validity import Status
from assistant.settings import load_settings

PORT = int(sys.argv[1])
LAW = "La Ville prévient l'autorité sous 72 heures."


def given(question: str) -> Answer:
    """An answer in our own words; to a question that begins with "rien", that there is none."""
    parts: dict[str, Any] = {
        "kind": AnswerKind.ANSWER,
        "text": f"« {LAW} » [1]",
        "label": label(Mode.EXTRACTIVE, None, date(2026, 11, 21), "fr"),
        "sentences": (Sentence(f"« {LAW} »", (1,)),),
        "citations": (
            Citation(
                n=1,
                reference=Reference.parse("rgpd:art-33.1"),
                label="RGPD, article 33, paragraphe 1",
                quote=LAW,
                start=0,
                end=len(LAW),
                sha256=text_hash(LAW),
                url="",
                lang="fr",
                version_date="2016-05-04",
                status=Status.IN_FORCE,
                applies=(),
                amended_by="",
            ),
        ),
    }
    if question.startswith("rien"):
        parts = {
            "kind": AnswerKind.REFUSAL,
            "refusal": RefusalType.OUTSIDE_CORPUS,
            "text": "Je ne trouve pas de réponse dans les textes.",
            "label": refusal_label("fr"),
        }
    cost, prints = Cost(0.1, 0, 0, 0.0, "none"), Fingerprints("c", "s", "i")
    return Answer(question=question, lang="fr", cost=cost, fingerprints=prints, **parts)


settings = load_settings()
folder = settings.data / "chat"
site.write(folder, Site(("127.0.0.1",), PORT))
os.environ["CHAINLIT_APP_ROOT"] = str(folder)
os.environ["CHAINLIT_ENV_FILE"] = os.devnull
conversations = Conversations.open(settings, PORT)

import chainlit as cl  # noqa: E402  (reads its folder and its secret when it is imported)
from chainlit.server import app as chainlit_app  # noqa: E402

from assistant.chat.socket_events import SocketEvents  # noqa: E402


async def begin() -> None:
    await conversations.offer_privacy()


async def respond(asked: cl.Message) -> None:
    if asked.content == "un fichier":
        await cl.Message(content="Voici.", elements=[cl.File(name="secret.txt", content=b"le secret d'Ana")]).send()
        return
    shown = cl.Message(content=f"<p>Réponse à {asked.content}</p>")
    await conversations.keep(shown.id, given(asked.content))
    await shown.send()


async def resume(thread: dict[str, Any]) -> None:
    cl.user_session.set("turns", len(await conversations.turns(thread["id"])))


cl.on_chat_start(begin)
cl.on_message(respond)
cl.on_chat_resume(resume)
conversations.register(lambda: "fr")


@asynccontextmanager
async def ending(_: Starlette) -> AsyncIterator[None]:
    async with conversations.serving():
        yield


guard = PrivacyGuard(reader)
SocketEvents(guard, reader).register()
chainlit_app.add_exception_handler(AssistantError, partial(for_chainlit, "fr"))
application = Starlette(
    routes=[
        *conversations.routes(lambda _: "fr", render),
        Route("/guard", guard.endpoint, methods=["POST"]),
        Mount("/", chainlit_app),
    ],
    middleware=[Middleware(Faults, language="fr"), Middleware(conversations.gate)],
    lifespan=ending,
)


class Server(uvicorn.Server):
    """Says where it listens once it does."""

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        sys.stdout.write(f"http://127.0.0.1:{PORT}\n")
        sys.stdout.flush()


Server(uvicorn.Config(application, port=PORT, log_level="warning", timeout_graceful_shutdown=2)).run()
