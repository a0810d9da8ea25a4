"""The hierarchy of norms: law of the Union, then a city's deliberation or framework, then its charter.

The failure this prevents: a charter read as if it could allow what a regulation forbids, because it
happened to be listed first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import TypeVar

Item = TypeVar("Item")


class Norm(IntEnum):
    """Levels, highest first. OTHER: a tool catalogue, a document that somebody dropped in."""

    LAW = 1
    DELIBERATION = 2
    CHARTER = 3
    OTHER = 4


_LEVELS = {
    "regulation": Norm.LAW,
    "directive": Norm.LAW,
    "deliberation": Norm.DELIBERATION,
    "framework": Norm.DELIBERATION,
    "charter": Norm.CHARTER,
}


def norm_of(kind: str) -> Norm:
    """The level of a text by its kind in the manifest; what the manifest does not know is OTHER."""
    return _LEVELS.get(kind, Norm.OTHER)


def by_norm(items: Iterable[Item], norm: Callable[[Item], Norm]) -> list[Item]:
    """The same items, higher norms first; those of one level keep their order."""
    return sorted(items, key=norm)
