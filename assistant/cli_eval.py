"""`assistant eval`: a file of questions through the assistant, a report, and a guard for what was reached.

The failure this prevents: an evaluation that needs three commands and a scorer from somewhere else,
and is therefore run once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.evaluation.report import Report
    from assistant.evaluation.run import Outcome

Questions = Annotated[Path, typer.Argument(help="JSON lines: question, gold, kind … (tests/evaluation/README.md).")]
Folder = Annotated[Path | None, typer.Option("--out", help="Where the report goes; by default in the data folder.")]
AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day of questions that name none, else 2026-11-21."),
]
Split = Annotated[str, typer.Option("--split", help="Only this part of the file, tune or test.")]
Check = Annotated[Path | None, typer.Option("--check", help="Fail when a figure fell below this baseline.")]
Write = Annotated[Path | None, typer.Option("--write-baseline", help="Keep these figures as the baseline.")]


def evaluate(
    questions: Questions,
    out: Folder = None,
    as_of: AsOf = None,
    split: Split = "",
    check: Check = None,
    write_baseline: Write = None,
) -> None:
    """Run a file of questions and write report.json and report.html.

    With --check or --write-baseline the assistant answers by extracts, without a chat model.
    """
    from assistant.evaluation.write import write_report

    settings = load_settings()
    day = as_of.date() if as_of else _reference_day()
    outcomes = _outcomes(settings, questions, day, split, extracts=bool(check or write_baseline))
    report = _report(questions, split, day, outcomes)
    _, page = write_report(report, out or settings.data / "evaluation")
    typer.echo("\n".join([*_lines(report), f"report: {page}"]))
    if write_baseline is not None:
        _write(write_baseline, outcomes)
    if check is not None:
        _compare(check, outcomes)


def _outcomes(settings: Settings, questions: Path, day: date, split: str, *, extracts: bool) -> list[Outcome]:
    """Every question asked, a bar on the terminal meanwhile."""
    from assistant.evaluation.questions import read_cases
    from assistant.evaluation.run import ask_all
    from assistant.render.progress import count_bar
    from assistant.wiring import open_assistant, open_searcher

    cases = read_cases(questions, day, split)
    assistant = open_searcher(settings) if extracts else open_assistant(settings)
    try:
        with count_bar(questions.name) as progress:
            return ask_all(assistant, cases, progress)
    finally:
        assistant.close()


def _reference_day() -> date:
    from assistant.evaluation.questions import TODAY

    return TODAY


def _report(questions: Path, split: str, day: date, outcomes: Sequence[Outcome]) -> Report:
    from assistant.evaluation.report import Made, Report

    answers = [outcome.answer for outcome in outcomes if outcome.answer]
    labels = [answer.label for answer in answers]
    model = next((label.model for label in labels if label.model), None)
    prints = answers[0].fingerprints if answers else None
    made = Made(
        file=questions.name,
        sha256=hashlib.sha256(questions.read_bytes()).hexdigest(),
        split=split,
        as_of=day.isoformat(),
        mode="generated" if model else "extractive",
        model=model,
        corpus=prints.corpus if prints else "",
        settings=prints.settings if prints else "",
        index=prints.index if prints else "",
    )
    return Report(made, outcomes)


def _lines(report: Report) -> list[str]:
    """The figures on a terminal: mean, interval, over how many."""
    from assistant.evaluation.words import MEASURES

    shown = [(name, report.overall[name]) for name in MEASURES if name in report.overall]
    return [f"{name:20} {f.mean:.4f}  ({f.low:.3f}–{f.high:.3f}, n {f.n})" for name, f in shown] + [
        f"questions with a fault: {len(report.faulty)} of {len(report.outcomes)}"
    ]


def _write(path: Path, outcomes: Sequence[Outcome]) -> None:
    from assistant.evaluation import baseline
    from assistant.evaluation.report import guarded

    baseline.write(path, guarded(outcomes))
    typer.echo(f"baseline: {path}")


def _compare(path: Path, outcomes: Sequence[Outcome]) -> None:
    from assistant.evaluation import baseline
    from assistant.evaluation.report import guarded

    fallen = list(baseline.drops(baseline.read(path), guarded(outcomes)))
    typer.echo("\n".join(fallen) or f"no figure is below {path}")
    if fallen:
        raise typer.Exit(1)
