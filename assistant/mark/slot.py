"""The place of a signature inside the file that it signs.

A slot is one run of ASCII, the last of its kind in the file:

    ai-mark:1:<record>:<public key>:<signature>

The signature is over every byte of the file, those of its own place replaced by a blank of the same
length. In a DOCX the slot is a part of its own, stored last and uncompressed, so that it stands in the
file's bytes; the two checksums of that part (ZIP, local and central header) follow what it holds.
The failure this prevents: a byte outside the signed ones, where a file can be altered unseen.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections import deque

from assistant.errors import MarkError
from assistant.mark.key import InstanceKey
from assistant.mark.record import Record

PART = "docProps/ai-mark.txt"
"""The slot's own part in a DOCX."""

_SIGNATURE_LENGTH = 86
_BLANK = b"A" * _SIGNATURE_LENGTH
_DOMAIN = b"assistant-ia-ville export 1\n"
_SLOT = re.compile(
    rb"ai-mark:1:(?P<record>[A-Za-z0-9_-]+):(?P<key>[0-9a-f]{64}):(?P<signature>[A-Za-z0-9_-]{%d})" % _SIGNATURE_LENGTH
)
_ZIP = b"PK\x03\x04"
_CENTRAL = b"PK\x01\x02"
_LOCAL_HEADER, _LOCAL_CHECKSUM, _CENTRAL_CHECKSUM = 30, 14, 16


def blank_slot(record: Record, key: InstanceKey) -> str:
    """The slot of a file that is not signed yet; goes into the file as its last one."""
    return f"ai-mark:1:{record.encode()}:{key.public}:{_BLANK.decode()}"


def find_slot(file: bytes) -> re.Match[bytes] | None:
    """The last slot of a file, with the groups `record`, `key` and `signature`; None when it has none."""
    return next(iter(deque(_SLOT.finditer(file), maxlen=1)), None)


def message(file: bytes) -> bytes:
    """What is signed: the whole file with a blank signature; `MarkError` when it has no slot."""
    return _DOMAIN + filled(file, _BLANK)


def seal(file: bytes, key: InstanceKey) -> bytes:
    """The file with its signature; `MarkError` when it has no slot, or that of another key."""
    slot = find_slot(file)
    if slot is None or slot["key"].decode() != key.public:
        raise MarkError("the file has no place for this installation's signature")
    signature = base64.urlsafe_b64encode(key.sign(message(file))).rstrip(b"=")
    return filled(file, signature)


def filled(file: bytes, signature: bytes) -> bytes:
    """The file with another signature in its slot, and the checksums that follow from it."""
    slot = find_slot(file)
    if slot is None:
        raise MarkError("the file has no mark")
    start, end = slot.span("signature")
    result = bytearray(file)
    result[start:end] = signature
    if file.startswith(_ZIP):
        checksum = zlib.crc32(result[slot.start() : slot.end()]).to_bytes(4, "little")
        local = slot.start() - len(PART) - _LOCAL_HEADER + _LOCAL_CHECKSUM
        central = file.rfind(_CENTRAL) + _CENTRAL_CHECKSUM
        for place in (local, central):
            result[place : place + 4] = checksum
    return bytes(result)
