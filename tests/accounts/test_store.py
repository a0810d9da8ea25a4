from __future__ import annotations

from pathlib import Path

import pytest

from assistant.accounts.store import Accounts
from assistant.errors import AccountError

PASSWORD = "quatre mots bien choisis"


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    return Accounts(tmp_path / "data")


def test_an_account_is_checked_by_name_and_password(accounts: Accounts) -> None:
    added = accounts.add(" Ana.Bel@ville.fr ", PASSWORD)
    assert added.name == "ana.bel@ville.fr"
    assert accounts.check("ANA.BEL@ville.fr", PASSWORD) == added
    assert accounts.check("ana.bel@ville.fr", PASSWORD + "!") is None
    assert accounts.check("bob", PASSWORD) is None
    assert accounts.check("ana.bel@ville.fr", "x" * 100_000) is None


def test_reading_makes_no_file(accounts: Accounts, tmp_path: Path) -> None:
    assert accounts.all() == ()
    assert accounts.find("ana") is None
    assert accounts.check("ana", PASSWORD) is None
    assert not list(tmp_path.iterdir())


def test_the_password_cannot_be_read_back_and_the_file_is_its_owners(accounts: Accounts, tmp_path: Path) -> None:
    accounts.add("ana", PASSWORD)
    file = tmp_path / "data" / "accounts.sqlite3"
    assert PASSWORD.encode() not in file.read_bytes()
    assert b"$argon2id$" in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0


def test_another_password_changes_the_mark_of_sessions(accounts: Accounts) -> None:
    before = accounts.add("ana", PASSWORD)
    accounts.change_password("Ana", "un tout autre choix")
    after = accounts.find("ana")
    assert after is not None
    assert after.mark != before.mark
    assert accounts.check("ana", PASSWORD) is None
    assert accounts.check("ana", "un tout autre choix") == after


def test_a_new_account_of_the_same_name_is_another_one(accounts: Accounts) -> None:
    before = accounts.add("ana", PASSWORD)
    accounts.remove("ana")
    assert accounts.all() == ()
    assert accounts.add("ana", PASSWORD).mark != before.mark


@pytest.mark.parametrize(
    "name", ["", "local", "Local", "-ana", "ana bel", "ana/bel", "é", "x" * 65, "ana\n"[:4] + "\x00"]
)
def test_names_that_cannot_be_are_refused(accounts: Accounts, name: str) -> None:
    with pytest.raises(AccountError, match="cannot be a user name"):
        accounts.add(name, PASSWORD)


@pytest.mark.parametrize("password", ["", "onze lettre", "x" * 201])
def test_passwords_that_are_too_short_or_too_long_are_refused(accounts: Accounts, password: str) -> None:
    with pytest.raises(AccountError, match="a password has 12 to 200 characters"):
        accounts.add("ana", password)
    assert accounts.all() == ()


def test_a_name_that_is_taken_or_unknown_is_said(accounts: Accounts) -> None:
    accounts.add("ana", PASSWORD)
    with pytest.raises(AccountError, match="user 'ana' exists: `assistant users password ana`"):
        accounts.add("ANA", PASSWORD)
    with pytest.raises(AccountError, match="there is no user 'bob': `assistant users list`"):
        accounts.remove("bob")
    with pytest.raises(AccountError, match="there is no user 'bob'"):
        accounts.change_password("bob", PASSWORD)


def test_a_broken_file_is_named(accounts: Accounts, tmp_path: Path) -> None:
    accounts.add("ana", PASSWORD)
    (tmp_path / "data" / "accounts.sqlite3").write_bytes(b"no database at all" * 100)
    with pytest.raises(AccountError, match=r"accounts\.sqlite3 cannot be used .*restore it"):
        accounts.all()
