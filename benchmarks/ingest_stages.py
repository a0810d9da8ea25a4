"""`assistant ingest` with a clock on each of its stages; prints their seconds as JSON.

It runs the command itself, not a copy of it: the functions that `ingest.pipeline` calls are timed
where it calls them. The failure this prevents: stages that no longer add up to the command.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any
from unittest import mock

from assistant.wiring import open_draft, open_embedder, open_writer
from benchmarks.processes import end
from benchmarks.speed_rows import STAGES
from benchmarks.timing import Clock, Watched
from ingest import pipeline
from ingest.passages import passages
from ingest.texts import fetch_texts


def main() -> None:
    """Run the command, then say where its time went."""
    from assistant.cli import app

    clock = Clock()
    with watching(clock), clock.span("all"):
        app(["ingest"], standalone_mode=False)
    found = {stage: round(clock.total(stage), 3) for stage in STAGES}
    print(json.dumps({"stages": found, "all": round(clock.total("all"), 3)}), file=sys.stdout)


@contextmanager
def watching(clock: Clock) -> Iterator[None]:
    """Time the stages of every ingestion inside."""
    replacements: dict[str, Any] = {
        "fetch_texts": clock.timed("fetch", fetch_texts),
        "read_acts": clock.timed("parse", pipeline.read_acts),
        "passages": clock.timed("passages", lambda *args: list(passages(*args))),
        "open_embedder": _opened(clock),
        "open_writer": _entered(clock, open_writer, "store", {"write": "store", "delete": "store"}),
        "open_draft": _entered(clock, open_draft, "swap", {"complete": "swap"}),
    }
    with ExitStack() as patched:
        for name, replacement in replacements.items():
            patched.enter_context(mock.patch.object(pipeline, name, replacement))
        yield


def _opened(clock: Clock) -> Callable[..., Any]:
    opening = clock.timed("load", open_embedder)
    return lambda *args: Watched(opening(*args), clock, {"embed_passages": "embed"})


def _entered(
    clock: Clock, opening: Callable[..., AbstractContextManager[Any]], stage: str, methods: dict[str, str]
) -> Callable[..., AbstractContextManager[Any]]:
    """A context manager whose entry and exit belong to a stage, and whose object is watched."""

    @contextmanager
    def entered(*args: Any) -> Iterator[Any]:
        with ExitStack() as opened:
            with clock.span(stage):
                inner = opened.enter_context(opening(*args))
            yield Watched(inner, clock, methods)
            with clock.span(stage):
                opened.close()

    return entered


if __name__ == "__main__":
    end(main)
