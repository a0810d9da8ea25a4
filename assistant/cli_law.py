"""`assistant diff`: what changed in a provision between two days, word by word.

The failure this prevents: an amendment that legal staff must find by laying two prints side by side.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from assistant.cli_options import AsJson, TextLang, print_json
from assistant.settings import load_settings


def diff(
    reference: Annotated[str, typer.Argument(help="For example ai-act:art-4")],
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="The earlier day.")],
    last: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="The later day; by default today.")
    ] = None,
    lang: TextLang = "fr",
    as_json: AsJson = False,
) -> None:
    """What changed in a provision between two days: removed and added words, by which act, since when."""
    from assistant.law.identifiers import Reference
    from assistant.render.differences import difference_lines, difference_to_json
    from assistant.versions import compare
    from assistant.wiring import open_library, today

    days = (first.date(), last.date() if last else today())
    if days[0] > days[1]:
        raise typer.BadParameter(f"--from {days[0]} is later than --to {days[1]}: swap the two days")
    found = compare(open_library(load_settings()), Reference.parse(reference), lang, days)
    if as_json:
        print_json(difference_to_json(found, days))
    else:
        typer.echo(difference_lines(found, days))
