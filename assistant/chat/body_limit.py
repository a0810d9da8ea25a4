"""No request is read beyond what the longest text that is typed here needs.

The failure this prevents: a body of a gigabyte that is read into memory to be found malformed.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.chat.texts import interface_language, texts
from assistant.manifest import Lang

LARGEST = 256 * 1024
"""Bytes: the longest text that the guard reads, each character written as two JSON escapes."""


class BodyLimit:
    """ASGI middleware: 413 for a body that says it is too long, or turns out to be."""

    def __init__(self, app: ASGIApp, language: Lang) -> None:
        self._app = app
        self._language = language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        line = texts(interface_language(headers.get("accept-language", ""), self._language)).pages.too_large
        said = headers.get("content-length", "")
        if said.isascii() and said.isdigit() and int(said[:20]) > LARGEST:
            await PlainTextResponse(line, status_code=413)(scope, receive, send)
            return
        await self._app(scope, _counted(receive, line), send)


def _counted(receive: Receive, line: str) -> Receive:
    read = 0

    async def counted() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > LARGEST:
            raise HTTPException(413, line)
        return message

    return counted
