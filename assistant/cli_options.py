"""What the commands share: options that mean the same everywhere, checked before a command runs, and its JSON.

The failure this prevents: `--lang de` refused by one command and a traceback of another.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any

import typer


def _language(lang: str | None) -> str | None:
    if lang not in {None, "fr", "en"}:
        raise typer.BadParameter("it is fr or en")
    return lang


AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, on standard output.")]
AsOf = Annotated[datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day whose law is asked for.")]
Lang = Annotated[
    str | None,
    typer.Option("--lang", callback=_language, help="fr or en; by default the question's own language."),
]
TextLang = Annotated[str, typer.Option("--lang", callback=_language, help="fr or en")]


def print_json(value: Any) -> None:
    """Print what a program reads."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))
