"""A process that ingests or asks, started by test_processes: `index_process.py ingest|ask FOLDER …`."""

from __future__ import annotations

import importlib
import json
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.adapters.generations import Generations, Recipe
from assistant.adapters.index import backend, open_index
from assistant.adapters.line_files import write_lines
from assistant.errors import AssistantError

# Loaded by its own name: as a script's neighbour, for `tests` may name another package outside pytest.
indexed: Any = importlib.import_module("indexed")
RECIPE = Recipe.of("hashing-64", "edge")
EMBEDDED = backend("")


def ingest(folder: Path, version: int, size: int, pause: float) -> None:
    """Index `size` passages that all say which version they are of; `pause` seconds between batches."""
    from assistant.adapters.ingestion import run_ingestion

    def progress(done: int, total: int) -> None:
        print(f"embedded {done} of {total}", flush=True)
        if 0 < done < total:
            time.sleep(pause)

    passages = [indexed.passage(f"Texte {n}, version {version}.", f"rgpd:art-{n}") for n in range(1, size + 1)]
    with Generations(folder).build(RECIPE) as draft:
        (draft.acts / "version").write_text(str(version), encoding="utf-8")
        write_lines(draft.lines, [], indexed.HashingEmbedder())
        with EMBEDDED.writer(draft, indexed.DIMENSIONS) as store:
            run_ingestion(passages, indexed.HashingEmbedder(), store, draft.docstore, progress)
            count = store.count()
        draft.complete("corpus", count, {}, datetime.now(tz=UTC))


def ask(folder: Path, stop: Path) -> None:
    """Open the index and ask, again and again until `stop` exists; print which versions each opening saw."""
    seen: list[list[str]] = []
    first = open_index(Generations(folder), RECIPE, EMBEDDED)
    print("asking", flush=True)
    ended = False
    while not ended:
        ended = stop.exists()
        index = open_index(Generations(folder), RECIPE, EMBEDDED)
        hits = indexed.ask(index.store, "texte version", limit=60)
        versions = {text.split("version ")[1].rstrip(".") for text in indexed.texts(hits)}
        seen.append(sorted(versions | {(index.acts / "version").read_text(encoding="utf-8")}))
        index.close()
        time.sleep(0.1)
    kept = {text.split("version ")[1] for text in indexed.texts(indexed.ask(first.store, "texte version", limit=60))}
    print(json.dumps({"seen": seen, "kept": sorted(kept)}))
    # `first` is not closed: its private copy goes with the process.


def main(command: str, folder: str, *arguments: str) -> int:
    """Exit 1 and one line on stderr for an error that the user can mend."""
    try:
        if command == "ask":
            ask(Path(folder), Path(arguments[0]))
        else:
            version, size, pause, limit = arguments
            if limit != "none":
                resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
            ingest(Path(folder), int(version), int(size), float(pause))
    except AssistantError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
