"""`assistant users`: the accounts of people who reach the chat from other machines.

The failure this prevents: a password in the history of a shell, and a removed colleague whose
conversations stay, or are found by the next person of that name.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Annotated

import typer

from assistant.accounts.store import Account, Accounts, folded
from assistant.settings import Settings, load_settings

app = typer.Typer(no_args_is_help=True, help="Accounts of the chat: with one or more, everybody signs in.")

Name = Annotated[str, typer.Argument(help="A user name, for example prenom.nom")]
_RESTART = "restart `assistant serve`: from now on everybody signs in"


@app.command("add")
def users_add(name: Name) -> None:
    """Add an account; its password is asked for, or read from standard input when that is no terminal."""
    accounts = Accounts(load_settings().data)
    first = not accounts.all()
    account = accounts.add(name, _password())
    typer.echo(f"{account.name}: added" + (f"; {_RESTART}" if first else ""))


@app.command("list")
def users_list(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, on standard output.")] = False,
) -> None:
    """Names and the day each was added."""
    accounts = Accounts(load_settings().data).all()
    if as_json:
        typer.echo(json.dumps([{"name": one.name, "created": one.created} for one in accounts], ensure_ascii=False))
    else:
        typer.echo("\n".join(_line(one) for one in accounts) or "no accounts: only this machine reaches the chat")


@app.command("remove")
def users_remove(name: Name) -> None:
    """Remove an account and erase its conversations; who is signed in under it is signed out."""
    settings = load_settings()
    Accounts(settings.data).remove(name)
    count = asyncio.run(_erase(settings, folded(name)))
    typer.echo(f"{folded(name)}: removed, {count} conversations erased")


@app.command("password")
def users_password(name: Name) -> None:
    """Change a password; who is signed in under that name is signed out."""
    Accounts(load_settings().data).change_password(name, _password())
    typer.echo(f"{folded(name)}: password changed")


def _line(account: Account) -> str:
    return f"{account.name}\t{account.created}"


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password (12 characters or more)", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


async def _erase(settings: Settings, owner: str) -> int:
    from assistant.chat.conversations.database import Database
    from assistant.chat.conversations.store import ConversationStore

    store = ConversationStore(Database(settings))
    try:
        await store.prepare(settings.retention_days)
        return await store.erase(owner)
    finally:
        await store.close()
