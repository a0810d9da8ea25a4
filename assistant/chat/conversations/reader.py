"""Who sends a request: known from the session's cookie, and to everything that happens because of it.

The failure this prevents: code that reads or writes conversations without knowing for whom; there is
no other way to learn it than `reader`, which `Gate` sets for each request and each socket.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

from assistant.accounts.store import LOCAL, Accounts

READER: ContextVar[str | None] = ContextVar("reader", default=None)
ADDRESS: ContextVar[str] = ContextVar("address", default="")

_MARK = "mark"


def reader() -> str:
    """The name of whom this is done for; `LookupError` where nobody asked."""
    name = READER.get()
    if name is None:
        raise LookupError("no reader: this code runs outside a request")
    return name


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a session's cookie says: a name, and the mark of the account when it was made."""

    name: str
    mark: str


class Door(Protocol):
    """Who may come in."""

    @property
    def open(self) -> bool:
        """Whether whoever opens the page comes in without signing in."""
        ...

    def admits(self, ticket: Ticket) -> bool:
        """Whether the ticket is good, now."""
        ...


class OneUser:
    """Only this machine reaches the chat: one person, no sign-in."""

    open = True

    def admits(self, ticket: Ticket) -> bool:
        """Tickets of accounts are not good here."""
        return ticket.name == LOCAL


class SignedIn:
    """Everybody has an account."""

    open = False

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    def admits(self, ticket: Ticket) -> bool:
        """Not good any more once the account is gone or has another password."""
        account = self._accounts.find(ticket.name)
        return account is not None and account.mark == ticket.mark


def issue(ticket: Ticket) -> str:
    """The cookie's value, signed by Chainlit with the session secret."""
    from chainlit.auth import create_jwt
    from chainlit.user import User

    return str(create_jwt(User(identifier=ticket.name, metadata={_MARK: ticket.mark})))


def ticket_of(cookies: dict[str, str]) -> Ticket | None:
    """Read the ticket in a browser's cookies; None when there is none, or it is forged or too old."""
    from chainlit.auth import decode_jwt, get_token_from_cookies
    from jwt import PyJWTError

    value = get_token_from_cookies(cookies)
    if not value:
        return None
    try:
        user = decode_jwt(value)
    except (PyJWTError, TypeError, ValueError, KeyError):
        return None
    return Ticket(user.identifier, str(user.metadata.get(_MARK, "")))
