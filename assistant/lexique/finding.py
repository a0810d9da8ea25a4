"""What the checker has to say about one entry: how grave, where, what, and the cure.

The failure this prevents: a fault of the data that is told as a stack of Python names.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error breaks the promise of the data; a warning is to be read by whoever wrote the entry."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault: `file` is its name in `corpus/lexique/`, `reference` the provision or the words it is about."""

    severity: Severity
    file: str
    reference: str
    message: str

    def line(self) -> str:
        """For people: one line."""
        return f"{self.severity}: {self.file}: {self.reference}: {self.message}"


def error(file: str, reference: object, message: str) -> Finding:
    """A fault that must be mended."""
    return Finding(Severity.ERROR, file, str(reference), message)


def warning(file: str, reference: object, message: str) -> Finding:
    """A fault that may be meant."""
    return Finding(Severity.WARNING, file, str(reference), message)
