"""A passage as a store keeps it: the whole passage, and beside it the fields that filters read.

The failure this prevents: a passage that comes back from the index without its dates or its link,
so that its citation says less than the text that was put in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from assistant.adapters.bm25 import ANALYSERS
from assistant.errors import StoreError, UnknownReference
from assistant.law.identifiers import LocatorKind, Reference
from assistant.law.passage import Passage
from assistant.law.validity import Application, Validity

VERSION = 2
PASSAGE = "passage"
ACT, LANGS, FROM, UNTIL, KIND = "act", "langs", "valid_from", "valid_until", "kind"
# The fields that filters read, by the type of their index.
KEYWORD_FIELDS = (ACT, LANGS, KIND)
INTEGER_FIELDS = (FROM, UNTIL)
RECITAL = LocatorKind.RECITAL.value
_NEVER = date.max.toordinal()


def point_id(passage_id: str) -> int:
    """The point of a passage: engines number their points, with 64 bits.

    Among a hundred thousand passages two share a number with a chance of 3 in ten thousand million.
    """
    return int.from_bytes(hashlib.blake2b(passage_id.encode("utf-8"), digest_size=8).digest(), "big")


def to_payload(passage: Passage) -> dict[str, Any]:
    """What is stored with the vectors.

    The passage is one JSON text, which an engine takes four times faster than a tree. `langs` are
    the languages in which it is looked for (both, when its text exists in one only); days are
    proleptic ordinals, `valid_until` excluded.
    """
    validity = passage.validity
    return {
        ACT: passage.reference.act,
        LANGS: list(ANALYSERS) if passage.only_language else [passage.lang],
        FROM: validity.valid_from.toordinal(),
        UNTIL: validity.valid_until.toordinal() if validity.valid_until else _NEVER,
        KIND: passage.reference.locator.kind.value,
        PASSAGE: json.dumps(to_dict(passage), ensure_ascii=False),
    }


def from_payload(payload: Mapping[str, Any]) -> Passage:
    """The passage of a stored point; `StoreError` when it is not what `to_payload` wrote."""
    try:
        return from_dict(json.loads(payload[PASSAGE]))
    except (KeyError, TypeError, ValueError, UnknownReference) as error:
        raise StoreError(f"the index holds a passage that cannot be read ({error}): run `assistant ingest`") from error


def to_dict(passage: Passage) -> dict[str, Any]:
    """All fields of a passage as JSON types."""
    validity = passage.validity
    return {
        "reference": str(passage.reference),
        "lang": passage.lang,
        "version_date": passage.version_date,
        "celex": passage.celex,
        "label": passage.label,
        "title": passage.title,
        "path": passage.path,
        "context": passage.context,
        "text": passage.text,
        "url": passage.url,
        "validity": {
            "entry_into_force": validity.entry_into_force.isoformat(),
            "valid_from": validity.valid_from.isoformat(),
            "valid_until": validity.valid_until.isoformat() if validity.valid_until else None,
            "applications": [
                {"since": a.since.isoformat(), "condition": a.condition, "basis": a.basis}
                for a in validity.applications
            ],
            "directive": validity.directive,
        },
        "amended_by": passage.amended_by,
        "only_language": passage.only_language,
        "words": passage.words,
    }


def from_dict(stored: Mapping[str, Any]) -> Passage:
    """The inverse of `to_dict`; KeyError, TypeError, ValueError or UnknownReference on anything else."""
    fields = dict(stored)
    return Passage(
        reference=Reference.parse(fields.pop("reference")), validity=_validity(fields.pop("validity")), **fields
    )


def _validity(stored: Mapping[str, Any]) -> Validity:
    until = stored["valid_until"]
    return Validity(
        entry_into_force=date.fromisoformat(stored["entry_into_force"]),
        valid_from=date.fromisoformat(stored["valid_from"]),
        valid_until=date.fromisoformat(until) if until else None,
        applications=tuple(
            Application(date.fromisoformat(a["since"]), a["condition"], a["basis"]) for a in stored["applications"]
        ),
        directive=stored["directive"],
    )
