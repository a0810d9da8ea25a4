"""The page's HTML pieces: Jinja templates whose every value is escaped and stays on one line.

Chainlit shows a message as Markdown that may hold HTML. A block of HTML ends there at the first
empty line, so no value may bring one in. The failure this prevents: official words that the Markdown
renderer takes for a list, a link or markup, and a question that becomes a piece of the page.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from assistant.chat.texts import ASSETS

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def one_line(value: Any) -> Markup:
    """A value as HTML that shows it letter for letter, its line breaks written as character references."""
    if isinstance(value, Markup):
        return value
    shown = _CONTROL.sub(" ", str(value).replace("\r\n", "\n").replace("\r", "\n"))
    return Markup(str(escape(shown)).replace("\n", "&#10;"))  # noqa: S704  (escaped on this very line)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(ASSETS),
        autoescape=True,
        finalize=one_line,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(name: str, /, **values: Any) -> Markup:
    """A template filled in, without empty lines."""
    filled = _environment().get_template(name).render(**values)
    return Markup("\n".join(line.strip() for line in filled.split("\n") if line.strip()))  # noqa: S704  (autoescaped)
