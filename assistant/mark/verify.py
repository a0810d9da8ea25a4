"""Whether a file is an export of this program, of which installation, and unaltered to the byte.

The failure this prevents: a check that passes because only a part of the file was looked at, or
because a signature was valid without being that of a known installation.
"""

from __future__ import annotations

import base64
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from assistant.errors import MarkError
from assistant.mark.record import Record
from assistant.mark.slot import filled, find_slot, message


class State(StrEnum):
    """What a check finds."""

    INTACT = "intact"
    OTHER_KEY = "other_key"
    ALTERED = "altered"
    NO_MARK = "no_mark"


@dataclass(frozen=True, slots=True)
class Check:
    """The result: `record` is there when the signature holds, `public_key` is the one named in the file."""

    state: State
    record: Record | None = None
    public_key: str = ""


def check(file: bytes, known: Collection[str]) -> Check:
    """Check a file against the public keys of known installations (64 hexadecimal digits each)."""
    slot = find_slot(file)
    if slot is None:
        return Check(State.NO_MARK)
    key = slot["key"].decode()
    if not _holds(file, slot["signature"], bytes.fromhex(key)):
        return Check(State.ALTERED, public_key=key)
    try:
        record = Record.decode(slot["record"].decode())
    except MarkError:
        return Check(State.ALTERED, public_key=key)
    return Check(State.INTACT if key in known else State.OTHER_KEY, record, key)


def _holds(file: bytes, signature: bytes, key: bytes) -> bool:
    blank = message(file)
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(base64.urlsafe_b64decode(signature + b"=="), blank)
    except (InvalidSignature, ValueError):
        return False
    # Two spellings of one signature, or a wrong checksum in a ZIP, would leave the blank as it is.
    return filled(file, base64.urlsafe_b64encode(base64.urlsafe_b64decode(signature + b"==")).rstrip(b"=")) == file
