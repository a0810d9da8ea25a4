"""`assistant serve`: one web server on this machine, with Chainlit inside and our own rules around it.

The failure this prevents: a chat that listens where others can reach it without an account, that
starts on a port somebody else holds, or that leaves a model running after ctrl-C.
"""

from __future__ import annotations

import errno
import signal
import socket
from contextlib import closing

import typer
import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp

from assistant.accounts.reach import served_names
from assistant.accounts.store import Accounts
from assistant.chat.security import Site
from assistant.chat.texts import texts
from assistant.errors import ServeError
from assistant.settings import Settings

_SECONDS_TO_END = 3
_LARGEST_FRAME = 1 << 20


def serve(settings: Settings, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve the chat until ctrl-C; `port` 0 takes a free one.

    `ServeError`: others could reach the address and there are no accounts, or the port is taken.
    Errors of the index and the models come through before anything is served.
    """
    names = served_names(host, Accounts(settings.data))
    with closing(_bind(host, port)) as listener:
        typer.echo(texts(settings.language).serve.loading)
        here = Site(names, listener.getsockname()[1])
        try:
            from assistant.chat.application import application
            from assistant.wiring import open_assistant

            with closing(open_assistant(settings)) as assistant:
                _run(application(settings, assistant, here), listener, settings)
        except KeyboardInterrupt:
            return


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


def _run(served: Starlette, listener: socket.socket, settings: Settings) -> None:
    """Serve until a signal; SIGTERM ends the server as ctrl-C does."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    host, port = listener.getsockname()
    _Server(configured(served), texts(settings.language).serve.address.format(url=f"http://{host}:{port}")).run(
        sockets=[listener]
    )


def configured(served: ASGIApp) -> uvicorn.Config:
    """How the server runs: of a proxy in front of it, only one on this machine is believed (`X-Forwarded-…`)."""
    return uvicorn.Config(
        served,
        log_level="warning",
        access_log=False,
        server_header=False,
        ws_max_size=_LARGEST_FRAME,
        timeout_graceful_shutdown=_SECONDS_TO_END,
        proxy_headers=True,
        forwarded_allow_ips="127.0.0.1",
    )


class _Server(uvicorn.Server):
    """Prints a line once it answers."""

    def __init__(self, config: uvicorn.Config, line: str) -> None:
        super().__init__(config)
        self._line = line

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to listen, then say so."""
        await super().startup(sockets)
        typer.echo(self._line)
