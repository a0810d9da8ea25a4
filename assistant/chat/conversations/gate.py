"""Asks who sends each request before anything is served, and serves nobody what is not theirs.

Chainlit checks the session's cookie on most of its own paths; here every path is shut unless it is
named, so that one that a later version adds, or that forgets to check, stays shut. The failure this
prevents: a file, a message or an opinion that reaches somebody else's browser, and a removed account
whose open page goes on.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.chat.conversations.reader import ADDRESS, READER, Door, Ticket, issue, ticket_of

_FOR_ALL = ("/assets/", "/public/", "/avatars/", "/favicon", "/logo", "/health", "/accessibilite", "/auth/config")
_FOR_ALL_EXACTLY = frozenset({"/", "/login", "/logout", "/project/translations"})
_CONVERSATION = "/thread/"
_SHUT = (
    "/auth/jwt",
    "/auth/header",
    "/auth/oauth",
    "/copilot",
    "/mcp",
    "/project/element",
    "/project/share",
    "/project/thread/share",
)
_FILES = "/project/file/"
_LARGEST_SIGN_IN = 10_000
"""Bytes of a name and a password."""


class Gate:
    """ASGI middleware; `door` says who may come in, `local` is the ticket of who needs not sign in.

    `owner` tells whose a conversation is. The page of one that is not the reader's, or not there any
    more, leads to a new one, since Chainlit would say so in English.
    """

    def __init__(self, app: ASGIApp, door: Door, local: Ticket, owner: Callable[[str], Awaitable[str | None]]) -> None:
        self._app = app
        self._door = door
        self._local = local
        self._owner = owner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or one socket for as long as its ticket is good."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        ticket = self._ticket(scope)
        refusal = self._refusal(scope, ticket)
        if refusal:
            await _refuse(scope, receive, send, refusal)
            return
        if scope["type"] == "websocket" and ticket is not None:
            receive = self._while_good(receive, ticket)
        if self._door.open and ticket is None and _is_page(scope):
            ticket, send = self._local, self._with_ticket(scope, send)
        if ticket is not None and await self._leads_nowhere(scope, ticket):
            await RedirectResponse("/", status_code=307)(scope, receive, send)
            return
        READER.set(ticket.name if ticket else None)
        ADDRESS.set(scope["client"][0] if scope.get("client") else "")
        await self._app(scope, receive, send)

    def _ticket(self, scope: Scope) -> Ticket | None:
        ticket = ticket_of(HTTPConnection(scope).cookies)
        return ticket if ticket is not None and self._door.admits(ticket) else None

    def _refusal(self, scope: Scope, ticket: Ticket | None) -> int:
        """The status of a refusal, 0 when there is none."""
        path = scope["path"]
        if path.startswith(_SHUT):
            return 404
        if path == "/login" and _length(scope) > _LARGEST_SIGN_IN:
            return 413
        if ticket is None:
            return 0 if _is_for_all(scope) else 401
        if path.startswith(_FILES) and not _own_session(scope, ticket):
            return 404
        return 0

    async def _leads_nowhere(self, scope: Scope, ticket: Ticket) -> bool:
        if not _is_page(scope) or not scope["path"].startswith(_CONVERSATION):
            return False
        return await self._owner(scope["path"].removeprefix(_CONVERSATION)) != ticket.name

    def _while_good(self, receive: Receive, ticket: Ticket) -> Receive:
        async def checked() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and not self._door.admits(ticket):
                return {"type": "websocket.disconnect", "code": 1008}
            return message

        return checked

    def _with_ticket(self, scope: Scope, send: Send) -> Send:
        from chainlit.auth import set_auth_cookie

        async def wrapped(message: Message) -> None:
            if message["type"] == "http.response.start":
                carrier = Response()
                set_auth_cookie(Request(scope), carrier, issue(self._local))
                for cookie in carrier.headers.getlist("set-cookie"):
                    MutableHeaders(scope=message).append("set-cookie", cookie)
            await send(message)

        return wrapped


def _is_page(scope: Scope) -> bool:
    path = scope["path"]
    return (
        scope["type"] == "http"
        and scope["method"] == "GET"
        and (path in {"/", "/login"} or path.startswith(_CONVERSATION))
    )


def _is_for_all(scope: Scope) -> bool:
    """The page itself, which holds nothing of anybody, and what it is drawn with."""
    if scope["type"] != "http":
        return False
    return _is_page(scope) or scope["path"] in _FOR_ALL_EXACTLY or scope["path"].startswith(_FOR_ALL)


def _own_session(scope: Scope, ticket: Ticket) -> bool:
    """Whether the session whose file is asked for is that of who asks."""
    from chainlit.session import WebsocketSession

    named = parse_qs(scope["query_string"].decode("latin-1")).get("session_id", [""])[-1]
    session = WebsocketSession.get_by_id(named)
    return bool(session and session.user and session.user.identifier == ticket.name)


def _length(scope: Scope) -> int:
    """Bytes of the body; one that does not say its length is too long."""
    headers = Headers(scope=scope)
    length = headers.get("content-length", "")
    if "transfer-encoding" in headers:
        return _LARGEST_SIGN_IN + 1
    return int(length) if length.isascii() and length.isdigit() else 0


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
    else:
        await JSONResponse({"detail": "refused"}, status_code=status)(scope, receive, send)
