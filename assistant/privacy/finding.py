"""A stretch of text that is likely to be personal data, and of what kind.

The failure this prevents: a warning that cannot show the reader what it is about.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What the data is."""

    EMAIL = "email"
    PHONE = "phone"
    NIR = "nir"
    IBAN = "iban"
    SIRET = "siret"
    CARD = "card"
    NAME = "name"
    ADDRESS = "address"
    BIRTH = "birth"
    PLATE = "plate"
    FILE = "file"
    IP = "ip"


@dataclass(frozen=True, slots=True)
class Finding:
    """The characters `start` to `end` (excluded) of a text."""

    kind: Kind
    start: int
    end: int
