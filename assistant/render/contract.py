"""Answers, search results and provisions as the JSON contract of the command line has them.

The failure this prevents: measurements and other programs that break because a key was renamed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from assistant.answering.answer import Answer
from assistant.answering.reading.understand import Request
from assistant.answering.retrieval.retrieve import Evidence
from assistant.law.act import text_hash
from assistant.law.citation import Citation
from assistant.law.passage import Passage
from assistant.law.validity import Application

DIGITS = 6
"""Decimals of a score."""


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """One answer, key for key."""
    return {
        "question": answer.question,
        "completed_question": answer.completed_question,
        "lang": answer.lang,
        "kind": answer.kind.value,
        "refusal": answer.refusal.value if answer.refusal else None,
        "choices": list(answer.choices),
        "verdict": dict(answer.verdict) if answer.verdict is not None else None,
        "text": answer.text,
        "sentences": [{"text": s.text, "citations": list(s.citations)} for s in answer.sentences],
        "guidance": list(answer.guidance),
        "citations": [citation_to_json(citation) for citation in answer.citations],
        "withheld": [{"text": w.text, "reason": w.reason} for w in answer.withheld],
        "warnings": list(answer.warnings),
        "label": {
            "ai_generated": answer.label.ai_generated,
            "notice": answer.label.notice,
            "mode": answer.label.mode.value,
            "model": answer.label.model,
            "digital_source_type": answer.label.digital_source_type,
        },
        "cost": {
            "seconds": answer.cost.seconds,
            "prompt_tokens": answer.cost.prompt_tokens,
            "generated_tokens": answer.cost.generated_tokens,
            "watt_hours": answer.cost.watt_hours,
            "method": answer.cost.method,
        },
        "timings": dict(answer.timings),
        "fingerprints": {
            "corpus": answer.fingerprints.corpus,
            "settings": answer.fingerprints.settings,
            "index": answer.fingerprints.index,
        },
    }


def citation_to_json(citation: Citation) -> dict[str, Any]:
    """One citation, key for key."""
    return {
        "n": citation.n,
        "act": citation.reference.act,
        "ref": str(citation.reference.locator),
        "label": citation.label,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "sha256": citation.sha256,
        "url": citation.url,
        "lang": citation.lang,
        "version_date": citation.version_date,
        "status": citation.status.value,
        "applies": [application_to_json(application) for application in citation.applies],
        "amended_by": citation.amended_by or None,
    }


def application_to_json(application: Application) -> dict[str, Any]:
    """A date of application with its condition and legal basis."""
    return {
        "from": application.since.isoformat(),
        "condition": application.condition or None,
        "basis": application.basis,
    }


def search_to_json(request: Request, evidence: Sequence[Evidence], *, explain: bool = False) -> dict[str, Any]:
    """A ranked list of provisions; `explain` adds what found each."""
    return {
        "question": request.question,
        "lang": request.lang,
        "results": [_result(rank, piece, request.day, explain=explain) for rank, piece in enumerate(evidence, 1)],
    }


def _result(rank: int, piece: Evidence, day: date, *, explain: bool) -> dict[str, Any]:
    row = {"rank": rank, "score": round(piece.score, DIGITS), **passage_to_json(piece.passage, day)}
    if explain:
        row["found_by"] = dict(piece.found_by)
        row["boosts"] = dict(piece.boosts)
        row["line"] = piece.line or None
    return row


def passage_to_json(passage: Passage, day: date) -> dict[str, Any]:
    """A provision as search results and `show` have it."""
    return {
        "act": passage.reference.act,
        "ref": str(passage.reference.locator),
        "label": passage.label,
        "title": passage.title,
        "text": passage.text,
        "url": passage.url,
        "lang": passage.lang,
        "version_date": passage.version_date,
        "status": passage.validity.status_on(day).value,
        "applies": [application_to_json(application) for application in passage.validity.applications],
    }


def provision_to_json(passage: Passage, day: date) -> dict[str, Any]:
    """What `show --json` prints: the provision, its place and the hash of its text."""
    return {
        **passage_to_json(passage, day),
        "path": passage.path,
        "amended_by": passage.amended_by or None,
        "sha256": text_hash(passage.text),
    }
