"""An answer as the Markdown that Chainlit shows: sentences, links to the passages, sources, label.

The failure this prevents: official words changed by the Markdown renderer (a `1.` that becomes a
list, a `*` that vanishes), and an answer on the page without its sources or its label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from assistant.answering.answer import Answer, Sentence
from assistant.chat.source_link import SourceLink
from assistant.chat.texts import Texts
from assistant.law.citation import Citation

_MARKER = re.compile(r"\[(\d+)\]")
_ANYWHERE = re.compile(r"[\\`*_\[\]<>|~]|:(?=[A-Za-z])|&(?=#?\w+;)")
_LINE_START = re.compile(r"^(\s*)(?:([#+=-])|(\d+)([.)])(?=\s|$))", re.MULTILINE)


def plain(text: str) -> str:
    """Text as Markdown that shows it letter for letter, line breaks kept."""
    escaped = _ANYWHERE.sub(lambda match: "\\" + match[0], text)
    return _LINE_START.sub(_escape_line_start, escaped)


def _escape_line_start(match: re.Match[str]) -> str:
    indent, sign, number, dot = match.groups()
    kept = "\n" * indent.count("\n")
    return f"{kept}\\{sign}" if sign else f"{kept}{number}\\{dot}"


def linked(text: str, citations: Iterable[Citation]) -> str:
    """Text as Markdown, each `[n]` a link to the passage it cites; a number without a citation stays text."""
    known = {citation.n: citation for citation in citations}
    pieces = _MARKER.split(text)
    shown = [plain(pieces[0])]
    for number, after in zip(pieces[1::2], pieces[2::2], strict=True):
        citation = known.get(int(number))
        shown.append(_marker_link(citation) if citation else f"\\[{number}\\]")
        shown.append(plain(after))
    return "".join(shown)


def _marker_link(citation: Citation) -> str:
    title = citation.label.replace("\\", "").replace('"', "''")
    return f'[\\[{citation.n}\\]]({SourceLink.of(citation)} "{title}")'


def so_far(
    sentences: Sequence[Sentence], citations: Sequence[Citation], found: Sequence[Citation], texts: Texts
) -> str:
    """A message that is still being written: the sentences proven so far, above the texts that were found.

    What was found is listed without numbers: those of the answer are given as it is written.
    """
    parts = [linked(_with_markers(sentence), citations) for sentence in sentences]
    if found:
        parts.append(f"**{texts.answer.found}**")
        parts.append("\n".join(_source_line(citation, plain(citation.label), texts) for citation in found))
    return "\n\n".join(parts)


def _with_markers(sentence: Sentence) -> str:
    written = {int(number) for number in _MARKER.findall(sentence.text)}
    return sentence.text + "".join(f" [{number}]" for number in sentence.citations if number not in written)


def whole(answer: Answer, texts: Texts) -> str:
    """The complete message: text, what the text does not say itself (guidance, choices, warnings), sources, label."""
    unsaid = [line for line in answer.guidance if line not in answer.text]
    parts = [linked(line, answer.citations) for line in (answer.text, *unsaid)]
    if not all(choice in answer.text for choice in answer.choices):
        parts += [texts.answer.choices, "\n".join(f"- {plain(choice)}" for choice in answer.choices)]
    parts += [f"**{texts.answer.warning}** {plain(line)}" for line in answer.warnings if line not in answer.text]
    if answer.citations:
        parts.append(f"**{texts.answer.sources}**")
        parts.append("\n".join(_numbered_line(citation, texts) for citation in answer.citations))
    parts += ["---", f"*{plain(answer.label.notice)}*"]
    return "\n\n".join(parts)


def _numbered_line(citation: Citation, texts: Texts) -> str:
    return _source_line(citation, f"\\[{citation.n}\\] {plain(citation.label)}", texts)


def _source_line(citation: Citation, name: str, texts: Texts) -> str:
    status = texts.source.status[citation.status]
    facts = [status[0].lower() + status[1:]]
    if citation.version_date:
        facts.append(texts.answer.version.format(date=texts.day(date.fromisoformat(citation.version_date))))
    return f"- [{name}]({SourceLink.of(citation)}) ({plain(', '.join(facts))})"


def stopped(shown: str, texts: Texts) -> str:
    """What was shown when the reader pressed stop, with a line that says so."""
    return "\n\n".join(part for part in (shown.rstrip(), f"*{plain(texts.answer.stopped)}*") if part)
