"""An answer to the text that is kept of it, and back, part for part.

The failure this prevents: an answer that is exported tomorrow with another quote, version or label
than it had when it was given.
"""

from __future__ import annotations

import logging
from functools import cache

from pydantic import TypeAdapter, ValidationError

from assistant.answering.answer import Answer

_LOGGER = logging.getLogger(__name__)


@cache
def _form() -> TypeAdapter[Answer]:
    return TypeAdapter(Answer)


def written(answer: Answer) -> str:
    """The answer as JSON."""
    return _form().dump_json(answer).decode("utf-8")


def read(text: str) -> Answer | None:
    """The answer again; None when an earlier version of the program wrote it in another form."""
    try:
        return _form().validate_json(text)
    except ValidationError as error:
        _LOGGER.warning("a kept answer cannot be read any more: %s", error.error_count())
        return None
