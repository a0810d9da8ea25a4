"""Personal data in what is typed: found before a model or a log sees it, and let through only if the reader says so.

The page asks this server before it sends a question, and shows what was found. Whatever the page
does, the server masks what nobody let through. The failure this prevents: a name or a social
security number in a log because a script did not run.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
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
    """Reads questions before they are sent; safe to share between threads."""

    def __init__(self) -> None:
        self._allowed: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()

    def reply(self, request_body: bytes) -> Response:
        """`POST /guard`: what was found in a text; with `allow`, the text may pass once as it is."""
        try:
            asked = _Asked.model_validate_json(request_body)
        except ValidationError:
            return Response(status_code=400)
        if asked.allow:
            self._allow(asked.text)
        return JSONResponse(_found(asked.text))

    async def endpoint(self, request: Request) -> Response:
        """The route."""
        return self.reply(await request.body())

    def passed(self, text: str) -> str:
        """What may go on of a message that arrived: itself when nothing was found or it was let through, else masked.

        What stands beyond `LONGEST` is cut off; the rest is still too long to be a question.
        """
        read = text[:LONGEST]
        found = findings(read)
        return read if not found or self._take(read) else mask(read, found)

    def _allow(self, text: str) -> None:
        with self._lock:
            self._allowed[_digest(text)] = None
            while len(self._allowed) > _KEPT:
                self._allowed.popitem(last=False)

    def _take(self, text: str) -> bool:
        """Whether the text was let through; once."""
        digest = _digest(text)
        with self._lock:
            known = digest in self._allowed
            self._allowed.pop(digest, None)
        return known


def _found(text: str) -> dict[str, Any]:
    found = findings(text)
    pieces = [{"kind": each.kind.value, "text": text[each.start : each.end]} for each in found]
    return {"found": pieces, "masked": mask(text, found)}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
