"""The official passage behind a citation, as a page of its own and as the panel beside the answer.

The failure this prevents: a reader who has to believe the answer, because its source opens nowhere,
opens elsewhere, or shows a paraphrase. The words shown are those of the index, the quote is marked in
them, and a text that changed since the answer is said to have changed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from html import escape
from string import Template

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from assistant.answering.wording.dates import amending_act
from assistant.chat.onward import Onward
from assistant.chat.source_link import SourceLink
from assistant.chat.texts import ASSETS, NAME, Texts, interface_language, texts
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
_PAGE = Template((ASSETS / "source.html").read_text(encoding="utf-8"))
_LISTED = 8
"""Provisions, and terms, that are listed under a text."""


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
            return HTMLResponse(_page(spoken, spoken.source.panel, _line(spoken.source.absent)), status_code=404)
        except AssistantError as error:
            _LOGGER.exception("source %s", request.url.path)
            return HTMLResponse(_page(spoken, spoken.source.panel, _line(spoken.error(error))), status_code=503)

    def _page(self, link: SourceLink, spoken: Texts) -> str:
        day = link.version or self._today()
        passage = self._provision(link.reference, link.lang, day)
        quoted = passage if link.quoted == link.reference else self._provision(link.quoted, link.lang, day)
        body = [
            f'<p class="source-path">{escape(passage.path)}</p>' if passage.path else "",
            f'<h2 id="source-title" tabindex="-1">{escape(passage.label)}</h2>',
            f'<p class="source-name">{escape(passage.title)}</p>' if passage.title else "",
            self._facts(passage, spoken),
            _context(passage, spoken),
            _official(passage, quoted, link, spoken),
            self._onward(link, passage, day, spoken),
            self._ways(link, passage, day, spoken),
            self._turning(link, day, spoken),
        ]
        return _page(spoken, passage.label, "\n".join(part for part in body if part))

    def _facts(self, passage: Passage, spoken: Texts) -> str:
        wording = spoken.source
        status = passage.validity.status_on(self._today())
        facts = [f'<strong class="status-{status.value}">{escape(wording.status[status])}</strong>']
        if passage.version_date:
            day = spoken.day(date.fromisoformat(passage.version_date))
            facts.append(escape(wording.version.format(date=day)))
        if passage.amended_by:
            facts.append(escape(wording.amended.format(by=amending_act(passage.amended_by, spoken.lang))))
        facts += [self._application(application, passage, spoken) for application in passage.validity.applications]
        return f'<ul class="source-facts">{"".join(f"<li>{fact}</li>" for fact in facts)}</ul>'

    def _application(self, application: Application, passage: Passage, spoken: Texts) -> str:
        basis = SourceLink(Reference.parse(application.basis), _lang(passage), date.fromisoformat(passage.version_date))
        label = self._label(basis)
        link = spoken.source.basis.format(label=f'<a href="{escape(str(basis))}">{escape(label)}</a>')
        condition = f", {escape(application.condition)}" if application.condition else ""
        return f"{escape(spoken.source.applies.format(date=spoken.day(application.since)))}{condition} ({link})"

    def _label(self, link: SourceLink) -> str:
        try:
            return self._provision(link.reference, link.lang, link.version or self._today()).label
        except QuestionError:
            return str(link.reference)

    def _onward(self, link: SourceLink, passage: Passage, day: date, spoken: Texts) -> str:
        """The provisions that the text names and the defined terms that it uses, in the language it is shown in."""
        wording, found = spoken.source, self._leads(passage, day)
        named = [self._beside(reference, link, passage) for reference in found.named[:_LISTED]]
        terms = [self._beside(one.reference, link, passage, wording.term, one.term) for one in found.terms[:_LISTED]]
        return _list(wording.named, named, len(found.named), spoken) + _list(
            wording.terms, terms, len(found.terms), spoken
        )

    def _beside(
        self, reference: Reference, link: SourceLink, passage: Passage, words: str = "{label}", term: str = ""
    ) -> str:
        """A link to another provision: of the same act in the same version, of another act in today's."""
        version = link.version if reference.act == passage.reference.act else None
        other = SourceLink(reference, _lang(passage), version)
        name = words.format(label=self._label(other), term=term)
        return f'<a href="{escape(str(other))}" lang="{other.lang}">{escape(name)}</a>'

    def _ways(self, link: SourceLink, passage: Passage, day: date, spoken: Texts) -> str:
        """Where to go from here: the whole article, the other language, the publisher's page."""
        wording = spoken.source
        ways = []
        if link.reference.locator.parts:
            whole = link.whole() if link.end > link.start else replace(link, reference=link.reference.top)
            label = wording.whole.format(label=self._label(replace(whole, version=day)))
            ways.append(f'<a href="{escape(str(whole))}">{escape(label)}</a>')
        if not passage.only_language:
            other = link.translated()
            ways.append(f'<a href="{escape(str(other))}" lang="{other.lang}">{_read_in(other.lang)}</a>')
        if passage.url.startswith("https://"):
            name = wording.eurlex if "//eur-lex.europa.eu/" in passage.url else wording.published_at
            ways.append(
                f'<a href="{escape(passage.url)}" target="_blank" rel="noopener noreferrer">'
                f"{escape(name)} <small>({escape(wording.outside)})</small></a>"
            )
        return f'<ul class="source-ways">{"".join(f"<li>{way}</li>" for way in ways)}</ul>' if ways else ""

    def _turning(self, link: SourceLink, day: date, spoken: Texts) -> str:
        """Links to the article before and the one after."""
        wording = spoken.source
        ways = []
        both = self._neighbours(link.reference, link.lang, day)
        for reference, words in zip(both, (wording.previous, wording.next), strict=True):
            if reference is not None:
                other = SourceLink(reference, link.lang, link.version)
                name = words.format(label=self._label(replace(other, version=day)))
                ways.append(f'<a href="{escape(str(other))}">{escape(name)}</a>')
        named = escape(wording.turning)
        return f'<nav class="source-turning" aria-label="{named}">{"".join(ways)}</nav>' if ways else ""


def _context(passage: Passage, spoken: Texts) -> str:
    if not passage.context:
        return ""
    heading = escape(spoken.source.introduced_by)
    return f'<p class="source-context"><span>{heading}</span> {escape(passage.context)}</p>'


def _official(passage: Passage, quoted: Passage, link: SourceLink, spoken: Texts) -> str:
    """The official text, the quote marked; when the text is another than the one quoted, a line says so."""
    where = _quote(passage.text, quoted.text, link)
    note = ""
    if where:
        start, end = where
        mark = f'<mark data-name="{escape(spoken.source.quote)}">{escape(passage.text[start:end])}</mark>'
        shown = escape(passage.text[:start]) + mark + escape(passage.text[end:])
    else:
        shown = escape(passage.text)
        note = _line(spoken.source.changed) if link.end > link.start else ""
    return f'{note}<div class="official" lang="{passage.lang}">{shown}</div>'


def _quote(shown: str, quoted: str, link: SourceLink) -> tuple[int, int] | None:
    """Where the quote stands in the text shown; None when there is none or the text is not the one quoted."""
    if not 0 <= link.start < link.end <= len(quoted) or not text_hash(quoted).startswith(link.digest or "-"):
        return None
    offset = shown.find(quoted)
    return (offset + link.start, offset + link.end) if offset >= 0 else None


def _list(heading: str, ways: Sequence[str], count: int, spoken: Texts) -> str:
    """A headed list of links, which says how many of `count` it leaves out; nothing when there is none."""
    items = [f"<li>{way}</li>" for way in ways]
    if count > len(ways):
        items.append(f"<li>{escape(spoken.source.left_out.format(count=count - len(ways)))}</li>")
    return f'<h3>{escape(heading)}</h3><ul class="source-onward">{"".join(items)}</ul>' if ways else ""


def _line(text: str) -> str:
    return f'<p class="source-note">{escape(text)}</p>'


def _lang(passage: Passage) -> Lang:
    return "en" if passage.lang == "en" else "fr"


def _read_in(lang: Lang) -> str:
    other: Lang = "en" if lang == "fr" else "fr"
    return escape(texts(other).source.other_language)


def _page(spoken: Texts, title: str, body: str) -> str:
    return _PAGE.substitute(lang=spoken.lang, title=f"{escape(title)} | {escape(NAME)}", body=body)
