"""`make eval-search`: the quality of the search, every way of searching measured in one run.

    python -m benchmarks.search_quality [QUESTIONS.jsonl …] [--left-out ACT=EMBEDDER …]

Prints Markdown. Needs an index (`assistant ingest`); MiniLM is pulled where it is absent, and its
vectors are kept beside the index. `assistant eval` measures the product alone, answers included,
and guards its figures.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from assistant.answering.pipeline import Assistant
from assistant.errors import AssistantError
from assistant.evaluation.questions import TODAY
from assistant.law.passage import Passage
from assistant.ports import Embedder
from assistant.resources import corpus_folder
from assistant.settings import Settings, load_settings
from assistant.wiring import open_embedder, open_searcher
from benchmarks import quality_report, variants
from benchmarks.embedders import Bench
from benchmarks.minilm import open_minilm
from benchmarks.question_sets import QuestionSet, read_sets
from benchmarks.remembered import RememberingEmbedder, remembering
from benchmarks.texts import all_passages, paragraphs
from benchmarks.variants import Variant
from benchmarks.vectors import KeptVectors

_ROOT = corpus_folder().parent
_OWN = _ROOT / "tests" / "evaluation" / "questions.jsonl"
_DEVELOPMENT = _ROOT.parent / "shared" / "eval" / "dev.jsonl"


def main() -> int:
    """Measure and print."""
    asked = _arguments()
    settings = load_settings()
    try:
        sets = read_sets(asked.questions or [_OWN, *([_DEVELOPMENT] if _DEVELOPMENT.is_file() else [])])
        with ExitStack() as opened:
            for block in report(settings, sets, asked.left_out, opened):
                print(block, end="\n\n", flush=True)
    except AssistantError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    return 0


def report(
    settings: Settings, sets: Sequence[QuestionSet], left_out: Sequence[tuple[str, str]], opened: ExitStack
) -> Iterator[str]:
    """Every table, one block of Markdown after the other."""
    assistant = remembering(open_searcher(settings))
    passages = all_passages(assistant.library, TODAY)
    units = paragraphs(passages)
    kept = KeptVectors(settings.data / "benchmarks")
    minilm = open_minilm(settings)
    ours = Bench("ours", assistant.retriever.embedder, assistant, units, kept)
    peer = Bench("all-MiniLM-L6-v2", RememberingEmbedder(minilm), assistant, units, kept) if minilm else None
    benches = [bench for bench in (peer, ours) if bench]
    unseen = [
        Bench(f"ours, trained without {act}", _embedder(settings, folder), assistant, units, kept, act)
        for act, folder in left_out
    ]
    rows = [*_all_variants(assistant, passages, peer, ours, opened)]
    for questions in sets:
        measured = [quality_report.measure(variant, questions) for variant in rows]
        whole = next(row for row in measured if row.variant == variants.FULL)
        yield from quality_report.of_set(questions, measured, whole)
    yield from quality_report.of_matching([*benches, *unseen])
    for bench in unseen:
        yield from quality_report.of_left_out(bench, benches, sets)
    for questions in (some for some in sets if some.split == "tune"):
        swept = [quality_report.measure(variant, questions) for variant in variants.fusions(assistant)]
        yield from quality_report.of_sweep(questions, swept)


def _all_variants(
    assistant: Assistant, passages: Sequence[Passage], peer: Bench | None, ours: Bench, opened: ExitStack
) -> Iterator[Variant]:
    if peer is not None:
        yield from opened.enter_context(variants.peers(peer))
    yield from variants.by_vectors(peer, ours)
    yield from variants.by_words(assistant, passages)
    yield variants.full(assistant)
    yield from variants.ablations(assistant)


def _embedder(settings: Settings, folder: str) -> Embedder:
    return open_embedder(settings.model_copy(update={"embedder": folder}))


def _left_out(text: str) -> tuple[str, str]:
    act, equals, folder = text.partition("=")
    if not equals or not Path(folder).is_dir():
        raise argparse.ArgumentTypeError(f"'{text}': write ACT=FOLDER, the folder of an embedder trained without ACT")
    return act, folder


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", nargs="*", type=Path, help="JSON lines; by default our own questions")
    parser.add_argument("--left-out", action="append", default=[], type=_left_out, metavar="ACT=EMBEDDER")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
