"""Quotes checked against the parsed official texts, apart from the code that made the citation.

The failure this prevents: a quote that is called verbatim by the very function that cut it out.
"""

from __future__ import annotations

import hashlib
from datetime import date

from assistant.errors import AssistantError
from assistant.law.citation import Citation
from assistant.library import Library


def fault_of(citation: Citation, library: Library) -> str:
    """Why a quote does not stand in the version and language it names, empty when it does, to the character."""
    try:
        day = date.fromisoformat(citation.version_date)
        passage = library.passage(citation.reference, citation.lang, day)
    except (AssistantError, ValueError) as error:
        return str(error)
    if (passage.lang, passage.version_date) != (citation.lang, citation.version_date):
        return f"no version {citation.version_date} in {citation.lang}"
    if hashlib.sha256(passage.text.encode("utf-8")).hexdigest() != citation.sha256:
        return "the hash is not that of the official text"
    if not citation.quote or passage.text[citation.start : citation.end] != citation.quote:
        return f"characters {citation.start} to {citation.end} of the official text are other words"
    return ""
