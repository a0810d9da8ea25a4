from __future__ import annotations

import sys

import pytest

from benchmarks.ingest_stages import watching
from benchmarks.processes import ProgramFailed, run
from benchmarks.timing import Clock, Watched, milliseconds
from ingest import pipeline


def test_a_program_is_measured_from_start_to_end() -> None:
    ran = run([sys.executable, "-c", "block = bytes(90_000_000); print('{\"done\": true}')"], {})
    assert ran.result() == {"done": True}
    assert ran.peak > 90_000_000
    assert ran.seconds > 0


def test_a_program_that_fails_is_not_measured() -> None:
    with pytest.raises(ProgramFailed, match="ended with 3"):
        run([sys.executable, "-c", "raise SystemExit(3)"], {})


def test_a_watched_object_is_the_object_with_its_calls_timed() -> None:
    clock = Clock()
    words = Watched(["b", "a"], clock, {"sort": "sorting"})
    words.sort()
    assert words.pop() == "b"
    assert [len(samples) for samples in clock.samples.values()] == [1]
    assert clock.total("sorting") > 0


def test_a_percentile_is_of_milliseconds() -> None:
    assert milliseconds([0.001] * 19 + [0.1]) == pytest.approx({"p50": 1.0, "p95": 5.95})


def test_every_stage_that_is_timed_is_one_of_the_pipeline() -> None:
    before = pipeline.read_acts
    with watching(Clock()):
        assert pipeline.read_acts is not before
    assert pipeline.read_acts is before
