"""Search and extractive answers in one warm process: `python -m benchmarks.warm_search QUESTIONS`.

Half of the questions warm it up, the other half are asked once each and timed: what a person asks
has not been asked before. Prints JSON.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil

from assistant.answering.pipeline import Assistant
from assistant.answering.question import Question
from assistant.settings import load_settings
from assistant.wiring import current_index, open_searcher
from benchmarks.processes import end
from benchmarks.question_sets import read_questions
from benchmarks.timing import Clock, Watched


def main() -> None:
    """Measure."""
    settings = load_settings()
    questions = read_questions(Path(sys.argv[1]))
    clock = Clock()
    assistant = watched(open_searcher(settings), clock)
    for question in questions[::2]:
        assistant.search(question)
    clock.samples.clear()
    search(assistant, questions[1::2], clock)
    found: dict[str, Any] = {"memory": psutil.Process().memory_info().rss}
    found |= {name: clock.milliseconds(name) for name in ("search", "store", "embed")}
    found["store_share"] = clock.total("store") / clock.total("search")
    for question in questions[::2]:
        assistant.answer(question)
    for question in questions[1::2]:
        with clock.span("ask"):
            assistant.answer(question)
    index = current_index(settings)
    assert index is not None
    found |= {
        "ask": clock.milliseconds("ask"),
        "asked": len(questions[1::2]),
        "passages": index.meta.passages,
        "disk": sum(file.stat().st_blocks * 512 for file in index.folder.rglob("*") if file.is_file()),
    }
    print(json.dumps(found))


def watched(assistant: Assistant, clock: Clock) -> Assistant:
    """The same, its store and its embedder timed."""
    retriever = replace(
        assistant.retriever,
        store=Watched(assistant.retriever.store, clock, {"search": "store"}),
        embedder=Watched(assistant.retriever.embedder, clock, {"embed_questions": "embed"}),
    )
    return replace(assistant, retriever=retriever)


def search(assistant: Assistant, questions: list[Question], clock: Clock) -> None:
    """Each question once."""
    for question in questions:
        with clock.span("search"):
            assistant.search(question)


if __name__ == "__main__":
    end(main)
