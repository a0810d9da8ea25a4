"""`assistant serve`: one web server on this machine, with Chainlit inside and our own rules around it.

The failure this prevents: a chat that listens where others can reach it without an account, that
starts on a port somebody else holds, or that leaves a model running after ctrl-C.
"""

from __future__ import annotations

import errno
import ipaddress
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from typing import TYPE_CHECKING

import typer
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Mount, Route

from assistant.chat import page, site
from assistant.chat.security import ChainlitRequest, Guard, Site, content_security_policy
from assistant.chat.source_panel import SourcePanel
from assistant.chat.streaming import Producer
from assistant.chat.texts import interface_language, texts
from assistant.errors import ServeError
from assistant.library import Library
from assistant.manifest import Bilingual
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.answering.events import Event
    from assistant.answering.pipeline import Assistant

_SECONDS_TO_END = 3
_LARGEST_FRAME = 1 << 20


def serve(settings: Settings, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve the chat until ctrl-C; `port` 0 takes a free one.

    `ServeError`: the address is not this machine's own, or the port is taken. Errors of the index
    and the models come through before anything is served.
    """
    names = _names(host)
    with closing(_bind(host, port)) as listener:
        typer.echo(texts(settings.language).serve.loading)
        here = Site(names, listener.getsockname()[1])
        try:
            from assistant.wiring import open_assistant

            with closing(open_assistant(settings)) as assistant:
                _run(_application(settings, assistant, here), listener, settings)
        except KeyboardInterrupt:
            return


def _names(host: str) -> tuple[str, ...]:
    """The names under which this machine reaches itself; any other address is refused, for want of accounts."""
    try:
        ours = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        ours = False
    if not ours or ":" in host:
        raise ServeError(
            f"'{host}' is not an address of this machine alone, and the chat has no accounts: use 127.0.0.1"
        )
    return tuple(dict.fromkeys((host, "127.0.0.1", "localhost")))


def _bind(host: str, port: int) -> socket.socket:
    """Take the port before anything slow is done; nobody can connect until the server listens."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        listener.close()
        taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        why = "is already in use" if taken else f"cannot be used ({error})"
        raise ServeError(
            f"port {port} {why}: stop the other program, or choose another port "
            f"(`assistant serve --port {port % 60000 + 1}`, `make chat PORT={port % 60000 + 1}`)"
        ) from error
    return listener


def _application(settings: Settings, assistant: Assistant, here: Site) -> Starlette:
    """Our pages, then Chainlit; its own start-up, which can open browsers and bots, is left out."""
    folder = settings.data / "chat" / str(here.port)
    site.write(folder, here)
    os.environ["CHAINLIT_APP_ROOT"] = str(folder)
    os.environ["CHAINLIT_ENV_FILE"] = os.devnull

    from chainlit.server import app as chainlit_app

    from assistant.chat.app import Chat

    producer: Producer[Event] = Producer()
    Chat(assistant, producer, settings.language).register()

    @asynccontextmanager
    async def ending(_: Starlette) -> AsyncIterator[None]:
        yield
        producer.close()

    sources = SourcePanel(assistant.provision, assistant.today, settings.language)
    return Starlette(
        routes=[
            Route("/", _front_page(settings, here, absent(assistant.library))),
            Route("/source/{reference}", sources.respond),
            Mount("/", ChainlitRequest(chainlit_app, settings.language)),
        ],
        middleware=[Middleware(Guard, site=here, language=settings.language)],
        lifespan=ending,
    )


def _front_page(settings: Settings, here: Site, missing: tuple[Bilingual, ...]) -> Callable[[Request], HTMLResponse]:
    from chainlit.server import get_html_template

    def respond(request: Request) -> HTMLResponse:
        spoken = texts(interface_language(request.headers.get("accept-language", ""), settings.language))
        shown = page.rewrite(get_html_template(""), spoken, page.notice_lines(spoken, settings.chat_model, missing))
        policy = content_security_policy(here, shown.script_hashes)
        return HTMLResponse(shown.html, headers={"Content-Security-Policy": policy, "Vary": "Accept-Language"})

    return respond


def absent(library: Library) -> tuple[Bilingual, ...]:
    """Short names of the texts that the manifest lists and this installation does not hold."""
    listed = {act.id: act.short for act in library.manifest.act}
    listed |= {document.id: document.short for document in library.manifest.document}
    return tuple(short for identifier, short in listed.items() if identifier not in library.acts)


def _run(application: Starlette, listener: socket.socket, settings: Settings) -> None:
    """Serve until a signal; SIGTERM ends the server as ctrl-C does."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    host, port = listener.getsockname()
    config = uvicorn.Config(
        application,
        log_level="warning",
        access_log=False,
        server_header=False,
        ws_max_size=_LARGEST_FRAME,
        timeout_graceful_shutdown=_SECONDS_TO_END,
    )
    _Server(config, texts(settings.language).serve.address.format(url=f"http://{host}:{port}")).run(sockets=[listener])


class _Server(uvicorn.Server):
    """Prints a line once it answers."""

    def __init__(self, config: uvicorn.Config, line: str) -> None:
        super().__init__(config)
        self._line = line

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to listen, then say so."""
        await super().startup(sockets)
        typer.echo(self._line)
