"""Local accounts, kept in one small database of the data folder: a name, the hash of a password, a session mark.

They stay on this machine even where conversations are kept in Postgres. The failure this prevents: a
password that can be read back, and a person who was removed but stays signed in: the session mark
changes with the password and goes with the account.
"""

from __future__ import annotations

import os
import re
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.accounts import passwords
from assistant.errors import AccountError

LOCAL = "local"
"""Who uses the chat where there are no accounts; no account may have this name."""

_FILE = "accounts.sqlite3"
_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS account "
    "(name TEXT PRIMARY KEY, hash TEXT NOT NULL, mark TEXT NOT NULL, created TEXT NOT NULL)"
)


@dataclass(frozen=True, slots=True)
class Account:
    """A person's account; `mark` is what their sessions must carry, `created` a day in ISO 8601."""

    name: str
    mark: str
    created: str


class Accounts:
    """The accounts of the installation whose data folder is `data`."""

    def __init__(self, data: Path) -> None:
        self._file = data / _FILE

    def all(self) -> tuple[Account, ...]:
        """Every account, by name."""
        return self._read("SELECT name, mark, created FROM account ORDER BY name", ())

    def find(self, name: str) -> Account | None:
        """The account of that name."""
        found = self._read("SELECT name, mark, created FROM account WHERE name = ?", (folded(name),))
        return found[0] if found else None

    def require(self, name: str) -> Account:
        """The account of that name; `AccountError` when there is none."""
        found = self.find(name)
        if found is None:
            raise AccountError(f"there is no user '{folded(name)}': `assistant users list` shows the names")
        return found

    def add(self, name: str, password: str) -> Account:
        """A new account; `AccountError` when the name is taken or malformed, or the password too short."""
        name = folded(name)
        if not _NAME.fullmatch(name) or name == LOCAL:
            raise AccountError(
                f"'{name}' cannot be a user name: use letters, digits, . _ - or @, at most 64, and not '{LOCAL}'"
            )
        account = Account(name, secrets.token_hex(8), datetime.now(tz=UTC).date().isoformat())
        row = (name, passwords.hashed(password), account.mark, account.created)
        with self._open() as database:
            if database.execute("SELECT 1 FROM account WHERE name = ?", (name,)).fetchone():
                raise AccountError(f"user '{name}' exists: `assistant users password {name}` changes the password")
            database.execute("INSERT INTO account VALUES (?, ?, ?, ?)", row)
        return account

    def change_password(self, name: str, password: str) -> None:
        """Another password; who is signed in under that name is signed out."""
        row = (passwords.hashed(password), secrets.token_hex(8), folded(name))
        self._change("UPDATE account SET hash = ?, mark = ? WHERE name = ?", row)

    def remove(self, name: str) -> None:
        """Forget an account; who is signed in under that name is signed out."""
        self._change("DELETE FROM account WHERE name = ?", (folded(name),))

    def check(self, name: str, password: str) -> Account | None:
        """The account when the password is right; takes as long for a name that does not exist."""
        hashes = self._hash(folded(name))
        right = passwords.matches(hashes, password)
        return self.find(name) if right else None

    def _hash(self, name: str) -> str | None:
        if not self._file.is_file():
            return None
        with self._open() as database:
            row = database.execute("SELECT hash FROM account WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def _read(self, query: str, values: tuple[str, ...]) -> tuple[Account, ...]:
        if not self._file.is_file():
            return ()
        with self._open() as database:
            return tuple(Account(*row) for row in database.execute(query, values))

    def _change(self, query: str, values: tuple[str, ...]) -> None:
        self.require(values[-1])
        with self._open() as database:
            database.execute(query, values)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """One transaction on the database, made for its owner only when there is none."""
        try:
            if not self._file.is_file():
                self._file.parent.mkdir(parents=True, exist_ok=True)
                os.close(os.open(self._file, os.O_CREAT | os.O_RDWR, 0o600))
            with closing(sqlite3.connect(self._file, timeout=5)) as database, database:
                database.execute(_SCHEMA)
                yield database
        except (sqlite3.Error, OSError) as error:
            raise AccountError(f"{self._file} cannot be used ({error}): restore it, or free space") from error


def folded(name: str) -> str:
    """A name as it is stored: people type capitals and blanks."""
    return name.strip().lower()
