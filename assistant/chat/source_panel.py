"""The official passage behind a citation, as a page of its own and as the panel beside the answer.

The failure this prevents: a reader who has to believe the answer, because its source opens nowhere,
opens elsewhere, or shows a paraphrase. The words shown are those of the index, the quote is marked in
them, and a text that changed since the answer is said to have changed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from assistant.answering.wording.dates import amending_act
from assistant.chat.onward import Onward
from assistant.chat.source_link import SourceLink
from assistant.chat.templates import render
from assistant.chat.texts import NAME, Texts, interface_language, texts
from assistant.errors import AssistantError, QuestionError
from assistant.law.act import text_hash
from assistant.law.identifiers import Reference
from assistant.law.passage import Passage
from assistant.law.validity import Application
from assistant.manifest import Lang

Provision = Callable[[Reference, str, date], Passage]
Neighbours = Callable[[Reference, str, date], tuple[Reference | None, Reference | None]]
Leads = Callable[[Passage, date], Onward]
_LOGGER = logging.getLogger(__name__)
_LISTED = 8
"""Provisions, and terms, that are listed under a text."""


@dataclass(frozen=True, slots=True)
class _Way:
    """A link: where to, its words, the language of what it opens."""

    to: str
    words: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class _Ways:
    """A headed list of links, and the line on how many were left out."""

    heading: str
    ways: Sequence[_Way]
    left_out: str


class SourcePanel:
    """Answers `/source/<reference>`.

    `provision` reads the texts, `neighbours` turns the page, `leads` says what a text leads to, `today` is the clock.
    """

    def __init__(
        self,
        provision: Provision,
        neighbours: Neighbours,
        leads: Leads,
        today: Callable[[], date],
        language: Lang,
    ) -> None:
        self._provision = provision
        self._neighbours = neighbours
        self._leads = leads
        self._today = today
        self._language = language

    def respond(self, request: Request) -> Response:
        """The page of a source; 404 with one plain line when there is no such passage."""
        spoken = texts(interface_language(request.headers.get("accept-language", ""), self._language))
        try:
            link = SourceLink.parse(request.path_params["reference"], request.query_params)
            return HTMLResponse(self._page(link, spoken))
        except QuestionError:
            return HTMLResponse(_without_source(spoken, spoken.source.absent), status_code=404)
        except AssistantError as error:
            _LOGGER.exception("source %s", request.url.path)
            return HTMLResponse(_without_source(spoken, spoken.error(error)), status_code=503)

    def _page(self, link: SourceLink, spoken: Texts) -> str:
        day = link.version or self._today()
        passage = self._provision(link.reference, link.lang, day)
        quoted = passage if link.quoted == link.reference else self._provision(link.quoted, link.lang, day)
        quote = _quote(passage.text, quoted.text, link)
        start, end = quote or (0, 0)
        return _filled(
            spoken,
            passage.label,
            note=spoken.source.changed if quote is None and link.end > link.start else "",
            passage=passage,
            status=passage.validity.status_on(self._today()),
            facts=_facts(passage, spoken),
            applications=[self._application(one, passage, spoken) for one in passage.validity.applications],
            before=passage.text[:start],
            quote=passage.text[start:end],
            after=passage.text[end:],
            onward=self._onward(link, passage, day, spoken),
            ways=self._ways(link, passage, day, spoken),
            publisher=_publisher(passage, spoken),
            turning=self._turning(link, day, spoken),
        )

    def _application(self, application: Application, passage: Passage, spoken: Texts) -> tuple[str, str, _Way, str]:
        """From when it applies and to what, then the provision that says so between the words around it."""
        basis = SourceLink(Reference.parse(application.basis), _lang(passage), date.fromisoformat(passage.version_date))
        before, after = spoken.source.basis.split("{label}")
        since = spoken.source.applies.format(date=spoken.day(application.since))
        condition = f", {application.condition}" if application.condition else ""
        return f"{since}{condition}", before, _Way(str(basis), self._label(basis)), after

    def _label(self, link: SourceLink) -> str:
        try:
            return self._provision(link.reference, link.lang, link.version or self._today()).label
        except QuestionError:
            return str(link.reference)

    def _onward(self, link: SourceLink, passage: Passage, day: date, spoken: Texts) -> list[_Ways]:
        """The provisions that the text names and the defined terms that it uses, in the language it is shown in."""
        wording, found = spoken.source, self._leads(passage, day)
        named = [self._beside(reference, link, passage) for reference in found.named[:_LISTED]]
        terms = [self._beside(one.reference, link, passage, wording.term, one.term) for one in found.terms[:_LISTED]]
        lists = ((wording.named, named, len(found.named)), (wording.terms, terms, len(found.terms)))
        return [_Ways(heading, ways, _left_out(count - len(ways), spoken)) for heading, ways, count in lists if ways]

    def _beside(
        self, reference: Reference, link: SourceLink, passage: Passage, words: str = "{label}", term: str = ""
    ) -> _Way:
        """A link to another provision: of the same act in the same version, of another act in today's."""
        version = link.version if reference.act == passage.reference.act else None
        other = SourceLink(reference, _lang(passage), version)
        return _Way(str(other), words.format(label=self._label(other), term=term), other.lang)

    def _ways(self, link: SourceLink, passage: Passage, day: date, spoken: Texts) -> list[_Way]:
        """Where to go from here: the whole article, the other language."""
        ways = []
        if link.reference.locator.parts:
            whole = link.whole() if link.end > link.start else replace(link, reference=link.reference.top)
            label = self._label(replace(whole, version=day))
            ways.append(_Way(str(whole), spoken.source.whole.format(label=label)))
        if not passage.only_language:
            other = link.translated()
            ways.append(_Way(str(other), _read_in(other.lang), other.lang))
        return ways

    def _turning(self, link: SourceLink, day: date, spoken: Texts) -> list[_Way]:
        """Links to the article before and the one after."""
        ways = []
        both = self._neighbours(link.reference, link.lang, day)
        for reference, words in zip(both, (spoken.source.previous, spoken.source.next), strict=True):
            if reference is not None:
                other = SourceLink(reference, link.lang, link.version)
                ways.append(_Way(str(other), words.format(label=self._label(replace(other, version=day)))))
        return ways


def _facts(passage: Passage, spoken: Texts) -> list[str]:
    """Which version it is, and what changed it last."""
    facts = []
    if passage.version_date:
        facts.append(spoken.source.version.format(date=spoken.day(date.fromisoformat(passage.version_date))))
    if passage.amended_by:
        facts.append(spoken.source.amended.format(by=amending_act(passage.amended_by, spoken.lang)))
    return facts


def _publisher(passage: Passage, spoken: Texts) -> _Way | None:
    """The publisher's own page, which lies outside."""
    if not passage.url.startswith("https://"):
        return None
    at_eurlex = "//eur-lex.europa.eu/" in passage.url
    return _Way(passage.url, spoken.source.eurlex if at_eurlex else spoken.source.published_at)


def _quote(shown: str, quoted: str, link: SourceLink) -> tuple[int, int] | None:
    """Where the quote stands in the text shown; None when there is none or the text is not the one quoted."""
    if not 0 <= link.start < link.end <= len(quoted) or not text_hash(quoted).startswith(link.digest or "-"):
        return None
    offset = shown.find(quoted)
    return (offset + link.start, offset + link.end) if offset >= 0 else None


def _left_out(count: int, spoken: Texts) -> str:
    return spoken.source.left_out.format(count=count) if count > 0 else ""


def _lang(passage: Passage) -> Lang:
    return "en" if passage.lang == "en" else "fr"


def _read_in(lang: Lang) -> str:
    other: Lang = "en" if lang == "fr" else "fr"
    return texts(other).source.other_language


def _without_source(spoken: Texts, line: str) -> str:
    return _filled(spoken, spoken.source.panel, note=line, passage=None)


def _filled(spoken: Texts, title: str, **parts: Any) -> str:
    return str(render("source.html", lang=spoken.lang, title=f"{title} | {NAME}", said=spoken.source, **parts))
