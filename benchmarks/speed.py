"""`make bench`: how fast the product is, and the same work by llama-index beside it, in one run.

    python -m benchmarks.speed [--questions FILE]

Every part runs in a process of its own, on an index made for the run in a folder of its own; the
models and the texts fetched before are used where they lie. Prints Markdown.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.errors import AssistantError
from assistant.models import installed
from assistant.resources import corpus_folder
from assistant.settings import Settings, load_settings
from benchmarks import served, speed_rows
from benchmarks.processes import ProgramFailed, assistant, part, run
from benchmarks.speed_rows import Row
from benchmarks.table import markdown

_ROOT = corpus_folder().parent
_QUESTIONS = _ROOT / "tests" / "evaluation" / "questions.jsonl"
_QUESTION = "Combien de temps pour notifier une violation de données ?"
_CHAT_MODEL = "smollm2-135m"
_COLD_STARTS = 3
_SHARED = ("models", "sources")
"""Folders of the data that are not made anew."""


def main() -> int:
    """Measure and print, part by part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=Path, default=_QUESTIONS, help="JSON lines")
    questions = parser.parse_args().questions.resolve()
    rows: list[Row] = []
    try:
        settings = load_settings()
        with TemporaryDirectory(prefix="assistant-bench-") as folder:
            variables = fresh(settings, Path(folder))
            for name, measure in parts(settings, variables, questions):
                print(f"measuring {name} …", file=sys.stderr, flush=True)
                rows += measure()
    except (AssistantError, ProgramFailed) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(markdown(speed_rows.HEADER, [row.cells for row in rows]))
    return 0


def fresh(settings: Settings, data: Path) -> dict[str, str]:
    """A data folder without an index, and the environment that names it."""
    for name in _SHARED:
        if (settings.data / name).is_dir():
            (data / name).symlink_to((settings.data / name).resolve(), target_is_directory=True)
    return {"ASSISTANT_DATA": str(data)}


def parts(
    settings: Settings, variables: dict[str, str], questions: Path
) -> Iterator[tuple[str, Callable[[], Iterator[Row]]]]:
    """What is measured, in order: the first makes the index that the others use."""
    yield (
        "ingestion",
        lambda: speed_rows.ingestion(run(part("ingest_stages"), variables), run(assistant("ingest"), variables)),
    )
    yield (
        "cold search",
        lambda: speed_rows.cold_search(
            [run(assistant("search", _QUESTION, "--json"), variables) for _ in range(_COLD_STARTS)]
        ),
    )
    yield "warm search", lambda: speed_rows.warm_search(run(part("warm_search", str(questions)), variables).result())
    yield "serve", lambda: speed_rows.serve(served.memory(variables))
    yield "generation", lambda: generation(settings, variables)
    yield "llama-index", lambda: speed_rows.peers(run(part("peer_speed", str(questions)), variables).result())


def generation(settings: Settings, variables: dict[str, str]) -> Iterator[Row]:
    """Through the product and bare; a row that says so where there is no model."""
    model = chat_model(settings)
    if model is None:
        return speed_rows.no_generation(_CHAT_MODEL)
    return speed_rows.generation(run(part("generation_speed", str(model), _QUESTION), variables).result(), model.name)


def chat_model(settings: Settings) -> Path | None:
    """The small model, among those pulled or in the folder where the tests keep theirs."""
    kept_by_tests = settings.model_copy(update={"data": _ROOT / ".cache"})
    return installed(settings, _CHAT_MODEL) or installed(kept_by_tests, _CHAT_MODEL)


if __name__ == "__main__":
    sys.exit(main())
