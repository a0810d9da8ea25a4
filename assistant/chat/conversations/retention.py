"""What is kept of people is forgotten in time: conversations, reports, and the questions told to those who maintain.

The failure this prevents: a server that runs for a year and erases only when it starts, and files beside
the database that hold whole questions for ever.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.chat.conversations.store import ConversationStore
from assistant.errors import ConversationsError
from assistant.settings import Settings

_LOGGER = logging.getLogger(__name__)
REPORTS = "signalements.jsonl"
ASKED = "feedback.jsonl"
"""Files of the data folder, one JSON object a line; its day stands under `at` or `day`."""
_DAY = 24 * 3600
_SECONDS_FOR_THE_LOCK = 10


class Retention:
    """Erases what is older than the settings allow; `now` is the clock, in UTC."""

    def __init__(self, store: ConversationStore, settings: Settings, now: Callable[[], datetime] | None = None) -> None:
        self._store = store
        self._data = settings.data
        self._kept = timedelta(days=settings.retention_days)
        self._now = now or _utc_now

    async def apply(self) -> None:
        """Erase once; `ConversationsError` when the database or a file cannot be written."""
        await self._store.prepare(self._kept.days)
        await asyncio.to_thread(self.forget_lines)

    def forget_lines(self) -> None:
        """Only the files."""
        for name in (REPORTS, ASKED):
            _forget(self._data / name, (self._now() - self._kept).date())

    async def daily(self, seconds: float = _DAY) -> None:
        """Erase every day until cancelled; a day on which it fails is logged, and made up for on the next."""
        while True:
            await asyncio.sleep(seconds)
            try:
                await self.apply()
            except ConversationsError as error:
                _LOGGER.warning("what is too old could not be erased: %s", error)


@contextmanager
def changing(file: Path) -> Iterator[None]:
    """Nobody else of this program changes the file meanwhile; `ConversationsError` when it cannot be changed."""
    try:
        with FileLock(f"{file}.lock", timeout=_SECONDS_FOR_THE_LOCK, mode=0o600):
            yield
    except (OSError, Timeout) as error:
        reason = getattr(error, "strerror", None) or "another program holds it"
        raise ConversationsError(f"{file} cannot be written ({reason}): free space, or end that program") from error


def _forget(file: Path, oldest: date) -> None:
    """Drop the lines of before `oldest`, and those whose day cannot be read, since nobody would ever drop them."""
    if not file.is_file():
        return
    with changing(file):
        lines = file.read_bytes().splitlines(keepends=True)
        kept = [line for line in lines if (day := _day(line)) is not None and day >= oldest]
        if len(kept) < len(lines):
            beside = file.with_name(f"{file.name}.new")
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                out.writelines(kept)
            beside.replace(file)


def _day(line: bytes) -> date | None:
    try:
        row = json.loads(line)
        return date.fromisoformat(str(row.get("at") or row.get("day"))[:10])
    except (ValueError, AttributeError):
        return None


def _utc_now() -> datetime:
    return datetime.now(tz=UTC)
