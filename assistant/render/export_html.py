"""An export as one HTML page that needs nothing beside it, its mark as linked data.

The failure this prevents: a page that calls another host when it is opened, or that a question with
markup in it can change.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from assistant.render.document import Document
from assistant.render.linked_data import linked_data


@cache
def template(name: str) -> Template:
    """A page of the assets; what it shows is escaped, what it misses is an error."""
    loader = FileSystemLoader(Path(__file__).with_name("assets"))
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    ).get_template(name)


def html(document: Document, slot: str) -> bytes:
    """The file; the slot stands in a comment at its end."""
    data = json.dumps(linked_data(document), ensure_ascii=False).replace("<", "\\u003c")
    shown = template("export.html").render(document=document, linked_data=Markup(data), slot=slot)  # noqa: S704  (JSON without "<")
    return shown.encode()
