"""The accessibility statement, a page of its own at `/accessibilite`.

The failure this prevents: a statement that claims a conformity which nobody audited.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import HTMLResponse

from assistant.chat.templates import render
from assistant.chat.texts import NAME, interface_language, texts
from assistant.manifest import Lang
from assistant.settings import Contacts

PATH = "/accessibilite"


def statement(contacts: Contacts, language: Lang) -> Callable[[Request], HTMLResponse]:
    """The route of the statement; `contacts.support` is whom to write to."""

    def respond(request: Request) -> HTMLResponse:
        spoken = texts(interface_language(request.headers.get("accept-language", ""), language))
        said = spoken.accessibility
        contact = contacts.support or said.contact
        sections = [(heading, text.format(contact=contact)) for heading, text in said.sections]
        shown = render("accessibility.html", lang=spoken.lang, site=NAME, said=said, sections=sections)
        return HTMLResponse(str(shown), headers={"Vary": "Accept-Language"})

    return respond
