"""Which addresses the chat may be served on, and under which names browsers then reach it.

The failure this prevents: a chat without accounts that the whole network can read and write.
"""

from __future__ import annotations

import ipaddress
import socket

import psutil

from assistant.accounts.store import Accounts
from assistant.errors import ServeError

_OURS = ("127.0.0.1", "localhost")
_EVERY = "0.0.0.0"  # noqa: S104  (compared with, and refused without accounts)


def served_names(host: str, accounts: Accounts) -> tuple[str, ...]:
    """The names for the `Host` header; `ServeError` for an address others can reach as long as there is no account."""
    if not host or ":" in host:
        raise ServeError(f"'{host}' cannot be served: give an IPv4 address or a name of this machine")
    if is_loopback(host):
        return tuple(dict.fromkeys((host, *_OURS)))
    if not accounts.all():
        raise ServeError(
            f"'{host}' can be reached by others and the chat has no accounts: "
            "add one (`assistant users add NAME`), or use 127.0.0.1"
        )
    if host == _EVERY:
        return tuple(dict.fromkeys((*_OURS, socket.gethostname(), *_addresses())))
    return (host,)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches that address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _addresses() -> list[str]:
    every = (address for interface in psutil.net_if_addrs().values() for address in interface)
    return [address.address for address in every if address.family == socket.AF_INET]
