"""The chat as one web application: our pages and routes, then Chainlit, behind our own rules.

The failure this prevents: a part of the page that is served without the rules on hosts, headers and
readers, because it was mounted beside them.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import BaseRoute, Mount, Route

from assistant.chat import accessibility, page, site
from assistant.chat.answer_desk import AnswerDesk
from assistant.chat.body_limit import BodyLimit
from assistant.chat.conversations.reader import reader
from assistant.chat.conversations.service import Conversations
from assistant.chat.faults import Faults, for_chainlit
from assistant.chat.guard import PrivacyGuard
from assistant.chat.neighbours import neighbours
from assistant.chat.onward import onward
from assistant.chat.presenter import Presenter
from assistant.chat.reports import Reports
from assistant.chat.security import ChainlitRequest, Guard, Site, content_security_policy
from assistant.chat.shelf import Shelf
from assistant.chat.source_panel import SourcePanel
from assistant.chat.streaming import Producer
from assistant.chat.templates import render
from assistant.chat.texts import interface_language, texts
from assistant.errors import AssistantError
from assistant.lexicon import load_lexicon
from assistant.library import Library
from assistant.links import Links
from assistant.manifest import Bilingual, Lang
from assistant.mark.key import instance_key
from assistant.settings import Settings
from assistant.usage.catalogue import load_catalogue

if TYPE_CHECKING:
    from assistant.answering.events import Event
    from assistant.answering.pipeline import Assistant
    from assistant.chat.app import Chat

_FRONT = ("/", "/login", "/thread/{thread}")
"""Where the one page is served."""


def application(settings: Settings, assistant: Assistant, here: Site) -> Starlette:
    """Everything that is served at `here`; Chainlit's own start-up, which can open browsers and bots, is left out."""
    _prepare_chainlit(settings.data / "chat" / str(here.port), here)
    conversations = Conversations.open(settings, here.port)

    from chainlit.server import app as chainlit_app

    shelf, guard = Shelf(), PrivacyGuard(reader)
    chainlit_app.add_exception_handler(AssistantError, partial(for_chainlit, settings.language))
    routes = [
        *_own_pages(settings, assistant, here, conversations),
        Route("/guard", guard.endpoint, methods=["POST"]),
        *AnswerDesk(
            shelf, Reports(settings.data), partial(instance_key, settings.data), conversations, _clock
        ).routes(),
        Mount("/", ChainlitRequest(chainlit_app, settings.language)),
    ]
    return Starlette(
        routes=routes,
        middleware=[
            Middleware(Guard, site=here, language=settings.language),
            Middleware(Faults, language=settings.language),
            Middleware(BodyLimit, language=settings.language),
            Middleware(conversations.gate),
        ],
        lifespan=_while_served(_chat(settings, assistant, shelf, guard, conversations), conversations),
    )


def _prepare_chainlit(folder: Path, here: Site) -> None:
    """Chainlit reads its folder and its environment when it is imported."""
    site.write(folder, here)
    os.environ["CHAINLIT_APP_ROOT"] = str(folder)
    os.environ["CHAINLIT_ENV_FILE"] = os.devnull


def _chat(
    settings: Settings, assistant: Assistant, shelf: Shelf, guard: PrivacyGuard, conversations: Conversations
) -> Chat:
    """The conversation itself, its handlers handed to Chainlit."""
    from assistant.chat.app import Chat
    from assistant.chat.socket_events import SocketEvents

    producer: Producer[Event] = Producer()
    presenter = Presenter(assistant.provision, shelf, settings.contacts, load_lexicon(), _tools(settings), _clock)
    chat = Chat(assistant, producer, presenter, SocketEvents(guard, reader), conversations, settings.language)
    chat.register()
    conversations.register(chat.page_language)
    return chat


def _while_served(chat: Chat, conversations: Conversations) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with conversations.serving():
            yield
            await chat.end()

    return lifespan


def _own_pages(settings: Settings, assistant: Assistant, here: Site, conversations: Conversations) -> list[BaseRoute]:
    """The one page, the statement, the official texts, and the page about one's conversations."""
    front = _front_page(settings, here, absent(assistant.library), accounts=conversations.with_accounts)
    turn, leads = partial(neighbours, assistant.library), partial(onward, Links(assistant.library))
    sources = SourcePanel(assistant.provision, turn, leads, assistant.today, settings.language)
    return [
        *(Route(path, front) for path in _FRONT),
        Route(accessibility.PATH, accessibility.statement(settings.contacts, settings.language)),
        Route("/source/{reference}", sources.respond),
        *conversations.routes(partial(_language, settings.language), render),
    ]


def absent(library: Library) -> tuple[Bilingual, ...]:
    """Short names of the texts that the manifest lists and this installation does not hold."""
    listed = {act.id: act.short for act in library.manifest.act}
    listed |= {document.id: document.short for document in library.manifest.document}
    return tuple(short for identifier, short in listed.items() if identifier not in library.acts)


def _front_page(
    settings: Settings, here: Site, missing: tuple[Bilingual, ...], *, accounts: bool
) -> Callable[[Request], HTMLResponse]:
    from chainlit.server import get_html_template

    def respond(request: Request) -> HTMLResponse:
        spoken = texts(_language(settings.language, request))
        notice = page.notice_lines(spoken, settings.chat_model, missing)
        shown = page.rewrite(get_html_template(""), spoken, notice, accounts=accounts)
        policy = content_security_policy(here, shown.script_hashes)
        return HTMLResponse(shown.html, headers={"Content-Security-Policy": policy, "Vary": "Accept-Language"})

    return respond


def _language(default: Lang, request: Request) -> Lang:
    return interface_language(request.headers.get("accept-language", ""), default)


def _clock() -> datetime:
    return datetime.now(tz=UTC).astimezone()


def _tools(settings: Settings) -> Mapping[str, str]:
    """Names of the catalogue's tools by slug."""
    return {tool.slug: tool.name for tool in load_catalogue(settings.catalogue).tools}
