"""`assistant users`: the accounts of people who reach the chat from other machines.

The failure this prevents: a password in the history of a shell, and a removed colleague whose
conversations stay, or are found by the next person of that name.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Annotated

import typer

from assistant.accounts.store import Account, Accounts, folded
from assistant.cli_options import AsJson, print_json
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
def users_list(as_json: AsJson = False) -> None:
    """Names and the day each was added."""
    accounts = Accounts(load_settings().data).all()
    if as_json:
        print_json([{"name": one.name, "created": one.created} for one in accounts])
    else:
        typer.echo("\n".join(_line(one) for one in accounts) or "no accounts: only this machine reaches the chat")


@app.command("remove")
def users_remove(name: Name) -> None:
    """Erase somebody's conversations and remove their account; who is signed in under it is signed out.

    The conversations go first: where they cannot be erased, the account stays, and the command can be run again.
    """
    settings = load_settings()
    accounts = Accounts(settings.data)
    accounts.require(name)
    count = asyncio.run(_erase(settings, folded(name)))
    accounts.remove(name)
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
    from assistant.chat.conversations.retention import Retention
    from assistant.chat.conversations.store import ConversationStore

    store = ConversationStore(Database(settings))
    try:
        await Retention(store, settings).apply()
        return await store.erase(owner)
    finally:
        await store.close()
