from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from assistant.chat.conversations import database
from assistant.chat.conversations.database import Database
from assistant.errors import ConversationsError
from assistant.settings import Settings

SECRET = "postgresql://city:a-secret-word@db.example.invalid/assistant"


def test_postgres_without_its_package_is_refused_with_the_cure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "find_spec", lambda _: None)
    with pytest.raises(ConversationsError, match=r"asyncpg is not installed: run `pip install .*postgres") as refused:
        Database(Settings(data=tmp_path, DATABASE_URL=SECRET))
    assert "a-secret-word" not in str(refused.value)


@pytest.mark.parametrize("given", ["mysql://city:a-secret-word@host/name", "sqlite:///file", "a-secret-word"])
def test_another_kind_of_database_is_refused(tmp_path: Path, given: str) -> None:
    with pytest.raises(ConversationsError, match=r"postgresql://user:password@host/name") as refused:
        Database(Settings(data=tmp_path, DATABASE_URL=given))
    assert "a-secret-word" not in str(refused.value)


def test_a_data_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(ConversationsError, match=r"conversations\.sqlite3 cannot be made .*change 'data'"):
        Database(Settings(data=blocked, DATABASE_URL=""))


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "conversations.sqlite3").write_bytes(b"no database at all, but long enough to be read" * 40)

    async def steps() -> None:
        opened = Database(Settings(data=tmp_path, DATABASE_URL=""))
        try:
            await opened.prepare()
        finally:
            await opened.close()

    with pytest.raises(ConversationsError, match=r"conversations\.sqlite3 \(DatabaseError\): free space or restore it"):
        asyncio.run(steps())


def test_closing_waits_for_what_is_being_written(tmp_path: Path) -> None:
    async def steps() -> list[str]:
        opened, order = Database(Settings(data=tmp_path, DATABASE_URL="")), []

        async def write() -> None:
            async with opened.transaction():
                await asyncio.sleep(0.05)
            order.append("written")

        writing = asyncio.create_task(write())
        await opened.close()
        order.append("closed")
        await writing
        return order

    assert asyncio.run(steps()) == ["written", "closed"]


def test_the_address_of_a_database_does_not_change_an_index(tmp_path: Path) -> None:
    plain = Settings(data=tmp_path, DATABASE_URL="")
    other = Settings(data=tmp_path, DATABASE_URL=SECRET, retention_days=30)
    assert plain.fingerprint() == other.fingerprint()
