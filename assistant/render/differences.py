"""A comparison of two versions for a terminal and for programs: signs as well as colours.

The failure this prevents: a change that shows in colour only, and is lost in a file, on a grey
printer, or to somebody who cannot tell red from green.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import typer

from assistant.answering.wording.dates import amending_act
from assistant.law.act import text_hash
from assistant.law.days import spelled
from assistant.law.differences import Operation, Piece
from assistant.law.passage import Passage
from assistant.versions import Comparison, Outcome

_SIGNS = {Operation.SAME: ("", ""), Operation.REMOVED: ("[-", "-]"), Operation.ADDED: ("{+", "+}")}
_COLOURS = {Operation.REMOVED: typer.colors.RED, Operation.ADDED: typer.colors.GREEN}
_HEADS = {
    "fr": {
        Outcome.UNCHANGED: "Rien n'a changé entre le {first} et le {last}.",
        Outcome.AMENDED: "Texte du {first}, modifié le {since}{by} : [-supprimé-] {{+ajouté+}}",
        Outcome.INSERTED: "N'existait pas le {first} ; ajouté le {since}{by} : {{+ajouté+}}",
        Outcome.DELETED: "N'existe plus le {last} ; supprimé le {since}{by} : [-supprimé-]",
    },
    "en": {
        Outcome.UNCHANGED: "Nothing changed between {first} and {last}.",
        Outcome.AMENDED: "Text of {first}, amended on {since}{by}: [-removed-] {{+added+}}",
        Outcome.INSERTED: "Did not exist on {first}; added on {since}{by}: {{+added+}}",
        Outcome.DELETED: "No longer exists on {last}; deleted on {since}{by}: [-removed-]",
    },
}


def difference_lines(comparison: Comparison, days: tuple[date, date]) -> str:
    """What changed, said in a line, then the text with what was removed and added in its place."""
    passage = comparison.shown
    lang = passage.lang
    title = f"{passage.label} — {passage.title}" if passage.title else passage.label
    head = _HEADS[lang][comparison.outcome].format(
        first=spelled(days[0], lang),
        last=spelled(days[1], lang),
        since=spelled(comparison.since, lang),
        by=amending_act(comparison.by, lang),
    )
    body = _body(comparison.pieces)
    return "\n".join([title, head, *(["", body] if body else []), "", passage.url]).rstrip()


def difference_to_json(comparison: Comparison, days: tuple[date, date]) -> dict[str, Any]:
    """The same, key for key; a side is null where the provision did not exist."""
    passage = comparison.shown
    changed = comparison.outcome is not Outcome.UNCHANGED
    return {
        "act": passage.reference.act,
        "ref": str(passage.reference.locator),
        "label": passage.label,
        "lang": passage.lang,
        "change": comparison.outcome.value,
        "since": comparison.since.isoformat() if changed else None,
        "amended_by": (comparison.by or None) if changed else None,
        "from": _side(comparison.before, days[0]),
        "to": _side(comparison.after, days[1]),
        "pieces": [{"operation": piece.operation.value, "text": piece.text} for piece in comparison.pieces],
    }


def _side(passage: Passage | None, day: date) -> dict[str, Any] | None:
    if passage is None:
        return None
    return {
        "day": day.isoformat(),
        "version_date": passage.version_date,
        "text": passage.text,
        "sha256": text_hash(passage.text),
        "url": passage.url,
    }


def _body(pieces: Sequence[Piece]) -> str:
    """The text with its changes; words removed and those that took their place stand apart."""
    shown = ""
    for before, piece in zip((None, *pieces), pieces, strict=False):
        replaced = before is not None and before.operation is Operation.REMOVED and not shown[-1:].isspace()
        shown += (
            (" " if replaced and not piece.text[:1].isspace() else "") if piece.operation is Operation.ADDED else ""
        )
        shown += "\n".join(_marked(piece.operation, line) for line in piece.text.split("\n"))
    return shown


def _marked(operation: Operation, line: str) -> str:
    """Words of one line with their signs inside its blanks, so that words stay apart."""
    if operation is Operation.SAME or not line.strip():
        return line
    start, end = len(line) - len(line.lstrip()), len(line.rstrip())
    opening, closing = _SIGNS[operation]
    marked = typer.style(f"{opening}{line[start:end]}{closing}", fg=_COLOURS[operation])
    return f"{line[:start]}{marked}{line[end:]}"
