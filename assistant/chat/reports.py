"""Answers that readers reported: one JSON line each in the data folder, for those who look after the assistant.

The failure this prevents: a wrong answer that somebody saw and nobody heard of.
"""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path

from assistant.answering.answer import Answer
from assistant.chat.conversations.retention import REPORTS, changing


class Reports:
    """Appends reports to a file that only its owner can read; `Retention` drops the old ones."""

    def __init__(self, data: Path) -> None:
        self._file = data / REPORTS

    def add(self, answer: Answer, reason: str, comment: str, at: datetime) -> None:
        """Write one report; nothing of the person who reports is in it.

        `ConversationsError` when it cannot be written.
        """
        line = json.dumps(
            {
                "at": at.isoformat(timespec="seconds"),
                "reason": reason,
                "comment": comment,
                "question": answer.question,
                "lang": answer.lang,
                "kind": answer.kind.value,
                "refusal": answer.refusal.value if answer.refusal else None,
                "cited": [str(citation.reference) for citation in answer.citations],
                "fingerprints": [answer.fingerprints.corpus, answer.fingerprints.settings, answer.fingerprints.index],
            },
            ensure_ascii=False,
        )
        with (
            changing(self._file),
            os.fdopen(os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as out,
        ):
            out.write(line.encode() + b"\n")
