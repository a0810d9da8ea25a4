"""The command line: one contract for people (`--json` off) and for programs (`--json` on).

The failure this prevents: a traceback, or a line of log in the middle of a program's JSON.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant import cli_eval, cli_law, cli_lexique, cli_mark, cli_models, cli_usage, cli_users
from assistant.answering.question import Question
from assistant.batch import Line, Options, read_history, read_questions, run_batch
from assistant.cli_options import AsJson, AsOf, Lang, TextLang, print_json
from assistant.errors import AssistantError, QuestionError
from assistant.settings import load_settings

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Assistant IA et droit, local."
)
app.add_typer(cli_models.app, name="models")
app.add_typer(cli_lexique.app, name="lexique")
app.add_typer(cli_usage.catalogue_app, name="catalogue")
app.add_typer(cli_usage.rules_app, name="rules")
app.command("verdict")(cli_usage.verdict)
app.command("diff")(cli_law.diff)
app.add_typer(cli_mark.app, name="mark")
app.add_typer(cli_users.app, name="users")
app.command("eval")(cli_eval.evaluate)


def _city(name: str | None) -> str | None:
    if name not in {None, "strasbourg", "lyon", "autre"}:
        raise typer.BadParameter("it is strasbourg, lyon or autre")
    return name


Typed = Annotated[str | None, typer.Argument(help="The question, in French or English.")]
City = Annotated[str | None, typer.Option("--collectivite", callback=_city, help="strasbourg, lyon or autre.")]
Batch = Annotated[Path | None, typer.Option("--batch", help="A file of JSON lines, one question each.")]
Out = Annotated[Path | None, typer.Option("--out", help="Where the results of --batch go.")]


@app.command()
def ingest(
    force: Annotated[bool, typer.Option("--force", help="Build a new index even if nothing changed.")] = False,
) -> None:
    """Fetch, parse, audit and index the texts; run again, it does only what changed."""
    from ingest.pipeline import ingest as run

    report = run(load_settings(), force=force)
    for line in report.lines():
        typer.echo(line)


@app.command()
def search(
    question: Typed = None,
    as_json: AsJson = False,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many provisions.")] = 10,
    lang: Lang = None,
    as_of: AsOf = None,
    collectivite: City = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say what found each provision.")] = False,
    batch: Batch = None,
    out: Out = None,
) -> None:
    """Provisions that answer a question, best first."""
    from assistant.render.contract import search_to_json
    from assistant.render.terminal import search_lines
    from assistant.wiring import open_searcher

    asked = _asked(question, batch, out, _options(lang, as_of, collectivite))
    with closing(open_searcher(load_settings())) as assistant:

        def result(one: Question) -> dict[str, Any]:
            request, evidence = assistant.search(one)
            return search_to_json(request, evidence[:k], explain=explain)

        if not isinstance(asked, Question):
            _write(asked, out, result)
        elif as_json:
            print_json(result(asked))
        else:
            typer.echo(search_lines(assistant.search(asked)[1][:k], explain=explain))


@app.command()
def ask(
    question: Typed = None,
    as_json: AsJson = False,
    history: Annotated[Path | None, typer.Option("--history", help="The conversation so far, as JSON.")] = None,
    lang: Lang = None,
    as_of: AsOf = None,
    collectivite: City = None,
    batch: Batch = None,
    out: Out = None,
) -> None:
    """An answer with its proof."""
    from assistant.render.contract import answer_to_json
    from assistant.render.terminal import answer_lines
    from assistant.wiring import open_assistant

    asked = _asked(question, batch, out, _options(lang, as_of, collectivite), history)
    with closing(open_assistant(load_settings())) as assistant:
        if not isinstance(asked, Question):
            _write(asked, out, lambda one: answer_to_json(assistant.answer(one)))
        elif as_json:
            print_json(answer_to_json(assistant.answer(asked)))
        else:
            typer.echo(answer_lines(assistant.answer(asked)))


@app.command()
def show(
    reference: Annotated[str, typer.Argument(help="For example rgpd:art-5.1.c")],
    lang: TextLang = "fr",
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """The official text of a provision, its version and its link."""
    from assistant.law.identifiers import Reference
    from assistant.render.contract import provision_to_json
    from assistant.render.terminal import provision_lines
    from assistant.wiring import open_library, today

    day = as_of.date() if as_of else today()
    passage = open_library(load_settings()).passage(Reference.parse(reference), lang, day)
    if as_json:
        print_json(provision_to_json(passage, day))
    else:
        typer.echo(provision_lines(passage, day))


@app.command()
def serve(
    port: Annotated[int, typer.Option("--port", min=0, max=65535)] = 8000,
    host: Annotated[str, typer.Option("--host", help="This machine's own address.")] = "127.0.0.1",
) -> None:
    """Start the chat and print its address."""
    from assistant.chat.server import serve as run

    run(load_settings(), host=host, port=port)


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """What is there, what is missing, and how to mend it."""
    from assistant.doctor import examine

    report = examine(load_settings())
    if as_json:
        print_json(report.to_json())
    else:
        typer.echo("\n".join(report.lines()))


def main() -> None:
    """Entry point: errors that the user can mend are one line and exit code 1."""
    try:
        app()
    except AssistantError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        typer.echo("interrupted: nothing is lost, run the same command again", err=True)
        sys.exit(130)


def _options(lang: str | None, as_of: datetime | None, collectivite: str | None) -> Options:
    return Options(lang, as_of.date() if as_of else None, collectivite)


def _asked(
    question: str | None, batch: Path | None, out: Path | None, options: Options, history: Path | None = None
) -> Question | Sequence[Line]:
    """The question, or those of the file: read and checked before the index and a model are opened."""
    if batch is not None:
        if question is not None or history is not None:
            raise QuestionError("--batch FILE holds the questions and their history: give no other beside it")
        if out is None:
            raise typer.BadParameter("--batch needs --out FILE")
        return read_questions(batch, options)
    if question is None:
        raise typer.BadParameter("give a question, or --batch FILE --out FILE")
    if out is not None:
        raise QuestionError("--out FILE takes the results of --batch FILE: add that, or leave --out away")
    return options.question(question, read_history(history) if history else ())


def _write(lines: Sequence[Line], out: Path | None, result_of: Callable[[Question], dict[str, Any]]) -> None:
    assert out is not None
    count, faults = run_batch(lines, out, result_of)
    typer.echo(f"{count} results in {out}", err=True)
    if faults:
        raise AssistantError(f"{len(faults)} of {count} questions could not be answered, first {faults[0]}")
