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
from assistant.chat.texts import NAME, Texts
from assistant.manifest import Bilingual

_ELSEWHERE = ("http:", "https:", "//")
_KEPT_META = "og:root_path"


@dataclass(frozen=True, slots=True)
class Page:
    """The page and the hashes of its inline scripts, as a content security policy writes them."""

    html: str
    script_hashes: tuple[str, ...]


def rewrite(template: str, spoken: Texts, notice: tuple[str, ...]) -> Page:
    """Chainlit's page as it is served; `notice` is what the reader is told first, one paragraph an item."""
    document = html.document_fromstring(template)
    document.set("lang", spoken.lang)
    _drop_other_hosts(document)
    head, body = document[0], document[1]
    head.append(e.LINK(rel="stylesheet", href=f"/public/chat.css?v={__version__}"))
    root = next(element for element in body.iter("div") if element.get("id") == "root")
    root.tag = "main"
    root.addprevious(e.A(spoken.skip_link, href="#chat-input", **{"class": "skip-link"}))
    root.addprevious(_notice(spoken, notice))
    root.addnext(_panel(spoken))
    body.append(e.DIV(id="announcer", role="status", **{"aria-live": "polite", "class": "visually-hidden"}))
    body.append(_wording(spoken))
    scripts = [
        script.text or "" for script in document.iter("script") if not script.get("src") and not script.get("type")
    ]
    shown = html.tostring(document, encoding="unicode", doctype="<!doctype html>")
    return Page(shown, tuple(_digest(script) for script in scripts))


def notice_lines(spoken: Texts, chat_model: str, missing: Sequence[Bilingual]) -> tuple[str, ...]:
    """The notice: purpose, limits, what happens to what is typed, how answers come about, which texts are missing."""
    wording = spoken.notice
    lines = [*wording.items, wording.generated.format(model=chat_model) if chat_model else wording.extractive]
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
    summary = e.SUMMARY(spoken.notice.summary)
    return e.ASIDE(
        e.H1(NAME, **{"class": "visually-hidden"}),
        e.DETAILS(summary, e.UL(*(_line(line) for line in lines)), id="ai-notice", open="open"),
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
    close = e.BUTTON(spoken.close, id="source-close", type="button")
    header = e.DIV(e.SPAN(spoken.source.panel), close, **{"class": "source-bar"})
    content = e.DIV(id="source-content")
    return e.ASIDE(header, content, id="source-panel", hidden="hidden", **{"aria-label": spoken.source.panel})


def _wording(spoken: Texts) -> html.HtmlElement:
    """What the page's script says, as data: names of buttons that Chainlit leaves without one."""
    names = {
        "question": spoken.question,
        "send": spoken.send,
        "stop": spoken.stop,
        "copy": spoken.copy_answer,
        "theme": spoken.theme,
        "newConversation": spoken.new_conversation,
        "toTheEnd": spoken.to_the_end,
        "unavailable": spoken.source.absent,
        "logo": NAME,
    }
    data = e.SCRIPT(type="application/json", id="wording")
    data.text = json.dumps(names, ensure_ascii=False).replace("<", "\\u003c")
    return data


def _digest(script: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
