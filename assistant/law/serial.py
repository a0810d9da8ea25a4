"""Acts to JSON and back: the parsed texts lie beside the index, so that a quote can always be checked.

The failure this prevents: a citation checked against a search index instead of the official text.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from assistant.law.act import Act, Division, Provision, ProvisionKind
from assistant.law.identifiers import Locator


def act_to_json(act: Act) -> str:
    """One act as a JSON text; `act_from_json(act_to_json(act)) == act`."""
    return json.dumps(
        {
            "act": act.act,
            "lang": act.lang,
            "celex": act.celex,
            "celex_oj": act.celex_oj,
            "version_date": act.version_date.isoformat(),
            "valid_from": act.valid_from.isoformat(),
            "valid_until": act.valid_until.isoformat() if act.valid_until else None,
            "title": act.title,
            "provisions": [_dump(provision) for provision in act.provisions],
        },
        ensure_ascii=False,
    )


def act_from_json(text: str) -> Act:
    """Read what `act_to_json` wrote; `ValueError` or `KeyError` when it is something else."""
    data = json.loads(text)
    return Act(
        act=data["act"],
        lang=data["lang"],
        celex=data["celex"],
        celex_oj=data["celex_oj"],
        version_date=date.fromisoformat(data["version_date"]),
        valid_from=date.fromisoformat(data["valid_from"]),
        valid_until=date.fromisoformat(data["valid_until"]) if data["valid_until"] else None,
        title=data["title"],
        provisions=tuple(_load(item) for item in data["provisions"]),
    )


def _dump(provision: Provision) -> list[Any]:
    return [
        str(provision.locator),
        provision.kind.value,
        provision.marker,
        provision.text,
        provision.title,
        [[division.kind, division.number, division.title] for division in provision.path],
        provision.amended_by,
        provision.anchor,
        [_dump(child) for child in provision.children],
    ]


def _load(item: list[Any]) -> Provision:
    locator, kind, marker, text, title, path, amended_by, anchor, children = item
    return Provision(
        locator=Locator.parse(locator),
        kind=ProvisionKind(kind),
        marker=marker,
        text=text,
        children=tuple(_load(child) for child in children),
        title=title,
        path=tuple(Division(*division) for division in path),
        amended_by=amended_by,
        anchor=anchor,
    )
