"""The database of conversations: SQLite in the data folder, or Postgres where `DATABASE_URL` names one.

The failure this prevents: a file that other users of the machine can read, text that stays in the file
after it was erased, and a password of the database in a message or a log.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from assistant.chat.conversations.tables import METADATA
from assistant.errors import ConversationsError
from assistant.settings import Settings

_FILE = "conversations.sqlite3"
_PRAGMAS = ("foreign_keys = ON", "journal_mode = TRUNCATE", "secure_delete = ON")
_SECONDS = 10
_SECONDS_TO_END = 2.0
_TICK = 0.01


class Database:
    """Transactions on the database that the settings name; opened at the first, in the event loop that asks."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._name, self._engine = _engine(settings)
        self._open = 0

    async def prepare(self) -> None:
        """Make the tables that are missing."""
        async with self.transaction() as connection:
            await connection.run_sync(METADATA.create_all)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """One transaction, committed at the end; `ConversationsError` when the database cannot be used."""
        self._open += 1
        try:
            async with self._engine.begin() as connection:
                yield connection
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            cause = getattr(error, "orig", None) or error
            raise ConversationsError(
                f"conversations cannot be kept in {self._name} ({type(cause).__name__}): "
                + ("check that it runs and DATABASE_URL" if self._settings.database_url else "free space or restore it")
            ) from error
        finally:
            self._open -= 1

    async def close(self) -> None:
        """End the connections, once what was begun is written; Chainlit writes in tasks that nobody waits for."""
        deadline = asyncio.get_running_loop().time() + _SECONDS_TO_END
        await asyncio.sleep(_TICK)
        while self._open and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(_TICK)
        await self._engine.dispose()


def _engine(settings: Settings) -> tuple[str, AsyncEngine]:
    if settings.database_url:
        url = _postgres(settings.database_url)
        return f"{url.host}/{url.database}", create_async_engine(
            url, pool_pre_ping=True, connect_args={"timeout": _SECONDS}, hide_parameters=True
        )
    file = settings.data / _FILE
    _make(file)
    # One connection: SQLite writes one transaction at a time, and each takes about a millisecond.
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(file)), pool_size=1, max_overflow=0, hide_parameters=True
    )
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    return str(file), engine


def _postgres(given: str) -> URL:
    try:
        url = make_url(given)
    except ArgumentError as error:
        raise ConversationsError("DATABASE_URL is no address: write postgresql://user:password@host/name") from error
    if url.drivername not in {"postgresql", "postgres", "postgresql+asyncpg"}:
        raise ConversationsError(
            f"DATABASE_URL names '{url.drivername}', only postgresql://user:password@host/name is known: "
            "correct it, or unset it to keep conversations in the data folder"
        )
    if find_spec("asyncpg") is None:
        raise ConversationsError(
            "DATABASE_URL names a Postgres database and the package asyncpg is not installed: "
            "run `pip install -c constraints.txt '.[postgres]'`"
        )
    return url.set(drivername="postgresql+asyncpg")


def _make(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.is_file():
            os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise ConversationsError(f"{file} cannot be made ({error.strerror}): free space or change 'data'") from error


def _set_pragmas(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
