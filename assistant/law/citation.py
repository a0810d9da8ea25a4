"""A citation: a quote with its exact place in the official text of a provision.

The failure this prevents: a reference number that resolves to nothing, or to other words.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.law.act import text_hash
from assistant.law.identifiers import Reference
from assistant.law.passage import Passage
from assistant.law.validity import Application, Status


@dataclass(frozen=True, slots=True)
class Citation:
    """Quote number `n`: `quote == official_text(reference)[start:end]`, whose SHA-256 is `sha256`.

    Where the official text is absent the quote is empty, its offsets are 0, and `sha256` is what is
    known of the hash.
    """

    n: int
    reference: Reference
    label: str
    quote: str
    start: int
    end: int
    sha256: str
    url: str
    lang: str
    version_date: str
    status: Status
    applies: tuple[Application, ...]
    amended_by: str

    @property
    def has_text(self) -> bool:
        """Whether the official text is here, to be quoted and opened."""
        return self.end > self.start

    @classmethod
    def of(cls, n: int, passage: Passage, start: int, end: int, status: Status) -> Citation:
        """Cite the characters `start` to `end` of a passage's official text."""
        if not 0 <= start < end <= len(passage.text):
            raise ValueError(f"quote {start}:{end} lies outside {passage.reference} ({len(passage.text)} characters)")
        return cls(
            n=n,
            reference=passage.reference,
            label=passage.label,
            quote=passage.text[start:end],
            start=start,
            end=end,
            sha256=text_hash(passage.text),
            url=passage.url,
            lang=passage.lang,
            version_date=passage.version_date,
            status=status,
            applies=passage.validity.applications,
            amended_by=passage.amended_by,
        )
