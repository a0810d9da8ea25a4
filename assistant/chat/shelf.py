"""The last answers, kept in memory so that they can be copied, exported or reported; nothing is written to disk.

The failure this prevents: an export that is made from what a browser sent, and so signs whatever it sent.
"""

from __future__ import annotations

import threading
from collections import OrderedDict

from assistant.answering.answer import Answer

_KEPT = 1000
"""Answers; about 20 kB each."""


class Shelf:
    """Answers by the identifier of their message, each for the person it was given to; the oldest make room."""

    def __init__(self, kept: int = _KEPT) -> None:
        self._kept = kept
        self._answers: OrderedDict[str, tuple[str, Answer]] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, key: str, answer: Answer, owner: str) -> None:
        """Keep an answer given to `owner`; `key` is a random identifier (UUID version 4)."""
        with self._lock:
            self._answers[key] = (owner, answer)
            while len(self._answers) > self._kept:
                self._answers.popitem(last=False)

    def find(self, key: str, owner: str) -> Answer | None:
        """The answer when it is still kept and was given to `owner`."""
        with self._lock:
            found = self._answers.get(key)
        return found[1] if found and found[0] == owner else None
