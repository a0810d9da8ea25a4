"""An entry of the catalogue for a reader: one line in a list, or the whole sheet.

The failure this prevents: an example taken for an evaluation, or "à vérifier" left out of what is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from assistant.usage import wording
from assistant.usage.types import DataClass, Tool, Use


def sheet_lines(tools: Sequence[Tool], lang: str, *, whole: bool) -> Iterator[str]:
    """The tools, one line each; with `whole`, everything that their entries say."""
    for tool in tools:
        status = wording.say(wording.STATUSES[tool.status], lang)
        yield f"{tool.slug}: {tool.name} ({tool.publisher}), {tool.kind.of(lang)}, {status}"
        if whole:
            yield from (f"    {line}" for line in _details(tool, lang))


def _details(tool: Tool, lang: str) -> Iterator[str]:
    english = lang == "en"
    uses = ", ".join(wording.say(wording.USES[use], lang) for use in Use if use in tool.uses)
    data = ", ".join(wording.say(wording.DATA[each], lang) for each in DataClass if each in tool.data)
    yield f"{'Other names' if english else 'Autres noms'} : {', '.join(tool.aliases)}"
    yield f"{'Hosting' if english else 'Hébergement'} : {tool.hosting}"
    yield f"{'Terms' if english else 'Conditions contractuelles'} : {tool.terms}"
    yield f"Source : {tool.source or ('none' if english else 'aucune')}"
    yield f"{'Uses' if english else 'Usages admis'} : {uses or ('none' if english else 'aucun')}"
    yield f"{'Data' if english else 'Données admises'} : {data or ('none' if english else 'aucune')}"
    yield from (f"- {condition.of(lang)}" for condition in tool.conditions)
    for mark in tool.grid:
        criterion = wording.say(wording.CRITERIA[mark.criterion], lang)
        yield f"{criterion} : {mark.score}/4, {mark.date.isoformat()}. {mark.reason}"
    if tool.owner:
        yield f"{'Evaluated by' if english else 'Évaluation suivie par'} : {tool.owner}"
    if tool.review_date:
        yield f"{'To be reviewed on' if english else 'À revoir le'} : {tool.review_date.isoformat()}"


def tool_to_json(tool: Tool) -> dict[str, Any]:
    """An entry, field for field as the file has them."""
    return {
        "slug": tool.slug,
        "name": tool.name,
        "aliases": list(tool.aliases),
        "misspellings": list(tool.misspellings),
        "publisher": tool.publisher,
        "kind": {"fr": tool.kind.fr, "en": tool.kind.en},
        "hosting": tool.hosting,
        "terms": tool.terms,
        "source": tool.source or None,
        "local": tool.local,
        "status": tool.status.value,
        "data": [data.value for data in DataClass if data in tool.data],
        "uses": [use.value for use in Use if use in tool.uses],
        "conditions": [{"fr": condition.fr, "en": condition.en} for condition in tool.conditions],
        "grid": [
            {"criterion": m.criterion.value, "score": m.score, "reason": m.reason, "date": m.date.isoformat()}
            for m in tool.grid
        ],
        "owner": tool.owner or None,
        "review_date": tool.review_date.isoformat() if tool.review_date else None,
    }
