"""A verdict with its quotes, as the JSON of the contract and as lines for a terminal.

The failure this prevents: a verdict whose clauses somebody has to look up to believe it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from assistant.law.citation import Citation
from assistant.library import Library
from assistant.settings import Contacts
from assistant.usage import wording
from assistant.usage.catalogue import Catalogue
from assistant.usage.types import Verdict

WHOLE = 900
"""Characters up to which a clause is quoted whole; of a longer one the first paragraph is."""


def cite(verdict: Verdict, library: Library, lang: str, day: date, first: int = 1) -> list[Citation]:
    """One quote a clause, numbered from `first`, in the order of the verdict's clauses."""
    citations = []
    for n, clause in enumerate(verdict.clauses, first):
        passage = library.passage(clause, lang, day)
        end = len(passage.text) if len(passage.text) <= WHOLE else len(passage.text.split("\n", 1)[0])
        citations.append(Citation.of(n, passage, 0, end, passage.validity.status_on(day)))
    return citations


def verdict_to_json(verdict: Verdict, citations: Sequence[int], contacts: Contacts, lang: str) -> dict[str, Any]:
    """The verdict, key for key; `citations` are the numbers of its quotes."""
    cell = verdict.situation
    return {
        "value": verdict.value.value,
        "tool": cell.tool or None,
        "tool_name": verdict.tool_name,
        "tool_status": cell.status.value,
        "use": cell.use.value,
        "data": cell.data.value,
        "audience": cell.audience.value,
        "collectivite": cell.city.value,
        "reason": verdict.reason,
        "conditions": list(verdict.conditions),
        "rule": verdict.rule,
        "rank": verdict.rank.value,
        "citations": list(citations),
        "contact": wording.contact_words(verdict.contact, contacts, lang),
        "review_date": verdict.review_date.isoformat() if verdict.review_date else None,
        "alternatives": list(verdict.alternatives),
        "by_data": [{"data": data.value, "value": value.value} for data, value in verdict.by_data],
        "warnings": list(verdict.warnings),
    }


def verdict_lines(
    verdict: Verdict, citations: Sequence[Citation], catalogue: Catalogue, contacts: Contacts, lang: str
) -> str:
    """The verdict for a person: value first, then what to do, why, what else, whom to ask."""
    sections = [
        list(_head(verdict, lang)),
        list(_to_do(verdict, lang)),
        [f"{c.n}. {c.label} : « {c.quote} »" if lang != "en" else f"{c.n}. {c.label}: “{c.quote}”" for c in citations],
        list(_rest(verdict, catalogue, contacts, lang)),
    ]
    return "\n\n".join("\n".join(lines) for lines in sections if lines)


def _head(verdict: Verdict, lang: str) -> Iterator[str]:
    cell = verdict.situation
    yield f"{wording.ICONS[verdict.value]} {wording.say(wording.VALUES[verdict.value], lang)}"
    words = [wording.USES[cell.use], wording.DATA[cell.data], wording.AUDIENCES[cell.audience]]
    yield ", ".join([verdict.tool_name, *(wording.say(each, lang) for each in words), cell.city.value.capitalize()])
    yield verdict.reason


def _to_do(verdict: Verdict, lang: str) -> Iterator[str]:
    if verdict.conditions:
        yield f"{wording.say(wording.TO_DO[verdict.value], lang)}{':' if lang == 'en' else ' :'}"
    yield from (f"[ ] {condition}" for condition in verdict.conditions)


def _rest(verdict: Verdict, catalogue: Catalogue, contacts: Contacts, lang: str) -> Iterator[str]:
    english = lang == "en"
    colon = ":" if english else " :"
    if verdict.by_data:
        yield f"{'Depending on the data' if english else 'Selon les données'}{colon}"
    for data, value in verdict.by_data:
        said = f"{wording.ICONS[value]} {wording.say(wording.VALUES[value], lang)}"
        yield f"    {wording.say(wording.DATA[data], lang)}{colon} {said}"
    if verdict.alternatives:
        names = ", ".join(tool.name for tool in catalogue.tools if tool.slug in verdict.alternatives)
        yield f"{'Tools that would do' if english else 'Outils possibles'}{colon} {names}"
    contact = wording.contact_words(verdict.contact, contacts, lang)
    whom = "Whom to ask" if english else "À qui s'adresser"
    yield f"{whom}{colon} {contact}"
    yield from (f"! {warning}" for warning in verdict.warnings)
