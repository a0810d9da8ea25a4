"""What several test modules need: the mirror of the official texts, and a small real chat model."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.adapters.model_files import pull
from assistant.answering.pipeline import Assistant
from assistant.errors import AssistantError
from assistant.settings import Settings
from assistant.wiring import open_searcher
from ingest.pipeline import ingest

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: their driver keeps an event loop in this thread, in which no other can be started."""
    items.sort(key=lambda item: "browser" in item.path.parts)


_CACHE = Path(os.environ.pop("ASSISTANT_TEST_CACHE", "") or Path(__file__).resolve().parents[1] / ".cache")
"""Where pulled models are kept from one run of the tests to the next; taken out of the environment, since the
program refuses variables that are no settings."""


@pytest.fixture(scope="session")
def smollm() -> Path:
    """The GGUF of SmolLM2-135M, pulled by the program; without it a test is skipped, and fails where CI is set."""
    try:
        return pull(Settings(data=_CACHE), "smollm2-135m").path
    except AssistantError as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def indexed_data(mirror: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the full index, made by the program with its default embedder."""
    data = tmp_path_factory.mktemp("data")
    ingest(Settings(data=data, mirror=mirror, offline=True))
    return data


@pytest.fixture(scope="session")
def assistant(indexed_data: Path) -> Iterator[Assistant]:
    """The assistant over the full index, without a chat model, opened once."""
    opened = open_searcher(Settings(data=indexed_data, offline=True))
    yield opened
    opened.close()
