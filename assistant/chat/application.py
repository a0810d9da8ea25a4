"""The chat as one web application: our pages and routes, then Chainlit, behind our own rules.

The failure this prevents: a part of the page that is served without the rules on hosts, headers and
readers, because it was mounted beside them.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Mount, Route

from assistant.chat import accessibility, page, site
from assistant.chat.answer_desk import AnswerDesk
from assistant.chat.conversations.service import Conversations
from assistant.chat.guard import PrivacyGuard
from assistant.chat.neighbours import neighbours
from assistant.chat.onward import onward
from assistant.chat.presenter import Presenter
from assistant.chat.reports import Reports
from assistant.chat.security import ChainlitRequest, Guard, Site, content_security_policy
from assistant.chat.shelf import Shelf
from assistant.chat.source_panel import SourcePanel
from assistant.chat.streaming import Producer
from assistant.chat.texts import interface_language, texts
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

_FRONT = ("/", "/login", "/thread/{thread}")
"""Where the one page is served."""


def application(settings: Settings, assistant: Assistant, here: Site) -> Starlette:
    """Everything that is served at `here`; Chainlit's own start-up, which can open browsers and bots, is left out."""
    folder = settings.data / "chat" / str(here.port)
    site.write(folder, here)
    os.environ["CHAINLIT_APP_ROOT"] = str(folder)
    os.environ["CHAINLIT_ENV_FILE"] = os.devnull
    conversations = Conversations.open(settings, here.port)

    from chainlit.server import app as chainlit_app

    from assistant.chat.app import Chat

    producer: Producer[Event] = Producer()
    guard, shelf = PrivacyGuard(), Shelf()
    presenter = Presenter(assistant.provision, shelf, settings.contacts, load_lexicon(), _tools(settings), _clock)
    chat = Chat(assistant, producer, presenter, guard, conversations, settings.language)
    chat.register()
    conversations.register(chat.page_language)

    @asynccontextmanager
    async def ending(_: Starlette) -> AsyncIterator[None]:
        yield
        await chat.end()
        await conversations.close()

    desk = AnswerDesk(shelf, Reports(settings.data), partial(instance_key, settings.data), conversations, _clock)
    turn, leads = partial(neighbours, assistant.library), partial(onward, Links(assistant.library))
    sources = SourcePanel(assistant.provision, turn, leads, assistant.today, settings.language)
    front = _front_page(settings, here, absent(assistant.library), accounts=conversations.with_accounts)
    return Starlette(
        routes=[
            *(Route(path, front) for path in _FRONT),
            Route(accessibility.PATH, accessibility.statement(settings.contacts, settings.language)),
            Route("/source/{reference}", sources.respond),
            Route("/guard", guard.endpoint, methods=["POST"]),
            *desk.routes(),
            *conversations.routes(partial(_language, settings.language)),
            Mount("/", ChainlitRequest(chainlit_app, settings.language)),
        ],
        middleware=[Middleware(Guard, site=here, language=settings.language), Middleware(conversations.gate)],
        lifespan=ending,
    )


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
