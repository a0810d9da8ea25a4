"""When a text binds: status of a version on a day, and dates of application with their conditions.

The failure this prevents: quoting as law a provision that does not apply yet, or no longer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Status(StrEnum):
    """Where a provision stands on a given day (values are those of the JSON contract)."""

    IN_FORCE = "en_vigueur"
    NOT_YET_APPLICABLE = "pas_encore_applicable"
    REPLACED = "remplace"
    NOT_YET_IN_FORCE = "pas_encore_en_vigueur"
    DIRECTIVE = "directive"


@dataclass(frozen=True, slots=True)
class Application:
    """A date from which a provision applies, the condition it is tied to, and its legal basis."""

    since: date
    condition: str
    basis: str


@dataclass(frozen=True, slots=True)
class Validity:
    """The life of one version of a provision.

    `entry_into_force` is the act's; `valid_from`/`valid_until` the version's (until: excluded).
    """

    entry_into_force: date
    valid_from: date
    valid_until: date | None
    applications: tuple[Application, ...]
    directive: bool = False

    def status_on(self, day: date) -> Status:
        """The status on `day`. With several dates the first that has come makes it applicable."""
        if day < self.entry_into_force:
            return Status.NOT_YET_IN_FORCE
        if self.valid_until is not None and day >= self.valid_until:
            return Status.REPLACED
        if self.applications and all(day < application.since for application in self.applications):
            return Status.NOT_YET_APPLICABLE
        return Status.DIRECTIVE if self.directive else Status.IN_FORCE
