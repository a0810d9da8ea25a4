"""A mail draft to a person, with the question, the answer and its sources; the reader sends it, nobody else.

The failure this prevents: a question passed on without its sources, or a link that mail programs cut.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from assistant.answering.answer import Answer
from assistant.chat.texts import Texts
from assistant.settings import Contacts

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LONGEST = 900
"""Characters of the answer's text; mail programs cut links of about 2,000."""


def address(contacts: Contacts) -> str:
    """The address of the data protection officer, else of the AI officer; empty when the settings name none."""
    for contact in (contacts.dpo, contacts.referent_ia):
        found = _ADDRESS.search(contact)
        if found:
            return found[0]
    return ""


def draft(answer: Answer, to: str, texts: Texts) -> str:
    """A `mailto:` link (RFC 6068); without `to` the reader fills the address in."""
    said = texts.answer
    text = answer.text if len(answer.text) <= _LONGEST else f"{answer.text[:_LONGEST].rstrip()} {said.mail_shortened}"
    sources = [f"[{citation.n}] {citation.label}" for citation in answer.citations]
    parts = [said.mail_opening, answer.question, said.mail_answer, text]
    parts += [said.mail_sources, "\n".join(sources)] if sources else []
    body = "\n\n".join([*parts, answer.label.notice]).replace("\n", "\r\n")
    return f"mailto:{quote(to, safe='@')}?subject={quote(said.mail_subject)}&body={quote(body)}"
