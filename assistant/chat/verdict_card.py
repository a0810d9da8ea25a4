"""A usage verdict as the page shows it: words and a shape first, then conditions, reasons, other ways.

The failure this prevents: a verdict told by its colour alone, or one that a new value of the rules
leaves without words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from assistant.chat.texts import Texts
from assistant.usage import wording
from assistant.usage.types import Audience, DataClass, Use, VerdictValue

Choice = TypeVar("Choice", bound=StrEnum)
_LEAD_IN = 30
"""Characters of the words before a list of tools or a contact."""


@dataclass(frozen=True, slots=True)
class Row:
    """One class of data and the verdict for it."""

    data: str
    icon: str
    words: str


@dataclass(frozen=True, slots=True)
class VerdictCard:
    """The parts of a verdict, in words; empty ones are not shown."""

    value: str
    icon: str
    words: str
    situation: str
    reason: str
    citations: tuple[int, ...]
    to_do: str
    conditions: tuple[str, ...]
    by_data: tuple[Row, ...]
    alternatives: tuple[str, ...]
    contact: str
    review: str

    @classmethod
    def of(cls, verdict: Mapping[str, object], tools: Mapping[str, str], texts: Texts) -> VerdictCard:
        """The card of a verdict of the JSON contract; `tools` names the catalogue's tools by slug."""
        value = _text(verdict, "value")
        known = _choice(VerdictValue, value)
        return cls(
            value=value,
            icon=wording.ICONS[known] if known else "?",
            words=wording.say(wording.VALUES[known], texts.lang) if known else value,
            situation=_situation(verdict, tools, texts),
            reason=_text(verdict, "reason"),
            citations=tuple(n for n in _list(verdict, "citations") if isinstance(n, int)),
            to_do=wording.say(wording.TO_DO[known], texts.lang) if known else "",
            conditions=tuple(str(condition) for condition in _list(verdict, "conditions")),
            by_data=tuple(_rows(verdict, texts)),
            alternatives=tuple(tools.get(str(slug), str(slug)) for slug in _list(verdict, "alternatives")),
            contact=_text(verdict, "contact"),
            review=_review(verdict, texts),
        )

    def says(self, paragraph: str) -> bool:
        """Whether a paragraph of the answer's text says what the card shows already."""
        lines = paragraph.split("\n")
        ends = [f"{words}." for words in (", ".join(self.alternatives), self.contact) if words]
        return (
            paragraph == self.reason
            or paragraph.startswith(f"{self.icon} {self.words} (")
            or all(line.startswith("- [ ] ") for line in lines[1:] or lines)
            or bool(self.by_data and lines[1:2] == ["|---|---|"] and f"{self.by_data[-1].data} |" in paragraph)
            or any(paragraph.endswith(end) and len(paragraph) <= len(end) + _LEAD_IN for end in ends)
        )


def _text(verdict: Mapping[str, object], key: str) -> str:
    value = verdict.get(key)
    return str(value) if value else ""


def _list(verdict: Mapping[str, object], key: str) -> Sequence[object]:
    value = verdict.get(key)
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def _choice(kind: type[Choice], value: str) -> Choice | None:
    return kind(value) if value in set(kind) else None


def _situation(verdict: Mapping[str, object], tools: Mapping[str, str], texts: Texts) -> str:
    """Tool, use, data and audience as they were understood; what is not known is left out."""
    tool = _text(verdict, "tool")
    parts = [_text(verdict, "tool_name") or tools.get(tool, tool)]
    use = _choice(Use, _text(verdict, "use"))
    data = _choice(DataClass, _text(verdict, "data"))
    audience = _choice(Audience, _text(verdict, "audience"))
    if use and use is not Use.UNKNOWN:
        parts.append(wording.say(wording.USES[use], texts.lang))
    if data and data is not DataClass.UNKNOWN:
        parts.append(wording.say(wording.DATA[data], texts.lang))
    if audience and audience is not Audience.UNKNOWN:
        parts.append(wording.say(wording.AUDIENCES[audience], texts.lang))
    parts.append(_text(verdict, "collectivite").capitalize())
    return ", ".join(part for part in parts if part)


def _rows(verdict: Mapping[str, object], texts: Texts) -> list[Row]:
    rows = []
    for entry in _list(verdict, "by_data"):
        if not isinstance(entry, Mapping):
            continue
        data = _choice(DataClass, _text(entry, "data"))
        value = _choice(VerdictValue, _text(entry, "value"))
        if data and value:
            said = wording.say(wording.VALUES[value], texts.lang)
            rows.append(Row(wording.say(wording.DATA[data], texts.lang), wording.ICONS[value], said))
    return rows


def _review(verdict: Mapping[str, object], texts: Texts) -> str:
    day = _text(verdict, "review_date")
    return texts.answer.review.format(date=texts.day(date.fromisoformat(day))) if day else ""
