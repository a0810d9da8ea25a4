"""The secret that signs sessions, made once and kept in the data folder.

The failure this prevents: a secret in a settings file or an environment, and everybody signed out at
each restart.
"""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from pathlib import Path

from assistant.errors import AccountError

_FILE = "session-secret"


def session_secret(data: Path) -> str:
    """64 hexadecimal digits; made, readable by its owner only, when there are none."""
    file = data / _FILE
    try:
        if not file.is_file():
            _make(file)
        if os.name == "posix" and file.stat().st_mode & 0o077:
            raise AccountError(f"{file} can be read by others: run `chmod 600 {file}`")
        secret = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise AccountError(f"{file} cannot be used ({error}): free space, or move it away for a new one") from error
    if not re.fullmatch("[0-9a-f]{64}", secret):
        raise AccountError(f"{file} is no secret of this program: move it away for a new one")
    return secret


def _make(file: Path) -> None:
    """Written beside, then linked: a process that starts at the same moment finds a whole secret or none."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{_FILE}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as stream:
        stream.write(secrets.token_hex(32))
    try:
        with suppress(FileExistsError):
            os.link(beside, file)
    finally:
        beside.unlink()
