"""The one HTML page: Chainlit's, without its calls to other hosts, in the reader's language, with the notice.

The failure this prevents: a page that says `lang="en"`, fetches a style sheet from a content network
each time it opens, and lets people type before they are told that they talk to an AI.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import html
from lxml.html import builder as e

from assistant import __version__
from assistant.chat import accessibility
from assistant.chat.conversations import desk
from assistant.chat.templates import render
from assistant.chat.texts import NAME, Texts
from assistant.manifest import Bilingual

_ELSEWHERE = ("http:", "https:", "//")
_KEPT_META = "og:root_path"


@dataclass(frozen=True, slots=True)
class Page:
    """The page and the hashes of its inline scripts, as a content security policy writes them."""

    html: str
    script_hashes: tuple[str, ...]


def rewrite(template: str, spoken: Texts, notice: tuple[str, ...], *, accounts: bool = False) -> Page:
    """Chainlit's page as it is served; `notice` is what the reader is told first, one paragraph an item.

    `accounts`: people sign in, and so can sign out.
    """
    document = html.document_fromstring(template)
    document.set("lang", spoken.lang)
    _drop_other_hosts(document)
    head, body = document[0], document[1]
    for sheet in ("chat.css", "answer.css"):
        head.append(e.LINK(rel="stylesheet", href=f"/public/{sheet}?v={__version__}"))
    first = next(script for script in head.iter("script") if script.get("type") == "module")
    first.addprevious(e.SCRIPT(type="module", src=f"/public/chat.js?v={__version__}"))
    body.set("data-accounts", "yes" if accounts else "no")
    root = next(element for element in body.iter("div") if element.get("id") == "root")
    root.tag = "main"
    root.addprevious(e.A(spoken.skip_link, href="#chat-input", **{"class": "skip-link"}))
    root.addprevious(_notice(spoken, notice))
    root.addnext(_panel(spoken))
    body.extend(html.fragments_fromstring(render("dialogs.html", said=spoken.dialogs)))
    body.append(e.DIV(id="announcer", role="status", **{"aria-live": "polite", "class": "visually-hidden"}))
    body.append(e.DIV(id="toast", hidden="hidden"))
    body.append(_wording(spoken))
    scripts = [
        script.text or "" for script in document.iter("script") if not script.get("src") and not script.get("type")
    ]
    shown = html.tostring(document, encoding="unicode", doctype="<!doctype html>")
    return Page(shown, tuple(_digest(script) for script in scripts))


def notice_lines(spoken: Texts, chat_model: str, missing: Sequence[Bilingual]) -> tuple[str, ...]:
    """The notice: purpose, limits, what happens to what is typed, how answers come about, which texts are missing."""
    wording = spoken.notice
    lines = [*wording.items, wording.kept]
    lines.append(wording.generated.format(model=chat_model) if chat_model else wording.extractive)
    if missing:
        lines.append(wording.absent.format(names=", ".join(name.of(spoken.lang) for name in missing)))
    return tuple(lines)


def _drop_other_hosts(document: html.HtmlElement) -> None:
    for link in list(document.iter("link")):
        if (link.get("href") or "").startswith(_ELSEWHERE):
            link.drop_tree()
    for meta in list(document.iter("meta")):
        named = meta.get("property") or ""
        if named.startswith("og:") and named != _KEPT_META:
            meta.drop_tree()


def _notice(spoken: Texts, lines: tuple[str, ...]) -> html.HtmlElement:
    summary = e.SUMMARY(spoken.notice.summary, id="ai-notice-summary")
    return e.ASIDE(
        e.H1(NAME, **{"class": "visually-hidden"}),
        e.DETAILS(
            summary,
            e.UL(*(_line(line) for line in lines)),
            id="ai-notice",
            open="open",
        ),
        e.E.nav(
            e.A(spoken.notice.conversations, href=desk.PATH),
            e.A(spoken.accessibility.link, href=accessibility.PATH),
            **{"aria-label": spoken.pages.links},
        ),
        **{"aria-label": spoken.notice.summary},
    )


def _line(text: str) -> html.HtmlElement:
    """A list item; what stands between backquotes is a command."""
    item = e.LI()
    for position, piece in enumerate(text.split("`")):
        if position % 2:
            item.append(e.CODE(piece))
        elif len(item):
            item[-1].tail = piece
        else:
            item.text = piece
    return item


def _panel(spoken: Texts) -> html.HtmlElement:
    named = {"aria-label": spoken.source.back_name}
    back = e.BUTTON(spoken.source.back, id="source-back", type="button", hidden="hidden", **named)
    close = e.BUTTON(spoken.close, id="source-close", type="button")
    header = e.DIV(e.SPAN(spoken.source.panel), back, close, **{"class": "source-bar"})
    content = e.DIV(id="source-content")
    return e.ASIDE(header, content, id="source-panel", hidden="hidden", **{"aria-label": spoken.source.panel})


def _names(spoken: Texts) -> dict[str, str]:
    """Names of what Chainlit leaves without one, by selector."""
    return {
        "#chat-input": spoken.question,
        "#chat-submit": spoken.send,
        "#stop-button": spoken.stop,
        "#new-chat-button": spoken.new_conversation,
        "#theme-toggle": spoken.theme,
        "#user-nav-button": spoken.account,
        "#password + button": spoken.reveal,
        "button[class*='positive-feedback-']": spoken.useful,
        "button[class*='negative-feedback-']": spoken.not_useful,
        "button:has(> svg.lucide-message-circle)": spoken.remark,
        "[role='dialog'] textarea": spoken.remark,
    }


def _wording(spoken: Texts) -> html.HtmlElement:
    """What the page's script says, as data."""
    words = {
        "names": [*_names(spoken).items()],
        "privacy": spoken.privacy,
        "privateNow": spoken.private_now,
        "profile": spoken.profile,
        "profiles": {said.name: profile.value for profile, said in spoken.profiles.items()},
        "colon": ":" if spoken.lang == "en" else " :",
        "announced": spoken.announced,
        "unavailable": spoken.source.absent,
        "gone": spoken.pages.gone,
        "signedOut": spoken.pages.signed_out,
        "logo": NAME,
        "actions": spoken.actions.model_dump(),
        "kinds": {kind.value: words for kind, words in spoken.dialogs.kinds.items()},
        "exportTitle": spoken.dialogs.export_title,
        "publishTitle": spoken.dialogs.publish_title,
    }
    data = e.SCRIPT(type="application/json", id="wording")
    data.text = json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
    return data


def _digest(script: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
