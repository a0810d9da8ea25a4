"""Two real servers on this machine: one without accounts, one with those of Ana and Bob."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.accounts.store import Accounts

SERVED = Path(__file__).with_name("served.py")
ROOT = Path(__file__).resolve().parents[3]
PASSWORDS = {"ana": "quatre mots bien choisis", "bob": "encore quatre autres mots"}


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """The address of a server over `data`; ended as ctrl-C ends it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "ASSISTANT_DATA": str(data), "PYTHONPATH": str(ROOT)}
    environment.pop("DATABASE_URL", None)
    process = subprocess.Popen(
        [sys.executable, str(SERVED), str(port)], env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        assert address, f"the server ended with {process.wait()}"
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


@pytest.fixture(scope="session")
def open_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("open")


@pytest.fixture(scope="session")
def open_server(open_data: Path) -> Iterator[str]:
    """No accounts: one person, no sign-in."""
    with serving(open_data) as address:
        yield address


@pytest.fixture(scope="session")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Accounts:
    accounts = Accounts(tmp_path_factory.mktemp("closed"))
    for name, password in PASSWORDS.items():
        accounts.add(name, password)
    return accounts


@pytest.fixture(scope="session")
def closed_server(accounts: Accounts) -> Iterator[str]:
    """Ana and Bob have accounts."""
    with serving(accounts._file.parent) as address:
        yield address
