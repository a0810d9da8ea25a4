"""The same work by llama-index, in turns with ours: `python -m benchmarks.peer_speed QUESTIONS`.

Two peers: its defaults (chunks of 1,024 tokens, dense MiniLM) and its hybrid over our passages with
our embedder and encoder, so that only splitting, store and fusion differ; both in Qdrant's local
mode. What would take longer than the budget is done for a part of the texts, and said. Prints JSON.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.answering.pipeline import Assistant
from assistant.answering.question import Question
from assistant.ports import Embedder
from assistant.settings import load_settings
from assistant.wiring import open_searcher
from benchmarks import peers
from benchmarks.minilm import open_minilm
from benchmarks.processes import end
from benchmarks.question_sets import read_questions
from benchmarks.texts import all_passages, documents
from benchmarks.timing import Clock

BUDGET = 45.0
"""Seconds that a peer may embed; beyond it a part of the texts stands for all."""
_TRIED = 32
_ASKED = 24
_WARM = 3


def main() -> None:
    """Measure."""
    settings = load_settings()
    questions = read_questions(Path(sys.argv[1]))[:: max(1, 160 // _ASKED)][: _ASKED + _WARM]
    assistant = open_searcher(settings)
    minilm = open_minilm(settings)
    found: dict[str, Any] = {"defaults": None}
    if minilm is not None:
        found["defaults"] = _peer(
            lambda: peers.split(documents(assistant.library)), minilm, peers.dense_search, assistant, questions
        )
    own = assistant.retriever.embedder
    found["hybrid"] = _peer(
        lambda: peers.one_per_passage(all_passages(assistant.library)), own, peers.hybrid_search, assistant, questions
    )
    print(json.dumps(found))


def _peer(
    making: Callable[[], list[peers.Chunk]],
    embedder: Embedder,
    opening: peers.Opening,
    assistant: Assistant,
    questions: Sequence[Question],
) -> dict[str, Any]:
    """Seconds of each stage of its ingestion, and its searches in turns with ours."""
    clock = Clock()
    with clock.span("split"):
        chunks = making()
    kept = within_budget(chunks, embedder)
    with clock.span("embed"):
        peers.embed(kept, embedder.embed_passages([chunk.node.get_content() for chunk in kept]))
    with TemporaryDirectory() as folder, ExitStack() as opened:
        with clock.span("store"):
            search = opened.enter_context(opening(kept, embedder, Path(folder)))
        _take_turns(assistant, search, questions[:_WARM], Clock())
        _take_turns(assistant, search, questions[_WARM:], clock)
    ratios = [theirs / ours for theirs, ours in zip(clock.samples["theirs"], clock.samples["ours"], strict=True)]
    return {
        **{stage: clock.total(stage) for stage in ("split", "embed", "store")},
        "kept": len(kept),
        "of": len(chunks),
        "search": clock.milliseconds("theirs"),
        "ours": clock.milliseconds("ours"),
        "ratio": statistics.median(ratios),
        "asked": len(ratios),
    }


def within_budget(chunks: list[peers.Chunk], embedder: Embedder) -> list[peers.Chunk]:
    """As many chunks, spread over the texts, as the budget allows at the speed of a few of them."""
    some = chunks[:: max(1, len(chunks) // _TRIED)][:_TRIED]
    texts = [chunk.node.get_content() for chunk in some]
    embedder.embed_passages(texts[:2])
    started = time.perf_counter()
    embedder.embed_passages(texts)
    each = (time.perf_counter() - started) / len(texts)
    step = max(1, -int(-len(chunks) * each // BUDGET))
    return chunks[::step]


def _take_turns(assistant: Assistant, search: peers.Search, questions: Sequence[Question], clock: Clock) -> None:
    for question in questions:
        with clock.span("ours"):
            assistant.search(question)
        with clock.span("theirs"):
            search(question.text, question.lang or "fr")


if __name__ == "__main__":
    end(main)
