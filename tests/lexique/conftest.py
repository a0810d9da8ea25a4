"""The texts in force, for the tests of the data."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.library import Library
from tests.in_force import library_in_force


@pytest.fixture(scope="session")
def library(mirror: Path, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Everything in force on the day of the tests."""
    return library_in_force(mirror, tmp_path_factory.mktemp("acts"))
