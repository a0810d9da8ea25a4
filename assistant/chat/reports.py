"""Answers that readers reported: one JSON line each in the data folder, for those who look after the assistant.

The failure this prevents: a wrong answer that somebody saw and nobody heard of.
"""

from __future__ import annotations

import json
import os
import threading
from datetime import datetime
from pathlib import Path

from assistant.answering.answer import Answer
from assistant.errors import ServeError

FILE = "signalements.jsonl"


class Reports:
    """Appends reports to a file that only its owner can read."""

    def __init__(self, data: Path) -> None:
        self._file = data / FILE
        self._lock = threading.Lock()

    def add(self, answer: Answer, reason: str, comment: str, at: datetime) -> None:
        """Write one report; nothing of the person who reports is in it. `ServeError` when it cannot be written."""
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
        try:
            with self._lock, os.fdopen(os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as out:
                out.write(line.encode() + b"\n")
        except OSError as error:
            raise ServeError(f"{self._file} cannot be written ({error.strerror}): free space") from error
