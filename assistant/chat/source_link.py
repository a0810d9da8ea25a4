"""The address of a citation's passage on this server: reference, language, version, and where the quote stands.

The failure this prevents: a source link that opens another version of the text, or highlights other
words, than those the answer quoted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from assistant.errors import UnknownReference
from assistant.law.citation import Citation
from assistant.law.identifiers import Reference
from assistant.manifest import Lang

PATH = "/source/"
_HASH_LENGTH = 16


@dataclass(frozen=True, slots=True)
class SourceLink:
    """A provision in one language; `version` None: the text of today.

    `start` and `end` bound the quote in the official text whose SHA-256 begins with `digest`;
    `within` is the provision they count from when the link shows a larger one that holds it.
    """

    reference: Reference
    lang: Lang
    version: date | None = None
    start: int = 0
    end: int = 0
    digest: str = ""
    within: Reference | None = None

    @classmethod
    def of(cls, citation: Citation) -> SourceLink:
        """The link of a citation."""
        return cls(
            reference=citation.reference,
            lang="en" if citation.lang == "en" else "fr",
            version=_day(citation.version_date),
            start=citation.start,
            end=citation.end,
            digest=citation.sha256[:_HASH_LENGTH],
        )

    @classmethod
    def parse(cls, reference: str, query: Mapping[str, str]) -> SourceLink:
        """Read an address back; `UnknownReference` when it is malformed."""
        try:
            return cls(
                reference=Reference.parse(reference),
                lang="en" if query.get("lang") == "en" else "fr",
                version=_day(query.get("version", "")),
                start=int(query.get("start", "0")),
                end=int(query.get("end", "0")),
                digest=query.get("text", ""),
                within=Reference.parse(query["within"]) if "within" in query else None,
            )
        except ValueError as error:
            raise UnknownReference(f"'{reference}' is not the address of a source: {error}") from error

    @property
    def quoted(self) -> Reference:
        """The provision that `start` and `end` count from."""
        return self.within or self.reference

    def whole(self) -> SourceLink:
        """The same quote, shown in the article (annex …) that holds it."""
        return replace(self, reference=self.reference.top, within=self.quoted)

    def translated(self) -> SourceLink:
        """The same provision in the other language, without the quote, which is not in its words."""
        return SourceLink(self.reference, "fr" if self.lang == "en" else "en", self.version)

    def __str__(self) -> str:
        query: dict[str, str] = {"lang": self.lang}
        if self.version:
            query["version"] = self.version.isoformat()
        if self.end > self.start:
            query |= {"start": str(self.start), "end": str(self.end), "text": self.digest}
            if self.within and self.within != self.reference:
                query["within"] = str(self.within)
        return f"{PATH}{self.reference}?{urlencode(query)}"


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
