"""How often somebody failed to sign in lately, and whether they must wait.

The failure this prevents: a program that tries passwords until one fits. What is remembered is
bounded, so that many invented names cannot fill the memory.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

MINUTES = 15
PER_NAME = 5
"""Failures of one name from one address in that time."""
PER_ADDRESS = 100
"""Failures from one address, behind which a whole building may sit."""
_REMEMBERED = 10_000


class Attempts:
    """Failures by a key, each counted for a quarter of an hour; `clock` gives seconds."""

    def __init__(self, allowed: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._allowed = allowed
        self._clock = clock
        self._failures: OrderedDict[str, list[float]] = OrderedDict()

    def must_wait(self, key: str) -> bool:
        """Whether `key` failed as often as is allowed."""
        return len(self._recent(key)) >= self._allowed

    def failed(self, key: str) -> None:
        """Count a failure."""
        self._failures[key] = [*self._recent(key), self._clock()][-self._allowed :]
        self._failures.move_to_end(key)
        while len(self._failures) > _REMEMBERED:
            self._failures.popitem(last=False)

    def succeeded(self, key: str) -> None:
        """Forget the failures of a key."""
        self._failures.pop(key, None)

    def _recent(self, key: str) -> list[float]:
        since = self._clock() - MINUTES * 60
        return [moment for moment in self._failures.get(key, ()) if moment > since]
