"""An export as JSON: the contract's answers, with the mark and the record of the export around them.

The failure this prevents: an answer that is passed on by a program as if a person had written it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from assistant.answering.answer import Answer
from assistant.render.contract import answer_to_json
from assistant.render.document import Document
from assistant.render.linked_data import linked_data


def to_json(document: Document, answers: Sequence[Answer], slot: str) -> bytes:
    """The file; `signature`, its last member, is the slot."""
    content = {
        "ai_generated": True,
        "ai_notice": document.notice,
        "digital_source_type": document.record.digital_source_type,
        "export": document.record.to_json(),
        "linked_data": linked_data(document),
        "answers": [answer_to_json(answer) for answer in answers],
        "signature": slot,
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
