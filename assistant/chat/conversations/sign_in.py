"""Signing in with a name and a password, a bounded number of times.

The failure this prevents: a page that tries passwords all night, and an answer that tells by its
speed which names exist.
"""

from __future__ import annotations

import asyncio
import logging

from assistant.accounts.attempts import PER_ADDRESS, PER_NAME, Attempts
from assistant.accounts.store import Accounts, folded
from assistant.chat.conversations.reader import ADDRESS, Ticket

_LOGGER = logging.getLogger(__name__)
_AT_ONCE = 2
"""Hashes computed at the same time; each takes 64 MiB."""


class SignIn:
    """Checks names and passwords against the accounts."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._by_name = Attempts(PER_NAME)
        self._by_address = Attempts(PER_ADDRESS)
        self._hashing = asyncio.Semaphore(_AT_ONCE)

    async def ticket(self, name: str, password: str) -> Ticket | None:
        """The ticket of the account; None for a wrong name or password, and after too many of them."""
        address = ADDRESS.get()
        pair = f"{address} {folded(name)}"
        if self._by_name.must_wait(pair) or self._by_address.must_wait(address):
            _LOGGER.warning("sign-in refused after too many failures from %s", address or "an unknown address")
            return None
        async with self._hashing:
            account = await asyncio.to_thread(self._accounts.check, name, password)
        if account is None:
            self._by_name.failed(pair)
            self._by_address.failed(address)
            return None
        self._by_name.succeeded(pair)
        return Ticket(account.name, account.mark)
