"""Personal data in what is typed: found before a model or a log sees it, and let through only if the reader says so.

The page asks this server before it sends a question, and shows what was found. Whatever the page
does, the server masks what nobody let through. The failure this prevents: a name or a social
security number in a log because a script did not run.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from assistant.privacy import findings, mask

_KEPT = 200
"""Texts let through and not sent yet."""
LONGEST = 20_000
"""Characters that are read; a longer text is no question and goes nowhere."""


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = Field(max_length=LONGEST)
    allow: bool = False


class PrivacyGuard:
    """Reads questions before they are sent; safe to share between threads.

    `owner` names who sends the present request; what one person lets through, only theirs may pass.
    """

    def __init__(self, owner: Callable[[], str]) -> None:
        self._owner = owner
        self._allowed: OrderedDict[tuple[str, str], None] = OrderedDict()
        self._lock = threading.Lock()

    def reply(self, request_body: bytes, owner: str) -> Response:
        """`POST /guard`: what was found in a text; with `allow`, the owner's text may pass once as it is."""
        try:
            asked = _Asked.model_validate_json(request_body)
        except ValidationError:
            return Response(status_code=400)
        if asked.allow:
            self._allow(owner, asked.text)
        return JSONResponse(_found(asked.text))

    async def endpoint(self, request: Request) -> Response:
        """The route; texts are read in a thread, since a long one takes a while."""
        return await run_in_threadpool(self.reply, await request.body(), self._owner())

    def passed(self, text: str, owner: str) -> str:
        """What may go on of a message that arrived: itself when nothing was found or it was let through, else masked.

        What stands beyond `LONGEST` is cut off; the rest is still too long to be a question.
        """
        read = text[:LONGEST]
        found = findings(read)
        return read if not found or self._take(owner, read) else mask(read, found)

    def _allow(self, owner: str, text: str) -> None:
        with self._lock:
            self._allowed[owner, _digest(text)] = None
            while len(self._allowed) > _KEPT:
                self._allowed.popitem(last=False)

    def _take(self, owner: str, text: str) -> bool:
        """Whether the owner let the text through; once."""
        key = owner, _digest(text)
        with self._lock:
            known = key in self._allowed
            self._allowed.pop(key, None)
        return known


def _found(text: str) -> dict[str, Any]:
    found = findings(text)
    pieces = [{"kind": each.kind.value, "text": text[each.start : each.end]} for each in found]
    return {"found": pieces, "masked": mask(text, found)}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
