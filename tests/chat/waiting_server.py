"""`assistant serve` whose real chat model stays at its first word until a file appears; not a test.

Arguments: the model's file, and the file that lets it go on. The model is held inside its own lock, as
it is while it writes a long answer.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import Any

from assistant.adapters.llama_worker import LlamaWorker
from assistant.chat.server import serve
from assistant.settings import load_settings

MODEL, GATE = sys.argv[1], Path(sys.argv[2])

_stream = LlamaWorker.stream


def held(self: LlamaWorker, *messages: Any, **settings: Any) -> Generator[str, None, None]:
    """The same pieces of text, the first one kept back until the gate is open."""
    with closing(_stream(self, *messages, **settings)) as pieces:
        for piece in pieces:
            if not GATE.exists():
                sys.stdout.write("a model writes\n")
                sys.stdout.flush()
            while not GATE.exists():
                time.sleep(0.02)
            yield piece


LlamaWorker.stream = held  # type: ignore[method-assign]  # the model itself, slowed
settings = load_settings()
changed = {
    "chat_model": MODEL,
    "generation": settings.generation.model_copy(update={"max_tokens": 16, "threads": 1}),
    "retrieval": settings.retrieval.model_copy(update={"evidence": 1}),
}
serve(settings.model_copy(update=changed), port=0)
