from __future__ import annotations

import socket
from pathlib import Path

import pytest

from assistant.accounts.reach import served_names
from assistant.accounts.store import Accounts
from assistant.errors import ServeError


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    return Accounts(tmp_path)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.2"])
def test_this_machines_own_address_needs_no_account(accounts: Accounts, host: str) -> None:
    assert set(served_names(host, accounts)) == {host, "127.0.0.1", "localhost"}


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.10", "assistant.ville.example"])
def test_any_other_address_needs_one(accounts: Accounts, host: str) -> None:
    with pytest.raises(
        ServeError, match=r"has no accounts: add one \(`assistant users add NAME`\), or use 127"
    ) as refused:
        served_names(host, accounts)
    assert "\n" not in str(refused.value)
    accounts.add("ana", "quatre mots bien choisis")
    assert host == "0.0.0.0" or served_names(host, accounts) == (host,)


def test_on_every_address_each_name_of_this_machine_is_known(accounts: Accounts) -> None:
    accounts.add("ana", "quatre mots bien choisis")
    names = served_names("0.0.0.0", accounts)
    assert {"127.0.0.1", "localhost", socket.gethostname()} <= set(names)


@pytest.mark.parametrize("host", ["", "::1", "::"])
def test_what_is_no_address_of_ours_is_refused(accounts: Accounts, host: str) -> None:
    accounts.add("ana", "quatre mots bien choisis")
    with pytest.raises(ServeError, match="cannot be served: give an IPv4 address"):
        served_names(host, accounts)
