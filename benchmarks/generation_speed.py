"""Tokens a second through the product, and of a bare llama.cpp loop on the same model and prompt.

`python -m benchmarks.generation_speed MODEL.gguf QUESTION`. The product's time is that from its
first piece of text to its last, with grammar, sentence splitting and verification; the loop makes as
many tokens, greedily. They take turns. Prints JSON.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import llama_cpp

from assistant.adapters.gguf_header import BATCH
from assistant.adapters.llama_vocabulary import chat_formatter
from assistant.answering.pipeline import Assistant
from assistant.answering.question import Question
from assistant.evaluation.questions import TODAY
from assistant.ports import LanguageModel, Prompt, Usage
from assistant.settings import Settings, load_settings
from assistant.wiring import open_assistant
from benchmarks.processes import end

ROUNDS = 5
_TOKENS = 96


@dataclass(slots=True)
class Stopwatch:
    """A language model that keeps its last prompt and how long it took after its first piece of text."""

    model: LanguageModel
    prompt: Prompt | None = None
    seconds: float = 0.0

    @property
    def name(self) -> str:
        """The model's."""
        return self.model.name

    @property
    def usage(self) -> Usage | None:
        """The model's."""
        return self.model.usage

    def count_tokens(self, prompt: Prompt) -> int:
        """The model's."""
        return self.model.count_tokens(prompt)

    def stream(self, prompt: Prompt) -> Iterator[str]:
        """The model's pieces; what their reader does between two of them counts."""
        self.prompt = prompt
        started = None
        for piece in self.model.stream(prompt):
            started = started or time.perf_counter()
            yield piece
        self.seconds = time.perf_counter() - started if started else 0.0


def main() -> None:
    """Measure."""
    settings = load_settings(chat_model=sys.argv[1], generation={"max_tokens": _TOKENS})
    assistant = open_assistant(settings)
    assert assistant.composer.model is not None
    watch = Stopwatch(assistant.composer.model)
    assistant = replace(assistant, composer=replace(assistant.composer, model=watch))
    bare = _bare(Path(sys.argv[1]), settings)
    product_rate(assistant, watch, sys.argv[2])
    rounds = []
    for _ in range(ROUNDS):
        through, tokens = product_rate(assistant, watch, sys.argv[2])
        rounds.append((through, bare_rate(bare, watch.prompt, tokens), tokens))
    print(
        json.dumps(
            {
                "product": statistics.median(through for through, _, _ in rounds),
                "bare": statistics.median(loop for _, loop, _ in rounds),
                "ratio": statistics.median(through / loop for through, loop, _ in rounds),
                "tokens": rounds[-1][2],
                "rounds": ROUNDS,
            }
        )
    )


def product_rate(assistant: Assistant, watch: Stopwatch, question: str) -> tuple[float, int]:
    """Tokens a second after the first, and how many there were."""
    assistant.answer(Question(question, as_of=TODAY))
    assert watch.usage is not None
    tokens = watch.usage.generated_tokens - 1
    return tokens / watch.seconds, tokens


def bare_rate(llama: Any, prompt: Prompt | None, tokens: int) -> float:
    """Tokens a second after the first, of the plainest loop that the library offers."""
    assert prompt is not None
    messages = [{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.user}]
    text = chat_formatter(llama)(messages=messages).prompt
    stream = llama.generate(llama.tokenize(text.encode(), add_bos=False, special=True), temp=0.0)
    next(stream)
    started = time.perf_counter()
    for _ in range(tokens):
        next(stream)
    return tokens / (time.perf_counter() - started)


def _bare(path: Path, settings: Settings) -> Any:
    threads = settings.generation.threads or os.cpu_count() or 1
    window = settings.generation.context_window
    return llama_cpp.Llama(
        str(path), n_ctx=window, n_batch=min(BATCH, window), n_threads=threads, n_threads_batch=threads, verbose=False
    )


if __name__ == "__main__":
    end(main)
