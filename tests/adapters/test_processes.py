"""The index under several processes: readers beside an ingestion, an ingestion that is killed or meets a full disk."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.adapters.generations import Generations
from tests.adapters.indexed import quick_folder

SCRIPT = Path(__file__).with_name("index_process.py")
SIZE = 300


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with quick_folder(tmp_path) as quick:
        yield quick / "index"


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    private = tmp_path / "temporary"
    private.mkdir()
    return private


def start(temporary: Path, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", str(SCRIPT), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary)},
    )


def ingest(
    temporary: Path, folder: Path, version: int, pause: float = 0.0, limit: int | str = "none"
) -> subprocess.Popen[str]:
    return start(temporary, "ingest", folder, version, SIZE, pause, limit)


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


def test_two_processes_ask_while_a_third_ingests_and_swaps(folder: Path, temporary: Path, tmp_path: Path) -> None:
    stop = tmp_path / "stop"
    finished(ingest(temporary, folder, 1))
    readers = [start(temporary, "ask", folder, stop) for _ in range(2)]
    for reader in readers:
        wait_for(reader, "asking")
    for version in (2, 3):
        finished(ingest(temporary, folder, version))
    stop.touch()
    for reader in readers:
        told = json.loads(finished(reader))
        assert told["kept"] == ["1."]
        assert all(len(versions) == 1 for versions in told["seen"]), "an opening saw two versions at once"
        assert told["seen"][-1] == ["3"]
    assert list(temporary.iterdir()) == [], "private copies were left behind"


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGINT])
def test_an_ingestion_that_was_stopped_in_the_middle_is_completed_by_the_next(
    folder: Path, temporary: Path, blow: signal.Signals
) -> None:
    finished(ingest(temporary, folder, 1))
    (first,) = generations(folder)
    victim = ingest(temporary, folder, 2, pause=60)
    wait_for(victim, "embedded 256")
    victim.send_signal(blow)
    victim.communicate(timeout=60)
    assert victim.returncode != 0
    left = generations(folder)
    assert (left == [first]) == (blow is signal.SIGINT), "ctrl-C cleans up, kill -9 cannot"
    current = Generations(folder).current()
    assert current is not None
    assert current.id == first
    finished(ingest(temporary, folder, 2))
    (kept, second) = generations(folder)
    assert kept == first
    current = Generations(folder).current()
    assert current is not None
    assert (current.id, current.meta.passages) == (second, SIZE)


def test_a_limit_met_by_the_engine_stops_an_ingestion_in_one_line(folder: Path, temporary: Path) -> None:
    full = ingest(temporary, folder, 1, limit=20_000_000)
    refused(full)
    assert generations(folder) == []


def test_an_index_in_use_survives_an_ingestion_that_found_no_room(folder: Path, temporary: Path) -> None:
    finished(ingest(temporary, folder, 1))
    before = generations(folder)
    refused(ingest(temporary, folder, 2, limit=10_000))
    assert generations(folder) == before
    finished(ingest(temporary, folder, 2))


def refused(process: subprocess.Popen[str]) -> None:
    """Files that may not grow further stand for a full disk: the process must say so in one line."""
    _, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "no space left" in err
    assert "nothing was lost" in err
    assert err.count("\n") == 1
