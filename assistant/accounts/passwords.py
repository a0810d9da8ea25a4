"""Passwords to hashes and back to yes or no, with Argon2id (RFC 9106, its second recommended setting).

The failure this prevents: a stolen file of accounts from which passwords can be guessed by the million.
"""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from assistant.errors import AccountError

SHORTEST, LONGEST = 12, 200
"""Characters. Twelve: with a limit on attempts, more than what the CNIL asks for (deliberation 2022-100)."""


def hashed(password: str) -> str:
    """The hash with its salt and its parameters; `AccountError` when the password is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise AccountError(
            f"a password has {SHORTEST} to {LONGEST} characters, this one {len(password)}: choose a few words"
        )
    return _hasher().hash(password)


def matches(known: str | None, password: str) -> bool:
    """Whether the password is the one that was hashed; without a known hash, never, but no sooner."""
    if len(password) > LONGEST:
        return False
    try:
        return _hasher().verify(known or _nobodys(), password) and known is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys() -> str:
    return _hasher().hash("a password that nobody has")
