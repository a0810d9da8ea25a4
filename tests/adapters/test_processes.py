"""The index under several processes: readers beside an ingestion, an ingestion that is killed or meets a full disk."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import pytest

from assistant.adapters.edge_store import EmbeddedBackend
from assistant.adapters.generations import Generation, Generations, Recipe
from assistant.adapters.ingestion import run_ingestion
from assistant.adapters.line_files import write_lines
from tests.adapters.indexed import DIMENSIONS, HashingEmbedder, passage, quick_folder

SCRIPT = Path(__file__).with_name("index_process.py")
SIZE = 300
NO_LIMIT = "none"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with quick_folder(tmp_path) as quick:
        yield quick / "index"


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    private = tmp_path / "temporary"
    private.mkdir()
    return private


class Starter(Protocol):
    def __call__(self, *arguments: object) -> subprocess.Popen[str]: ...


@pytest.fixture
def start(temporary: Path) -> Iterator[Starter]:
    """Starts processes of `index_process.py`; none outlives its test."""
    started: list[subprocess.Popen[str]] = []

    def run(*arguments: object) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-W", "error", str(SCRIPT), *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "TMPDIR": str(temporary)},
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def first(folder: Path) -> str:
    """The name of a generation in use, whose passages are of version 1."""
    passages = [passage(f"Texte {n}, version 1.", f"rgpd:art-{n}") for n in range(1, SIZE + 1)]
    where = EmbeddedBackend()
    with Generations(folder).build(Recipe.of("hashing-64", where.kind)) as draft:
        (draft.acts / "version").write_text("1")
        write_lines(draft.lines, [], HashingEmbedder())
        with where.writer(draft, DIMENSIONS) as store:
            run_ingestion(passages, HashingEmbedder(), store, draft.docstore, lambda *_: None)
        draft.complete("corpus", SIZE, {}, datetime(2026, 11, 21, tzinfo=UTC))
    return draft.folder.name


def finished(process: subprocess.Popen[str]) -> str:
    """What a process printed; it must have ended well and said nothing on stderr."""
    out, err = process.communicate(timeout=120)
    assert (process.returncode, err) == (0, "")
    return out


def wait_for(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdout is not None
    for printed in process.stdout:
        if printed.startswith(line):
            return
    pytest.fail(f"the process ended without '{line}': {process.communicate()[1]}")


def generations(folder: Path) -> list[str]:
    return sorted(p.name for p in (folder / "generations").iterdir())


def current(folder: Path) -> Generation:
    generation = Generations(folder).current()
    assert generation is not None
    return generation


@pytest.mark.usefixtures("first")
def test_two_processes_ask_while_a_third_ingests_and_swaps(
    folder: Path, temporary: Path, start: Starter, tmp_path: Path
) -> None:
    stop = tmp_path / "stop"
    readers = [start("ask", folder, stop) for _ in range(2)]
    for reader in readers:
        wait_for(reader, "asking")
    for version in (2, 3):
        finished(start("ingest", folder, version, SIZE, 0, NO_LIMIT))
    stop.touch()
    for reader in readers:
        told = json.loads(finished(reader))
        assert told["kept"] == ["1."]
        assert all(len(versions) == 1 for versions in told["seen"]), "an opening saw two versions at once"
        assert told["seen"][-1] == ["3"]
    assert list(temporary.iterdir()) == [], "private copies were left behind"


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGINT])
def test_an_ingestion_that_was_stopped_in_the_middle_is_completed_by_the_next(
    folder: Path, first: str, start: Starter, blow: signal.Signals
) -> None:
    victim = start("ingest", folder, 2, SIZE, 60, NO_LIMIT)
    wait_for(victim, "embedded 256")
    victim.send_signal(blow)
    victim.communicate(timeout=60)
    assert victim.returncode != 0
    assert (generations(folder) == [first]) == (blow is signal.SIGINT), "ctrl-C cleans up, kill -9 cannot"
    assert current(folder).id == first
    finished(start("ingest", folder, 2, SIZE, 0, NO_LIMIT))
    kept, second = generations(folder)
    assert (kept, second) == (first, current(folder).id)
    assert current(folder).meta.passages == SIZE


def test_a_limit_met_by_the_engine_stops_an_ingestion_in_one_line(folder: Path, start: Starter) -> None:
    refused(start("ingest", folder, 1, SIZE, 0, 20_000_000))
    assert generations(folder) == []


def test_an_index_in_use_survives_an_ingestion_that_found_no_room(folder: Path, first: str, start: Starter) -> None:
    refused(start("ingest", folder, 2, SIZE, 0, 10_000))
    assert generations(folder) == [first]
    assert current(folder).id == first


def refused(process: subprocess.Popen[str]) -> None:
    """Files that may not grow further stand for a full disk: the process must say so in one line."""
    _, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "no space left" in err
    assert "nothing was lost" in err
    assert err.count("\n") == 1
