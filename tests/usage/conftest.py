"""The example catalogue, the rules and the texts in force, opened once."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.library import Library
from assistant.usage.advise import Advisor
from assistant.usage.catalogue import load_catalogue
from assistant.usage.rules import Table, load_table
from tests.in_force import library_in_force


@pytest.fixture(scope="session")
def library(mirror: Path, tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_in_force(mirror, tmp_path_factory.mktemp("acts"))


@pytest.fixture(scope="session")
def table() -> Table:
    return load_table()


@pytest.fixture(scope="session")
def advisor(library: Library, table: Table) -> Advisor:
    return Advisor(load_catalogue(), table, library)
