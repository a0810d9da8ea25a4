"""What several test modules need: the mirror of the official texts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "corpus"


@pytest.fixture(scope="session")
def mirror() -> Path:
    """The folder of the official texts; without it a test is skipped, and fails where CI is set."""
    named = os.environ.get("ASSISTANT_MIRROR")
    folder = Path(named) if named else _BESIDE
    if (folder / "SOURCES.tsv").is_file():
        return folder
    reason = f"no official texts at {folder}: set ASSISTANT_MIRROR to their folder"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
