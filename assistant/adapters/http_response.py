"""What an HTTP answer means for a download: a body to take, a reason to try again, or a refusal.

The failure this prevents: an error page, a login page or a "too many requests" saved as a text or
as a model, and a redirect that quietly leaves TLS.
"""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx

from assistant.errors import FetchError

LONGEST_WAIT = 300.0
"""Seconds; a `Retry-After` beyond this is an error for the user, not a wait."""

_HOPS = 10
_RETRIED = {408, 425, 429, 500, 502, 503, 504}
_CURES = {
    300: "it holds this file in several parts, which this program does not join",
    401: "access is refused: check the account or the proxy",
    403: "access is refused: check the account or the proxy",
    404: "the file was moved, withdrawn or never published",
    406: "it does not hold this format or this language",
    410: "the file was moved or withdrawn",
}


class Unavailable(FetchError):
    """A failure that may pass: no answer, a cut one, 429 or 5xx; `wait` is what the server asked for, in seconds."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


def follow(client: httpx.Client, request: httpx.Request) -> httpx.Response:
    """Send, follow redirects, return the last answer with its body unread.

    An address asked for over TLS is never left for one without: the Publications Office redirects
    to plain addresses that it serves over TLS as well.
    """
    secure = request.url.scheme == "https"
    for _ in range(_HOPS):
        response = client.send(request, stream=True)
        if response.next_request is None:
            return response
        response.close()
        request = response.next_request
        if secure:
            request.url = request.url.copy_with(scheme="https")
    raise FetchError(f"{request.url} comes after {_HOPS} redirects and redirects again: the address is wrong")


def refuse(response: httpx.Response, asked: str, content_types: tuple[str, ...]) -> None:
    """Raise for every answer that holds no file; `asked` is the address as the user knows it."""
    status = response.status_code
    said = f"{asked} answered {status} {response.reason_phrase}".rstrip()
    if status in _RETRIED:
        wait = _retry_after(response)
        if wait is not None and wait > LONGEST_WAIT:
            raise FetchError(f"{said} and asks to wait {wait:.0f} s: try again later")
        raise Unavailable(f"{said}: try again later", wait)
    if status not in {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT}:
        raise FetchError(f"{said}: {_CURES.get(status, 'check the address')}")
    media = response.headers.get("content-type", "").split(";")[0].strip().lower()
    if content_types and media not in content_types:
        expected = " or ".join(content_types)
        raise FetchError(
            f"{asked} served {media or 'no media type'} instead of {expected}: "
            "nothing was kept; a proxy or a login page may stand in between"
        )


def extent(response: httpx.Response) -> tuple[int, int | None]:
    """Where the body starts in the file and how long the whole file is, in bytes (None: not said)."""
    if response.status_code == HTTPStatus.PARTIAL_CONTENT:
        match = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", response.headers.get("content-range", ""))
        if match is None:
            raise FetchError(f"{response.url} answered with a part without saying which: the server is at fault")
        return int(match[1]), None if match[2] == "*" else int(match[2])
    length = response.headers.get("content-length", "")
    return 0, int(length) if length.isdigit() and not _encoded(response) else None


def validator(response: httpx.Response) -> str:
    """The strong ETag under which a cut body may be continued, else ""."""
    etag = str(response.headers.get("etag", ""))
    return "" if etag.startswith("W/") or _encoded(response) else etag


def _encoded(response: httpx.Response) -> bool:
    return str(response.headers.get("content-encoding", "identity")) != "identity"


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds to wait; a date is read against the server's own clock."""
    value = response.headers.get("retry-after", "")
    if value.isdigit():
        return float(value)
    try:
        until, now = parsedate_to_datetime(value), parsedate_to_datetime(response.headers.get("date", ""))
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError):
        return None
