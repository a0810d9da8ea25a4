"""Errors of ours that no page handles: one clear line with a fitting status, instead of a bare 500.

The failure this prevents: a database that is away for a minute, and a reader who sees "Internal Server
Error" while the server's log fills with traces of its own code.
"""

from __future__ import annotations

import logging

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.chat.texts import interface_language, texts
from assistant.errors import AccountError, AssistantError, ConversationsError
from assistant.manifest import Lang

_LOGGER = logging.getLogger(__name__)
_AWAY = (ConversationsError, AccountError)
"""What may work again without anybody changing the request."""


class Faults:
    """ASGI middleware over our own pages and the gate."""

    def __init__(self, app: ASGIApp, language: Lang) -> None:
        self._app = app
        self._language = language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request or one socket."""
        begun = ended = False

        async def noted(message: Message) -> None:
            nonlocal begun, ended
            begun = begun or message["type"] == "http.response.start"
            ended = ended or message["type"] == "websocket.close"
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except AssistantError as error:
            _LOGGER.warning("%s: %s", type(error).__name__, error)
            if scope["type"] == "http" and not begun:
                response = PlainTextResponse(_line(scope, error, self._language), status_code=_status(error))
                await response(scope, receive, send)
            elif scope["type"] == "websocket" and not ended:
                await send({"type": "websocket.close", "code": 1011})


async def for_chainlit(language: Lang, request: Request, error: Exception) -> JSONResponse:
    """The same on Chainlit's own routes, whose errors never leave it and whose page reads JSON."""
    _LOGGER.warning("%s: %s", type(error).__name__, error)
    return JSONResponse({"detail": _line(request.scope, error, language)}, status_code=_status(error))


def _line(scope: Scope, error: Exception, language: Lang) -> str:
    wanted = Headers(scope=scope).get("accept-language", "")
    return texts(interface_language(wanted, language)).error(error)


def _status(error: Exception) -> int:
    return 503 if isinstance(error, _AWAY) else 500
