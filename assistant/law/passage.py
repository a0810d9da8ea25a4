"""A passage: the unit that is indexed, ranked and quoted, citable by construction.

The failure this prevents: a chunk that starts mid-sentence and belongs to no provision, so that
its citation is a guess.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.law.identifiers import Reference
from assistant.law.validity import Validity


@dataclass(frozen=True, slots=True)
class Passage:
    """The official text of one provision in one language and version.

    `text` is exactly `Provision.official_text()` of `reference`; `context` (the words that
    introduce a point), `path` and `words` (everyday lines, one a line) help to find it and are
    never quoted as its text.
    """

    reference: Reference
    lang: str
    version_date: str
    celex: str
    label: str
    title: str
    path: str
    context: str
    text: str
    url: str
    validity: Validity
    amended_by: str = ""
    only_language: bool = False
    words: str = ""

    id: str = field(init=False, repr=False, compare=False)
    """Unique in the index: act, version, language and place."""
    top: Reference = field(init=False, repr=False, compare=False)
    """The article, recital, annex or section that holds the provision."""

    def __post_init__(self) -> None:
        """Name the passage once: rankings ask for its id and its article hundreds of times a question."""
        reference = self.reference
        identifier = f"{reference.act}/{self.version_date}/{self.lang}/{reference.locator}"
        object.__setattr__(self, "id", identifier)
        object.__setattr__(self, "top", reference.top)
