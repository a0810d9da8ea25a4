"""What every request must satisfy and every response carries, whatever Chainlit does by default.

The failure this prevents: another web site that talks to the assistant through the agent's own
browser (Chainlit's socket accepts any origin), a page that fetches a font or a style from elsewhere,
and entry points that nobody uses but that answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.chat.texts import interface_language, texts
from assistant.manifest import Lang

SERVED = (
    "/assets/",
    "/public/",
    "/avatars/",
    "/source/",
    "/answer/",
    "/guard",
    "/accessibilite",
    "/conversations",
    "/thread/",
    "/login",
    "/logout",
    "/feedback",
    "/project/thread",
    "/project/action",
    "/ws/socket.io",
    "/project/translations",
    "/project/settings",
    "/auth/config",
    "/set-session-cookie",
    "/user",
    "/favicon",
    "/logo",
    "/health",
)
_HASHED_NAMES = "/assets/"
_PAGES = frozenset({"/", "/login"})
_OF_NOBODY = (
    "/public/",
    "/avatars/",
    "/source/",
    "/accessibilite",
    "/thread/",
    "/project/translations",
    "/favicon",
    "/logo",
    "/health",
)
"""Official texts, pictures, and the one page before anything is in it."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where the chat is served: the names its address may be written with, and the port.

    Through a proxy of this machine that speaks https, the port is that of the chat or the usual one of https.
    """

    names: tuple[str, ...]
    port: int

    def hosts(self, *, https: bool) -> tuple[str, ...]:
        """What the `Host` header may hold."""
        own = tuple(f"{name}:{self.port}" for name in self.names)
        return (*own, *self.names) if https else own

    def origins(self, *, https: bool) -> tuple[str, ...]:
        """What the `Origin` header may hold."""
        return tuple(f"http{'s' if https else ''}://{host}" for host in self.hosts(https=https))

    @property
    def every_origin(self) -> tuple[str, ...]:
        """The only origins that Chainlit is told of."""
        return (*self.origins(https=False), *self.origins(https=True))

    @property
    def sockets(self) -> tuple[str, ...]:
        """The same places for web sockets: older browsers do not take them for `'self'`."""
        return tuple(origin.replace("http", "ws", 1) for origin in self.every_origin)


def content_security_policy(site: Site, script_hashes: tuple[str, ...] = ()) -> str:
    """The policy: our own host only, inline scripts by their hash.

    Inline styles are allowed: Chainlit's components position themselves with them.
    """
    scripts = " ".join(("'self'", *(f"'{digest}'" for digest in script_hashes)))
    rules = {
        "default-src": "'none'",
        "script-src": scripts,
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": " ".join(("'self'", *site.sockets)),
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


class Guard:
    """Refuses foreign hosts and origins and unused paths; adds the headers to every response."""

    def __init__(self, app: ASGIApp, site: Site, language: Lang) -> None:
        self._app = app
        self._site = site
        self._language = language
        self._policy = content_security_policy(site)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        pages = texts(interface_language(headers.get("accept-language", ""), self._language)).pages
        if self._is_foreign(scope, headers):
            await self._refuse(scope, receive, send, pages.refused, 403)
        elif scope["path"] != "/" and not scope["path"].startswith(SERVED):
            await self._refuse(scope, receive, send, pages.not_found, 404)
        else:
            await self._app(scope, receive, self._with_headers(scope, send))

    def _is_foreign(self, scope: Scope, headers: Headers) -> bool:
        """Whether a request names another host, or comes from a page of another site.

        The scheme is what the server says: https only where a proxy of this machine said so (`server`).
        """
        https, origin = _is_https(scope), headers.get("origin")
        another_host = headers.get("host") not in self._site.hosts(https=https)
        return another_host or bool(origin and origin not in self._site.origins(https=https))

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, line: str, code: int) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            response = PlainTextResponse(line, status_code=code)
            await response(scope, receive, self._with_headers(scope, send))

    def _with_headers(self, scope: Scope, send: Send) -> Send:
        async def wrapped(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", self._policy)
                headers["Referrer-Policy"] = "no-referrer"
                headers["X-Content-Type-Options"] = "nosniff"
                headers["X-Frame-Options"] = "DENY"
                headers["Cross-Origin-Opener-Policy"] = "same-origin"
                headers["Cross-Origin-Resource-Policy"] = "same-origin"
                headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
                headers["Cache-Control"] = _cache_control(scope["path"])
                if _is_https(scope):
                    _secure_cookies(headers)
            await send(message)

        return wrapped


def _is_https(scope: Scope) -> bool:
    return scope["scheme"] in {"https", "wss"}


def _cache_control(path: str) -> str:
    """Files whose name changes with them are kept; whatever may hold something of a person is stored nowhere."""
    if path.startswith(_HASHED_NAMES):
        return "max-age=31536000, immutable"
    return "no-cache" if path in _PAGES or path.startswith(_OF_NOBODY) else "no-store"


def _secure_cookies(headers: MutableHeaders) -> None:
    """Cookies that were set over https travel over nothing else; Chainlit marks none."""
    cookies = headers.getlist("set-cookie")
    del headers["set-cookie"]
    for cookie in cookies:
        marked = "; secure" in cookie.lower()
        headers.append("set-cookie", cookie if marked else f"{cookie}; Secure")


class ChainlitRequest:
    """What Chainlit is told of a request.

    The language of the page, which it would otherwise take from the script; and that nothing needs
    compressing: on one machine the 4.6 MB of its script travel in 0.04 s and are compressed in 0.6 s.
    """

    def __init__(self, app: ASGIApp, language: Lang) -> None:
        self._app = app
        self._language = language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, its `language` parameter and its `Accept-Encoding` header rewritten."""
        if scope["type"] == "http":
            kept = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
            scope = {**scope, "headers": kept}
            if scope["path"].startswith("/project/"):
                wanted = Headers(scope=scope).get("accept-language", "")
                locale = texts(interface_language(wanted, self._language)).locale
                query = dict(parse_qsl(scope["query_string"].decode("ascii"))) | {"language": locale}
                scope["query_string"] = urlencode(query).encode("ascii")
        await self._app(scope, receive, send)
