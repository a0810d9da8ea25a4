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

from benchmarks.timing import Clock, Watched
from ingest import pipeline

STAGES = {
    "fetch": "fetch and check",
    "parse": "parse and audit",
    "passages": "passages",
    "load": "load the embedder",
    "embed": "embed",
    "store": "store",
    "swap": "sync and swap",
}
"""Names of the stages, in order."""


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
        "fetch_texts": clock.timed("fetch", pipeline.fetch_texts),
        "read_acts": clock.timed("parse", pipeline.read_acts),
        "passages": clock.timed("passages", lambda *args: list(_passages(*args))),
        "open_embedder": _opened(clock),
        "open_writer": _entered(clock, pipeline.open_writer, "store", {"write": "store", "delete": "store"}),
        "open_draft": _entered(clock, pipeline.open_draft, "swap", {"complete": "swap"}),
    }
    with ExitStack() as patched:
        for name, replacement in replacements.items():
            patched.enter_context(mock.patch.object(pipeline, name, replacement))
        yield


_passages = pipeline.passages


def _opened(clock: Clock) -> Callable[..., Any]:
    opening = clock.timed("load", pipeline.open_embedder)
    return lambda *args: Watched(opening(*args), clock, {"embed_passages": "embed"})


def _entered(
    clock: Clock, opening: Callable[..., AbstractContextManager[Any]], stage: str, methods: dict[str, str]
) -> Callable[..., AbstractContextManager[Any]]:
    """A context manager whose entry and exit belong to a stage, and whose object is watched."""

    @contextmanager
    def entered(*args: Any) -> Iterator[Any]:
        manager = opening(*args)
        with clock.span(stage):
            inner = manager.__enter__()
        try:
            yield Watched(inner, clock, methods)
        except BaseException as error:
            if not manager.__exit__(type(error), error, error.__traceback__):
                raise
        else:
            with clock.span(stage):
                manager.__exit__(None, None, None)

    return entered


if __name__ == "__main__":
    main()
