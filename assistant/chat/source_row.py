"""A citation as a line of the list of sources, with everything that says which text it is.

The failure this prevents: a source without its version, its status or the dates from which it applies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from markupsafe import Markup

from assistant.answering.wording.dates import amending_act
from assistant.chat.source_link import SourceLink
from assistant.chat.templates import one_line
from assistant.chat.texts import Texts
from assistant.law.citation import Citation
from assistant.law.identifiers import Reference
from assistant.law.validity import Application

_NO_LABELS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class AppliesLine:
    """From when a provision applies, and the one that says so: its label and where it opens, empty if not known."""

    words: str
    basis: str
    link: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source; `before`, `quote` and `after` are the whole passage cut around the quote, in the legal profile."""

    n: int
    label: str
    link: str
    facts: str
    lang: str
    url: str
    applies: tuple[AppliesLine, ...]
    amended: str
    digest: str
    before: str
    quote: str
    after: str

    @classmethod
    def of(cls, citation: Citation, texts: Texts, full: str = "", labels: Mapping[str, str] = _NO_LABELS) -> SourceRow:
        """The row of a citation; `full` is the passage that its offsets count in, `labels` name provisions."""
        said = texts.answer
        cut = full[citation.start : citation.end] == citation.quote
        return cls(
            n=citation.n,
            label=citation.label,
            link=address(citation),
            facts=", ".join(_facts(citation, texts)),
            lang=citation.lang,
            url=citation.url if citation.url.startswith("https://") else "",
            applies=tuple(_applies(each, citation, texts, labels.get(each.basis, "")) for each in citation.applies),
            amended=said.amended.format(by=amending_act(citation.amended_by, texts.lang))
            if citation.amended_by
            else "",
            digest=said.digest.format(digest=citation.sha256) if citation.has_text else "",
            before=full[: citation.start] if cut else "",
            quote=citation.quote,
            after=full[citation.end :] if cut else "",
        )


def _applies(application: Application, citation: Citation, texts: Texts, label: str) -> AppliesLine:
    said = (texts.answer.applies.format(date=texts.day(application.since)), application.condition)
    basis = replace(SourceLink.of(citation), reference=Reference.parse(application.basis), start=0, end=0)
    return AppliesLine(", ".join(part for part in said if part), label, str(basis) if label else "")


def _facts(citation: Citation, texts: Texts) -> list[str]:
    status = texts.source.status[citation.status]
    facts = [status[0].lower() + status[1:]]
    if citation.version_date:
        facts.append(texts.answer.version.format(date=texts.day(date.fromisoformat(citation.version_date))))
    return facts


def address(citation: Citation) -> str:
    """Where a source opens: in the panel, or at its publisher's where the official text is not on this machine."""
    return str(SourceLink.of(citation)) if citation.has_text or not citation.url else citation.url


def marker(citation: Citation) -> Markup:
    """`[n]` in a sentence, as a link that a screen reader announces with the provision's name."""
    link = one_line(address(citation))
    name = one_line(f"[{citation.n}] {citation.label}")
    return Markup('<a href="{}" title="{}" aria-label="{}">[{}]</a>').format(link, name, name, citation.n)
