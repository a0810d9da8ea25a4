"""`assistant catalogue`, `assistant rules` and `assistant verdict`.

The failure this prevents: a catalogue or a rule edited by hand that nobody checked before agents rely on it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli_options import AsJson, AsOf, TextLang, print_json
from assistant.errors import AssistantError, QuestionError
from assistant.settings import Settings, load_settings
from assistant.usage.types import Audience, City, DataClass, Situation, Use

catalogue_app = typer.Typer(no_args_is_help=True, help="The catalogue of tools: check it, read it, export it.")
rules_app = typer.Typer(no_args_is_help=True, help="The decision table of usage verdicts.")


@catalogue_app.command("check")
def catalogue_check(as_json: AsJson = False) -> None:
    """Faults of the catalogue, one a line, with file, line, field and cure; exit code 1 when there is one."""
    from assistant.usage.catalogue import examine_catalogue

    catalogue, faults = examine_catalogue(load_settings().catalogue)
    tools = len(catalogue.tools) if catalogue else 0
    if as_json:
        rows = [{"file": f.file, "line": f.line, "field": f.field, "message": f.message} for f in faults]
        print_json({"tools": tools, "faults": rows})
    else:
        typer.echo("\n".join([*map(str, faults), f"{tools} tools, {len(faults)} faults"]))
    if faults:
        raise typer.Exit(1)


@catalogue_app.command("show")
def catalogue_show(
    tool: Annotated[str | None, typer.Argument(help="A tool, by any of its names; without it, all are listed.")] = None,
    as_json: AsJson = False,
) -> None:
    """The tools and their status, or everything that the catalogue says of one."""
    from assistant.usage.catalogue import load_catalogue
    from assistant.usage.sheet import sheet_lines, tool_to_json

    settings = load_settings()
    catalogue = load_catalogue(settings.catalogue)
    if tool is None:
        chosen = list(catalogue.tools)
    elif (found := catalogue.find(tool)) is not None:
        chosen = [found]
    else:
        raise QuestionError(f"'{tool}' is not in {catalogue.file}: `assistant catalogue show` lists the tools")
    if as_json:
        print_json([tool_to_json(each) for each in chosen])
    else:
        typer.echo("\n".join(sheet_lines(chosen, settings.language, whole=tool is not None)))


@catalogue_app.command("export")
def catalogue_export(
    out: Annotated[Path, typer.Option("--out", help="A file that ends in .csv or .ods")],
) -> None:
    """The catalogue as a spreadsheet."""
    from assistant.usage.catalogue import load_catalogue
    from assistant.usage.export import export

    catalogue = load_catalogue(load_settings().catalogue)
    export(catalogue, out)
    typer.echo(f"{len(catalogue.tools)} tools in {out}")


@rules_app.command("check")
def rules_check(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Prove the table total, reachable and consistent, and every clause readable; exit code 1 when it is not."""
    from assistant.usage.proof import proof_lines, proof_to_json, prove
    from assistant.usage.rules import examine_table
    from assistant.wiring import open_library, today

    table, faults = examine_table()
    if table is None:
        typer.echo("\n".join(map(str, faults)), err=True)
        raise AssistantError(f"regles.toml has {len(faults)} faults: correct them first")
    day = as_of.date() if as_of else today()
    proof = prove(table, open_library(load_settings()), day)
    if as_json:
        print_json(proof_to_json(proof))
    else:
        typer.echo("\n".join(proof_lines(table, proof)))
    if proof.errors:
        raise typer.Exit(1)


def verdict(
    tool: Annotated[str, typer.Option("--tool", help="The tool, by any of its names; without it, AI in general.")] = "",
    use: Annotated[Use, typer.Option("--use", help="What for.")] = Use.UNKNOWN,
    data: Annotated[DataClass, typer.Option("--data", help="With which data.")] = DataClass.UNKNOWN,
    audience: Annotated[Audience, typer.Option("--audience", help="For whom.")] = Audience.UNKNOWN,
    collectivite: Annotated[City | None, typer.Option("--collectivite", help="Whose own rules.")] = None,
    lang: TextLang = "fr",
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """May I use this tool for that, with this data? The verdict, its conditions and its clauses."""
    from assistant.render.contract import citation_to_json
    from assistant.usage.advise import open_advisor
    from assistant.usage.report import cite, verdict_lines, verdict_to_json
    from assistant.wiring import open_library, today

    settings = load_settings()
    library, day = open_library(settings), as_of.date() if as_of else today()
    advisor = open_advisor(settings, library)
    asked = Situation(tool, use=use, data=data, audience=audience, city=_city(collectivite, settings))
    given = advisor.advise(asked, lang, day)
    citations = cite(given, library, lang, day)
    if as_json:
        answer = verdict_to_json(given, [c.n for c in citations], settings.contacts, lang)
        print_json({**answer, "sources": [citation_to_json(citation) for citation in citations]})
    else:
        typer.echo(verdict_lines(given, citations, advisor.catalogue, settings.contacts, lang))


def _city(named: City | None, settings: Settings) -> City:
    return named or City(settings.collectivite)
