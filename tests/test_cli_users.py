"""`assistant users`: accounts from the command line."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.accounts.store import Accounts
from assistant.chat.conversations.database import Database
from assistant.chat.conversations.record import Message
from assistant.chat.conversations.store import ConversationStore
from assistant.cli_users import app
from assistant.errors import AccountError, ConversationsError
from assistant.settings import Settings

PASSWORD = "quatre mots bien choisis\n"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSISTANT_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


def users(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, [*arguments], input=typed)


def test_accounts_are_added_and_listed(data: Path) -> None:
    assert "no accounts" in users("list").output
    first = users("add", "Ana", typed=PASSWORD)
    assert first.output == "ana: added; restart `assistant serve`: from now on everybody signs in\n"
    assert users("add", "bob", typed=PASSWORD).output == "bob: added\n"
    assert [line.split("\t")[0] for line in users("list").output.splitlines()] == ["ana", "bob"]
    assert [row["name"] for row in json.loads(users("list", "--json").output)] == ["ana", "bob"]


def test_a_password_is_changed(data: Path) -> None:
    users("add", "ana", typed=PASSWORD)
    assert users("password", "ana", typed="un tout autre choix\n").exit_code == 0
    assert Accounts(data).check("ana", "un tout autre choix")


def test_with_an_account_go_its_conversations(data: Path) -> None:
    users("add", "ana", typed=PASSWORD)

    async def steps() -> None:
        store = ConversationStore(Database(Settings(data=data, DATABASE_URL="")))
        await store.prepare(30)
        await store.write("ana", "1", Message("q", "user_message", "Une question ?", ""))
        await store.close()

    asyncio.run(steps())
    assert users("remove", "Ana").output == "ana: removed, 1 conversations erased\n"
    assert users("list").output.startswith("no accounts")


def test_conversations_that_cannot_be_erased_keep_their_account(data: Path) -> None:
    users("add", "ana", typed=PASSWORD)
    (data / "conversations.sqlite3").write_bytes(b"no database" * 100)
    assert isinstance(users("remove", "ana").exception, ConversationsError)
    assert Accounts(data).find("ana") is not None
    (data / "conversations.sqlite3").unlink()
    assert users("remove", "ana").output == "ana: removed, 0 conversations erased\n"


def test_what_cannot_be_done_is_said(data: Path) -> None:
    assert isinstance(users("add", "ana", typed="court\n").exception, AccountError)
    assert isinstance(users("remove", "ana").exception, AccountError)
    assert isinstance(users("password", "ana", typed=PASSWORD).exception, AccountError)
