"""The tables of `make eval-search`, from what each variant found."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.evaluation.figures import Figure, group
from assistant.evaluation.retrieval import scores
from benchmarks.embedders import Bench, about
from benchmarks.question_sets import QuestionSet
from benchmarks.table import interval, markdown
from benchmarks.variants import Variant

COLUMNS = ("recall@1", "recall@5", "recall@10", "exact@5", "recall@300w", "recall@700w", "recall@1500w")
Groups = dict[str, dict[str, Figure]]


@dataclass(frozen=True, slots=True)
class Row:
    """What a variant reached, by group of questions and metric."""

    variant: str
    groups: Groups


def measure(variant: Variant, questions: QuestionSet) -> Row:
    """Ask every question of a set."""
    print(f"{questions.name}: {variant.name.strip('*')}", file=sys.stderr, flush=True)
    return Row(variant.name, group(questions.cases, [scores(case, variant.search(case)) for case in questions.cases]))


def of_set(questions: QuestionSet, rows: Sequence[Row], ours: Row) -> Iterator[str]:
    """Every table of one set of questions; `ours` is the row shown in full."""
    yield f"## {questions.name}: {len(questions.cases)} questions"
    yield markdown(
        ["all questions", *COLUMNS],
        [[row.variant, *(interval(row.groups["all"].get(metric)) for metric in COLUMNS)] for row in rows],
    )
    names = [name for name in ours.groups if name != "all"]
    yield markdown(
        ["recall@5", *(f"{name} (n {ours.groups[name]['recall@5'].n})" for name in names)],
        [[row.variant, *(interval(row.groups[name]["recall@5"]) for name in names)] for row in rows],
    )
    yield markdown(
        ["ours, full default", "n", *COLUMNS],
        [
            [name, str(figures["recall@5"].n), *(interval(figures.get(metric)) for metric in COLUMNS)]
            for name, figures in ours.groups.items()
        ],
    )


def of_matching(benches: Sequence[Bench]) -> Iterator[str]:
    """Embedders matching the French version of a provision with its English one."""
    rows = []
    for bench in benches:
        found = bench.matching(bench.left_out)
        whose = f"provisions of {bench.left_out}" if bench.left_out else "all provisions"
        rows.append([bench.name, whose, str(found["first"].n), interval(found["first"]), interval(found["mrr"])])
    yield "## Embedders alone, a French provision looks for its English version (vectors only)"
    yield markdown(["embedder", "of", "n", "first", "mean reciprocal rank"], rows)


def of_left_out(bench: Bench, others: Sequence[Bench], sets: Sequence[QuestionSet]) -> Iterator[str]:
    """An embedder on the questions about the act that it never saw, beside the others on the same ones."""
    rows = []
    for questions in sets:
        cases = about(bench.left_out, questions.cases)
        if not cases:
            continue
        for one in (*others, bench):
            found = group(cases, [scores(case, one.search(case)) for case in cases])["all"]
            rows.append([questions.name, one.name, str(len(cases)), *(interval(found.get(m)) for m in COLUMNS[:4])])
    yield f"## Embedders alone, questions that {bench.left_out} answers"
    yield markdown(["questions", "embedder", "n", *COLUMNS[:4]], rows)


def of_sweep(questions: QuestionSet, rows: Sequence[Row]) -> Iterator[str]:
    """The weights of the fusion, and what others would reach."""
    yield f"## Fusion, swept on {questions.name}"
    shown = ("recall@5", "recall@10", "exact@5", "recall@700w", "mrr@10")
    yield markdown(
        ["fusion", *shown],
        [[row.variant, *(interval(row.groups["all"].get(metric)) for metric in shown)] for row in rows],
    )
