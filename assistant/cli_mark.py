"""`assistant mark`: check the signed mark of an export.

The failure this prevents: a file passed on as "made by our assistant" that somebody changed, or that
another installation made.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli_options import AsJson, print_json
from assistant.errors import MarkError
from assistant.mark.key import public_key
from assistant.mark.record import Record
from assistant.mark.verify import Check, State, check
from assistant.settings import load_settings

app = typer.Typer(no_args_is_help=True, help="The signed mark of exports.")

_LARGEST = 100_000_000
"""Bytes; an export is far smaller."""


@app.callback()
def mark() -> None:
    """The signed mark of exports."""


@app.command("verify")
def mark_verify(
    file: Annotated[Path, typer.Argument(help="An export: Markdown, HTML, JSON, DOCX or PDF.")],
    key: Annotated[
        str | None, typer.Option("--key", help="The public key of another installation (its `assistant doctor`).")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Whether this installation made a file, and whether a byte of it was altered since; exit code 1 when not."""
    if key is not None and not re.fullmatch("[0-9a-fA-F]{64}", key):
        raise typer.BadParameter("--key is 64 hexadecimal digits, as `assistant doctor` prints them")
    expected = key.lower() if key else public_key(load_settings().data)
    result = check(_read(file), {expected} - {""})
    if as_json:
        print_json(_as_json(result))
    else:
        typer.echo(_line(file, result, key))
    if result.state is not State.INTACT:
        raise typer.Exit(1)


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > _LARGEST:
            raise MarkError(f"{file} is larger than any export ({_LARGEST // 1_000_000} MB): give an export")
        return file.read_bytes()
    except OSError as error:
        raise MarkError(f"{file} cannot be read ({error.strerror}): check its name") from error


def _line(file: Path, result: Check, key: str | None) -> str:
    match result.state, result.record:
        case State.INTACT, Record() as record:
            maker = "the installation whose key was given" if key else "this installation"
            return f"{file}: made by {maker}, unaltered; {_facts(record)}"
        case State.OTHER_KEY, Record() as record:
            return (
                f"{file}: unaltered, but made by another installation (key {result.public_key}): "
                f"compare this key with theirs, then give it as --key; {_facts(record)}"
            )
        case State.NO_MARK, _:
            return f"{file}: no mark of this program: not one of its exports, or its mark was altered"
        case _:
            return f"{file}: ALTERED: it is not, byte for byte, the file that was signed"


def _facts(record: Record) -> str:
    model = f"model {record.model}" if record.model else "without a language model"
    review = f"reviewed by {record.reviewer}, editorial responsibility {record.editor}" if record.reviewer else ""
    made = f"made {record.made_at:%Y-%m-%d %H:%M:%S %Z}".rstrip()
    return "; ".join(part for part in (made, model, record.program, review) if part)


def _as_json(result: Check) -> dict[str, Any]:
    return {
        "state": result.state.value,
        "made_here": result.state is State.INTACT,
        "public_key": result.public_key or None,
        "record": result.record.to_json() if result.record else None,
    }
