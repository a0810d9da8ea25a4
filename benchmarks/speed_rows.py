"""The rows of the speed table: what was measured, the figure, the aim, and how it was measured.

The failure this prevents: a figure that nobody can reproduce, because the table does not say what
it is a figure of.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.processes import Ran

STAGES = {
    "fetch": "fetch and check",
    "parse": "parse and audit",
    "passages": "passages",
    "load": "load the embedder",
    "embed": "embed",
    "store": "store",
    "swap": "sync and swap",
}
"""The stages of an ingestion, in order, and what the table calls them."""

HEADER = ("what", "measured", "aim", "how")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table."""

    what: str
    measured: str
    how: str
    aim: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """In the order of the header."""
        return (self.what, self.measured, self.aim, self.how)


def ingestion(cold: Ran, again: Ran) -> Iterator[Row]:
    """A cold ingestion and its stages, and a second one with nothing changed."""
    stages: Mapping[str, float] = cold.result()["stages"]
    yield Row("cold ingest of everything", _seconds(cold.seconds), "whole command, texts on this machine", "< 30 s")
    for stage, name in STAGES.items():
        yield Row(f"· {name}", _seconds(stages[stage]), "inside that command")
    rest = cold.seconds - sum(stages.values())
    yield Row("· start of the program, pipeline, the rest", _seconds(rest), "the difference")
    yield Row("· without embedding", _seconds(cold.seconds - stages["embed"] - stages["load"]), "computed", "< 20 s")
    yield Row("peak memory of cold ingest", _megabytes(cold.peak), "of the process")
    yield Row("second ingest, nothing changed", _seconds(again.seconds), "whole command", "< 2 s")


def cold_search(runs: Sequence[Ran]) -> Iterator[Row]:
    """The search command from a cold shell."""
    how = f"whole command, median of {len(runs)}"
    yield Row(
        "`assistant search` from a cold shell", _seconds(statistics.median(r.seconds for r in runs)), how, "< 6 s"
    )
    yield Row("· its peak memory", _megabytes(max(r.peak for r in runs)), "of the process, the highest")


def warm_search(found: Mapping[str, Any]) -> Iterator[Row]:
    """Searches and extractive answers in a warm process."""
    how = f"{found['asked']} questions once each, after as many others, {found['passages']} passages"
    yield Row("search, p50 / p95", _milliseconds(found["search"]), how, "4 / 10 ms")
    yield Row("· in the store", _milliseconds(found["store"]), "each call of the store", "p95 < 5 ms")
    yield Row("· in the embedder", _milliseconds(found["embed"]), "each call of the embedder")
    yield Row("· share of the store", f"{found['store_share']:.0%}", "all searches together")
    yield Row("extractive answer, p50 / p95", _milliseconds(found["ask"]), "the same questions", "p95 < 100 ms")
    yield Row(
        "memory of a warm search process", _megabytes(found["memory"]), "resident, after the searches", "< 800 MB"
    )
    yield Row("a generation of the index on disk", _megabytes(found["disk"]), "blocks in use, no WAL", "< 80 MB")


def serve(memory: int) -> Iterator[Row]:
    """The chat without a chat model."""
    how = "resident, its page and a source read, no question asked yet"
    yield Row("memory of `assistant serve`, no chat model", _megabytes(memory), how, "< 1 200 MB")


def generation(found: Mapping[str, Any], model: str) -> Iterator[Row]:
    """Tokens a second through the product and bare."""
    how = f"{model}, {found['tokens']} tokens after the first, median of {found['rounds']} turns"
    yield Row("generation through the product", f"{found['product']:.1f} tokens/s", how)
    yield Row("generation, bare llama.cpp loop", f"{found['bare']:.1f} tokens/s", "same model, prompt and length")
    yield Row("· ratio", f"{found['ratio']:.2f}", "median over the turns", "≥ 0.95")


def no_generation(model: str) -> Iterator[Row]:
    """Why there is no figure."""
    yield Row("generation", "not measured", f"no model: run `assistant models pull {model}`", "≥ 0.95 of bare")


def peers(found: Mapping[str, Any]) -> Iterator[Row]:
    """llama-index's defaults and its hybrid."""
    if found["defaults"] is None:
        yield Row(
            "llama-index defaults", "not measured", "MiniLM is absent: run `assistant models pull all-MiniLM-L6-v2`"
        )
    else:
        yield from _peer("llama-index defaults", found["defaults"], "chunks of 1 024 tokens, dense MiniLM", "")
    yield from _peer("llama-index hybrid", found["hybrid"], "our passages, embedder and BM25 encoder", "≥ 20")


def _peer(name: str, found: Mapping[str, Any], what: str, aim: str) -> Iterator[Row]:
    share = f"{found['kept']} of {found['of']} chunks" if found["kept"] < found["of"] else f"{found['of']} chunks"
    whole = found["split"] + (found["embed"] + found["store"]) * found["of"] / found["kept"]
    known = "" if found["kept"] == found["of"] else ", the rest in proportion"
    yield Row(f"{name}: ingestion of parsed texts", _seconds(whole), f"{what}; {share} measured{known}")
    yield Row("· split", _seconds(found["split"]), "all texts, into nodes")
    yield Row("· embed", _seconds(found["embed"]), share)
    yield Row("· store", _seconds(found["store"]), f"{share}, into Qdrant's local mode, on the disk")
    how = f"{found['asked']} questions in turns with ours, {share}"
    yield Row(f"{name}: search, p50 / p95", _milliseconds(found["search"]), how)
    yield Row("· ours on the same questions", _milliseconds(found["ours"]), "in turns, all passages")
    yield Row("· times ours", f"{found['ratio']:.1f}", "median over the questions", aim)


def _seconds(value: float) -> str:
    return f"{value:.2f} s"


def _milliseconds(value: Mapping[str, float]) -> str:
    return f"{value['p50']:.1f} / {value['p95']:.1f} ms"


def _megabytes(value: int) -> str:
    return f"{value / 1e6:.0f} MB"
