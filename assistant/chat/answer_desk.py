"""What the buttons under an answer ask the server for: the text to copy, a signed file, a report.

The failure this prevents: text or files made in the browser, where the label, the mark or the
signature could be left out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from assistant.answering.answer import Answer
from assistant.chat.reports import Reports
from assistant.chat.shelf import Shelf
from assistant.mark.key import InstanceKey
from assistant.render.copied import copied
from assistant.render.export import Format, export, file_name
from assistant.render.export_content import Publication

_NAME = 200
_COMMENT = 2000


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _ExportAsked(_Strict):
    format: Format
    publication: bool = False
    reviewer: str = Field(default="", max_length=_NAME)
    editor: str = Field(default="", max_length=_NAME)


class _ReportAsked(_Strict):
    reason: str = Field(pattern="^[a-z_]{1,20}$")
    comment: str = Field(default="", max_length=_COMMENT)


class Archive(Protocol):
    """Who asks, and what was kept of their conversations."""

    def owner(self, request: Request) -> str:
        """The name of who sends a request."""
        ...

    async def answer(self, message: str, owner: str) -> Answer | None:
        """The answer behind a message of the owner's."""
        ...


class AnswerDesk:
    """Serves `/answer/<key>/…`; `key` signs the files, `now` is the clock. Its errors are told by `Faults`."""

    def __init__(
        self,
        shelf: Shelf,
        reports: Reports,
        key: Callable[[], InstanceKey],
        archive: Archive,
        now: Callable[[], datetime],
    ) -> None:
        self._shelf = shelf
        self._reports = reports
        self._key = key
        self._archive = archive
        self._now = now

    def routes(self) -> list[Route]:
        """Where the buttons lead."""
        return [
            Route("/answer/{key}/copy", self.copy),
            Route("/answer/{key}/export", self.export, methods=["POST"]),
            Route("/answer/{key}/report", self.report, methods=["POST"]),
        ]

    async def copy(self, request: Request) -> Response:
        """Both flavours of the text to copy."""
        answer = await self._answer(request)
        if answer is None:
            return Response(status_code=404)
        texts = copied(answer)
        return JSONResponse({"plain": texts.plain, "html": texts.html})

    async def export(self, request: Request) -> Response:
        """A signed file; 400 when a publication lacks one of its two names."""
        answer = await self._answer(request)
        if answer is None:
            return Response(status_code=404)
        try:
            asked = _ExportAsked.model_validate_json(await request.body())
        except ValidationError:
            return Response(status_code=400)
        publication = Publication.of(asked.reviewer, asked.editor) if asked.publication else None
        if asked.publication and publication is None:
            return Response(status_code=400)
        return await run_in_threadpool(self._file, answer, asked.format, publication)

    async def report(self, request: Request) -> Response:
        """Record a report."""
        answer = await self._answer(request)
        if answer is None:
            return Response(status_code=404)
        try:
            asked = _ReportAsked.model_validate_json(await request.body())
        except ValidationError:
            return Response(status_code=400)
        await run_in_threadpool(self._reports.add, answer, asked.reason, asked.comment, self._now())
        return Response(status_code=204)

    async def _answer(self, request: Request) -> Answer | None:
        """The answer, still at hand or kept with its conversation."""
        key, owner = request.path_params["key"], self._archive.owner(request)
        return self._shelf.find(key, owner) or await self._archive.answer(key, owner)

    def _file(self, answer: Answer, form: Format, publication: Publication | None) -> Response:
        made_at = self._now()
        content = export([answer], form, self._key(), made_at, publication)
        name = file_name(form, made_at)
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(content, media_type=form.media_type, headers=headers)
