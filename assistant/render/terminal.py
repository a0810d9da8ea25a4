"""Answers and results for a terminal: plain text, numbered sources below, the label last.

The failure this prevents: an answer copied from a terminal without its sources or its label.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from assistant.answering.answer import Answer
from assistant.answering.retrieval.retrieve import Evidence
from assistant.law.passage import Passage
from assistant.law.validity import Status

_STATUS = {
    "fr": {
        Status.IN_FORCE: "en vigueur",
        Status.NOT_YET_APPLICABLE: "pas encore applicable",
        Status.REPLACED: "remplacé",
        Status.NOT_YET_IN_FORCE: "pas encore en vigueur",
        Status.DIRECTIVE: "directive",
    },
    "en": {
        Status.IN_FORCE: "in force",
        Status.NOT_YET_APPLICABLE: "not yet applicable",
        Status.REPLACED: "replaced",
        Status.NOT_YET_IN_FORCE: "not yet in force",
        Status.DIRECTIVE: "directive",
    },
}


def status_words(status: Status, lang: str) -> str:
    """A status in plain words."""
    return _STATUS[lang][status]


def answer_lines(answer: Answer) -> str:
    """An answer with its sources and label."""
    lines = [answer.text, ""]
    for citation in answer.citations:
        version = f"{citation.version_date}, {status_words(citation.status, answer.lang)}"
        lines.append(f"[{citation.n}] {citation.label} ({version}) {citation.url}".rstrip())
    if answer.withheld:
        lines.append(
            f"({len(answer.withheld)} phrase(s) non prouvée(s) retirée(s))"
            if answer.lang == "fr"
            else f"({len(answer.withheld)} unproven sentence(s) withheld)"
        )
    return "\n".join([*lines, "", answer.label.notice])


def search_lines(evidence: Sequence[Evidence], *, explain: bool = False) -> str:
    """Ranked provisions, one a line, with the beginning of their text."""
    lines = []
    for rank, piece in enumerate(evidence, 1):
        text = " ".join(piece.passage.text.split())
        lines.append(f"{rank:2}. {piece.passage.label} [{piece.passage.reference}] {piece.score:.4f}")
        lines.append(f"    {text[:160]}{'…' if len(text) > 160 else ''}")
        if explain:
            lines += [f"    {words}" for words in _explanation(piece)]
    return "\n".join(lines)


def _explanation(piece: Evidence) -> Iterator[str]:
    """What found a provision: the rank that each retriever gave it, what spoke for it, the nearest everyday line."""
    yield ", ".join(f"{retriever}: {place}" for retriever, place in piece.found_by)
    if piece.boosts:
        yield ", ".join(f"{name}: × {factor}" for name, factor in piece.boosts)
    if piece.line:
        yield f"« {piece.line} »"


def provision_lines(passage: Passage, day: date) -> str:
    """The official text of a provision with its version, status and link."""
    status = status_words(passage.validity.status_on(day), passage.lang)
    version = f"version du {passage.version_date}" if passage.lang == "fr" else f"version of {passage.version_date}"
    head = (
        f"{passage.label} — {passage.title}" if passage.title and passage.title not in passage.label else passage.label
    )
    return "\n".join([head, f"({version}, {status})", "", passage.text, "", passage.url]).rstrip()
