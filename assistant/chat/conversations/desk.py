"""The page about one's own conversations: take them along, erase one or all; it works without a script.

The failure this prevents: rights to export and to erase that exist in a notice, but not on the page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from assistant.accounts.store import LOCAL
from assistant.chat.conversations.export import Form, export
from assistant.chat.conversations.reader import reader
from assistant.chat.conversations.store import ConversationStore
from assistant.chat.conversations.wording import Wording, wording
from assistant.law.days import spelled
from assistant.manifest import Lang
from assistant.mark.key import InstanceKey

PATH = "/conversations"
_LISTED = 200
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_MEDIA_TYPES = {Form.JSON: "application/json", Form.MARKDOWN: "text/markdown; charset=utf-8"}


class Render(Protocol):
    """Fills one of the page's templates, every value escaped."""

    def __call__(self, name: str, /, **values: Any) -> Markup:
        """The HTML."""
        ...


@dataclass(frozen=True, slots=True)
class ConversationDesk:
    """Serves `/conversations`; `language` reads a request's, `key` signs files, `now` is the clock.

    An error of the database is told by what is around it.
    """

    store: ConversationStore
    retention_days: int
    language: Callable[[Request], Lang]
    render: Render
    key: Callable[[], InstanceKey]
    now: Callable[[], datetime]

    def routes(self) -> list[BaseRoute]:
        """Where the page and its actions are served."""
        return [
            Route(PATH, self.page),
            Route(PATH + "/export.{form}", self.export),
            Route(PATH + "/erase", self.erase_all, methods=["POST"]),
            Route(PATH + "/{conversation}/erase", self.erase_one, methods=["POST"]),
        ]

    async def page(self, request: Request) -> Response:
        """The page."""
        erased = request.query_params.get("erased", "")
        shown = self.render(
            "conversations.html",
            said=self._said(request),
            held=await self.store.listed(reader(), _LISTED),
            name="" if reader() == LOCAL else reader(),
            days=self.retention_days,
            path=PATH,
            day=lambda moment: self._day(moment, request),
            erased=int(erased) if erased.isascii() and erased.isdigit() else None,
        )
        return HTMLResponse(str(shown), headers={"Content-Security-Policy": _POLICY, "Vary": "Accept-Language"})

    async def export(self, request: Request) -> Response:
        """All of the reader's conversations as a signed file."""
        if request.path_params["form"] not in set(Form):
            return Response(status_code=404)
        form = Form(request.path_params["form"])
        held = await self.store.everything(reader())
        made_at = self.now()
        content = await run_in_threadpool(export, held, form, self.key(), made_at, self._said(request))
        name = f"conversations-ia-{made_at:%Y-%m-%d-%H%M%S}.{form.value}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(content, media_type=_MEDIA_TYPES[form], headers=headers)

    async def erase_one(self, request: Request) -> Response:
        """Erase one conversation of the reader's."""
        return _done(await self.store.erase(reader(), request.path_params["conversation"]))

    async def erase_all(self, request: Request) -> Response:  # noqa: ARG002  (Starlette's)
        """Erase all conversations of the reader's."""
        return _done(await self.store.erase(reader()))

    def _day(self, moment: str, request: Request) -> str:
        """A stored moment's day on this machine, as people write it."""
        here = datetime.fromisoformat(moment).astimezone(self.now().tzinfo)
        return spelled(here.date(), self.language(request))

    def _said(self, request: Request) -> Wording:
        return wording(self.language(request))


def _done(count: int) -> Response:
    return RedirectResponse(f"{PATH}?erased={count}", status_code=303)
