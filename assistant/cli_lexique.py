"""`assistant lexique`: check what we wrote beside the law, and see what it still lacks.

The failure this prevents: an edit of the everyday index that nobody checks before it is indexed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli_options import AsJson, print_json
from assistant.errors import UnknownReference
from assistant.lexique.check import Count, check, check_tables, counts
from assistant.lexique.finding import Finding, Severity
from assistant.resources import corpus_folder
from assistant.settings import load_settings

if TYPE_CHECKING:
    from assistant.lexicon import Entry
    from assistant.library import Library

app = typer.Typer(no_args_is_help=True, help="The everyday index: check it, and find what it lacks.")

HARDEST = 20
"""Plain sentences that `check --ease` lists."""


@app.command("check")
def lexique_check(
    as_json: AsJson = False,
    ease: Annotated[bool, typer.Option("--ease", help="List the hardest plain sentences instead.")] = False,
) -> None:
    """Faults of the everyday index, one a line, with their cure; exit code 1 when there is an error."""
    from assistant.lexicon import load_lexicon
    from assistant.lexique.ease import readings
    from assistant.recitals import load_recital_links
    from assistant.thesaurus import load_thesaurus
    from assistant.wiring import open_library, today

    if ease:
        typer.echo("\n".join(reading.line() for reading in readings(load_lexicon())[:HARDEST]))
        return
    lexicon, library, day = load_lexicon(), open_library(load_settings()), today()
    found = check(lexicon, library, day) + check_tables(load_thesaurus(), load_recital_links(), library, day)
    if as_json:
        print_json(_to_json(found, counts(lexicon)))
    else:
        typer.echo("\n".join(_lines(found, counts(lexicon))))
    if _errors(found):
        raise typer.Exit(1)


@app.command("stamp")
def lexique_stamp(
    again: Annotated[list[str] | None, typer.Argument(help="Provisions read again and found right.")] = None,
) -> None:
    """Note for which official text each new or rewritten plain sentence was written."""
    from assistant.law.identifiers import Reference
    from assistant.lexicon import STAMPS, load_lexicon
    from assistant.lexique.stamps import restamped, write_stamps
    from assistant.wiring import open_library, today

    lexicon = load_lexicon()
    stamps = restamped(lexicon, open_library(load_settings()), today(), {Reference.parse(ref) for ref in again or ()})
    write_stamps(corpus_folder() / "lexique" / STAMPS, stamps)
    changed = sum(stamps.get(str(entry.reference), {}) != entry.stamps for entry in lexicon.entries.values())
    typer.echo(f"{len(stamps)} provisions stamped, {changed} of them anew")


@app.command("review")
def lexique_review(
    by: Annotated[str, typer.Option("--by", prompt="Votre nom", help="Who reviews.")],
    act: Annotated[str, typer.Option("--act", help="One text only, for example rgpd.")] = "",
) -> None:
    """Walk through the plain sentences that nobody has reviewed, beside their official text."""
    from assistant.lexicon import load_lexicon
    from assistant.lexique.review import unreviewed, write_review
    from assistant.wiring import open_library, today

    library, day = open_library(load_settings()), today()
    for entry in _readable(unreviewed(load_lexicon(), act), library):
        try:
            passage = library.passage(entry.reference, "fr", day)
        except UnknownReference:
            typer.echo(f"{entry.reference} passé, le texte ne l'a pas : lancez `assistant lexique check`", err=True)
            continue
        typer.echo(f"\n{passage.label}\n\n{passage.text}\n\nFR : {entry.plain['fr']}\nEN : {entry.plain['en']}\n")
        answer = typer.prompt("Juste ? (o : oui, n : à reprendre plus tard, q : arrêter)", default="n")
        if answer == "q":
            break
        if answer == "o":
            write_review(corpus_folder() / "lexique", entry.reference, by, day)


@app.command("suggest")
def lexique_suggest(
    file: Annotated[
        Path | None,
        typer.Argument(help='JSON lines {"question", "found"}; by default the feedback of the chat.'),
    ] = None,
) -> None:
    """Questions that found nothing, most frequent first."""
    from assistant.chat.conversations.asked import write_asked
    from assistant.lexique.suggest import suggest

    for missed in suggest(file or write_asked(load_settings())):
        typer.echo(f"{missed.times}\t{missed.question}")


def _readable(entries: Iterable[Entry], library: Library) -> Iterator[Entry]:
    """The entries whose text is indexed; each other text is named once."""
    passed: set[str] = set()
    for entry in entries:
        act = entry.reference.act
        if act in library.acts:
            yield entry
        elif act not in passed:
            passed.add(act)
            typer.echo(f"{act} passé, ce texte n'est pas dans l'index : lancez `assistant ingest`", err=True)


def _errors(found: Sequence[Finding]) -> int:
    return sum(finding.severity is Severity.ERROR for finding in found)


def _lines(found: Sequence[Finding], totals: Sequence[Count]) -> list[str]:
    per_act = [
        f"{c.act}: {c.entries} entries, {c.lines_fr} lines in French, {c.lines_en} in English, "
        f"plain sentences {c.plain_fr} and {c.plain_en}, {c.reviewed} reviewed"
        for c in totals
    ]
    errors = _errors(found)
    return [*(finding.line() for finding in found), *per_act, f"{errors} errors, {len(found) - errors} warnings"]


def _to_json(found: Sequence[Finding], totals: Sequence[Count]) -> dict[str, Any]:
    errors = _errors(found)
    return {
        "errors": errors,
        "warnings": len(found) - errors,
        "findings": [asdict(finding) for finding in found],
        "counts": [asdict(count) for count in totals],
    }
