"""Wall-clock samples and where the time goes.

The failure this prevents: one lucky run reported as a speed, and a stage blamed for what the one
before it did.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np


@dataclass(slots=True)
class Clock:
    """Seconds by name: each span is one sample."""

    samples: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    @contextmanager
    def span(self, name: str) -> Iterator[None]:
        """Time what is done inside."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.samples[name].append(time.perf_counter() - started)

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, each call one sample."""

        def call(*args: Any, **kwargs: Any) -> Any:
            with self.span(name):
                return function(*args, **kwargs)

        return call

    def total(self, name: str) -> float:
        """All samples of a name together, in seconds."""
        return sum(self.samples[name])

    def milliseconds(self, name: str) -> dict[str, float]:
        """Median and 95th percentile of a name."""
        return milliseconds(self.samples[name])


class Watched:
    """An object of which some methods are timed, under the name that each is given."""

    def __init__(self, inner: Any, clock: Clock, names: dict[str, str]) -> None:
        self._inner = inner
        self._clock = clock
        self._names = names

    def __getattr__(self, attribute: str) -> Any:
        found = getattr(self._inner, attribute)
        return self._clock.timed(self._names[attribute], found) if attribute in self._names else found


def milliseconds(seconds: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile, in milliseconds."""
    p50, p95 = np.percentile(np.asarray(seconds) * 1000, (50, 95))
    return {"p50": float(p50), "p95": float(p95)}
