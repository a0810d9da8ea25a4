"""From an answer to its message: keeps the answer at hand, looks up what the reader's profile shows, writes it out.

The failure this prevents: a profile that shows less than the law asks for, because it was written apart.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from assistant.answering.answer import Answer
from assistant.chat import mail, message
from assistant.chat.sections import Profile
from assistant.chat.shelf import Shelf
from assistant.chat.texts import texts
from assistant.chat.view import View
from assistant.errors import UnknownReference
from assistant.law.citation import Citation
from assistant.law.identifiers import Reference
from assistant.law.passage import Passage
from assistant.lexicon import Lexicon
from assistant.render.export_content import document
from assistant.render.linked_data import linked_data
from assistant.settings import Contacts

_EXAMPLES = 4
"""Everyday questions shown to a trainer."""
_LINES = 2
"""Of which from one provision."""

Provision = Callable[[Reference, str, date], Passage]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer is shown: whose it is, its message's identifier, its conversation's when that is kept."""

    owner: str
    message: str
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Presenter:
    """Shows answers; `provision` reads official texts, `tools` names the catalogue's tools, `now` is the clock."""

    provision: Provision
    shelf: Shelf
    contacts: Contacts
    lexicon: Lexicon
    tools: Mapping[str, str]
    now: Callable[[], datetime]

    def show(self, answer: Answer, profile: Profile, place: Place) -> str:
        """The message of an answer."""
        self.shelf.keep(place.message, answer, place.owner)
        view = View(
            spoken=texts("en" if answer.lang == "en" else "fr"),
            profile=profile,
            key=place.message,
            thread=place.thread,
            mail=mail.address(self.contacts),
            full=self._full(answer) if profile is Profile.LEGAL else {},
            labels=self._labels(answer) if profile is Profile.LEGAL else {},
            tools=self.tools,
            examples=tuple(islice(self._examples(answer), _EXAMPLES)) if profile is Profile.TRAINER else (),
            linked_data=self._mark(answer),
        )
        return message.whole(answer, view)

    def _full(self, answer: Answer) -> dict[int, str]:
        """Whole passages by citation; one that is gone from the index is left out, and its quote stands alone."""
        read = {citation.n: self._read(citation.reference, citation) for citation in answer.citations}
        return {n: passage.text for n, passage in read.items() if passage}

    def _labels(self, answer: Answer) -> dict[str, str]:
        """What the provisions are called that say from when a cited one applies; one that is gone is left out."""
        read = {
            each.basis: self._read(Reference.parse(each.basis), citation)
            for citation in answer.citations
            for each in citation.applies
        }
        return {basis: passage.label for basis, passage in read.items() if passage}

    def _read(self, reference: Reference, citation: Citation) -> Passage | None:
        """A provision in the language and the version that a citation quotes."""
        day = date.fromisoformat(citation.version_date) if citation.version_date else self.now().date()
        try:
            return self.provision(reference, citation.lang, day)
        except UnknownReference:
            return None

    def _examples(self, answer: Answer) -> Iterator[str]:
        """The first everyday lines of each cited provision."""
        seen = {answer.question}
        for citation in answer.citations:
            for line in self.lexicon.words(citation.reference, answer.lang)[:_LINES]:
                if line not in seen:
                    seen.add(line)
                    yield line

    def _mark(self, answer: Answer) -> str:
        data = linked_data(document([answer], self.now(), None))
        return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
