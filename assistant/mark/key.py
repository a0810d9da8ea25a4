"""The key that an installation signs its exports with, made once and kept in its data folder.

The failure this prevents: a key that another user of the machine can read, or that two processes
starting at once make twice.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from assistant.errors import MarkError

_FILE = "mark-key.pem"


@dataclass(frozen=True, slots=True)
class InstanceKey:
    """An Ed25519 key pair (RFC 8032)."""

    private: Ed25519PrivateKey

    @property
    def public(self) -> str:
        """The public key: 64 hexadecimal digits, what others need to check an export."""
        return self.private.public_key().public_bytes_raw().hex()

    def sign(self, message: bytes) -> bytes:
        """64 bytes over the message."""
        return self.private.sign(message)


def instance_key(data: Path) -> InstanceKey:
    """The key of the installation whose data folder this is; made, readable by its owner only, when there is none."""
    file = data / _FILE
    if not file.is_file():
        _make(file)
    return _read(file)


def public_key(data: Path) -> str:
    """The public key of the installation, empty as long as none was made."""
    file = data / _FILE
    return _read(file).public if file.is_file() else ""


def _read(file: Path) -> InstanceKey:
    try:
        if os.name == "posix" and file.stat().st_mode & 0o077:
            raise MarkError(f"{file} can be read by others: run `chmod 600 {file}`")
        private = load_pem_private_key(file.read_bytes(), password=None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise MarkError(f"{file} is no signing key ({error}): restore it, or move it away for a new one") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise MarkError(f"{file} holds a key of another kind: restore it, or move it away for a new one")
    return InstanceKey(private)


def _make(file: Path) -> None:
    """Written beside, then linked: a process that starts at the same moment finds a whole key or none."""
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    beside = file.with_name(f"{_FILE}.{secrets.token_hex(8)}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(pem)
            _link(beside, file)
        finally:
            beside.unlink()
    except OSError as error:
        raise MarkError(f"the signing key cannot be written to {file}: {error.strerror}") from error


def _link(beside: Path, file: Path) -> None:
    """Give the key its name, unless another process was first: then its key is the one."""
    with suppress(FileExistsError):
        os.link(beside, file)
