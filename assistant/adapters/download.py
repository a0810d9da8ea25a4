"""One way to download a file, used for official texts and for models.

The failure this prevents: a half-written, oversized, wrong or silently replaced file under a name
that the rest of the program trusts. Bytes arrive in `<target>.part`; the target changes in one
step, after the size, the media type and (where one is given) the SHA-256 were checked. A cut
download is resumed, by this call or by a later one.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

import httpx
import tenacity
from filelock import FileLock, Timeout

from assistant.adapters.http_response import Unavailable, extent, follow, refuse, validator
from assistant.errors import FetchError, IntegrityError

Progress = Callable[[int, int | None], None]
"""Called with the bytes written so far and the total, None while unknown."""

FRUITLESS_ATTEMPTS = 4
"""Attempts in a row that bring no new byte before the download is given up."""
TIMEOUTS = httpx.Timeout(30.0, connect=15.0)


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A verified file in place: its hash, its size in bytes, and the address that served it."""

    path: Path
    sha256: str
    size: int
    url: str


def download(  # noqa: PLR0913  (one call says all; every option is named)
    url: str,
    target: Path,
    *,
    headers: Mapping[str, str],
    max_bytes: int,
    sha256: str = "",
    content_types: tuple[str, ...] = (),
    progress: Progress | None = None,
    sleep: Callable[[float], None] = time.sleep,
    timeouts: httpx.Timeout = TIMEOUTS,
) -> Downloaded:
    """Fetch `url` into `target`, replacing it only by verified bytes.

    Redirects are followed; 429, 5xx, time-outs and cut bodies are tried again with growing waits
    (`Retry-After` is honoured). `content_types` empty: any. Raises `FetchError` when the server
    does not deliver (`Unavailable` when trying later may help) and `IntegrityError` when what it
    delivers is not what `sha256` says; the target is then as it was.
    """
    job = _Job(url, target, dict(headers), max_bytes, sha256, content_types, progress)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with (
            FileLock(target.with_name(f".{target.name}.lock")).acquire(timeout=0),
            httpx.Client(timeout=timeouts) as client,
        ):
            return _run(job, client, sleep)
    except Timeout as error:
        raise FetchError(f"another process is downloading {target.name}: wait until it ends") from error
    except OSError as error:
        raise FetchError(f"cannot write {job.part} ({error.strerror}): free space or correct the rights") from error


@dataclass
class _Job:
    """One download and what earlier attempts (or an earlier run) left of it."""

    url: str
    target: Path
    headers: dict[str, str]
    max_bytes: int
    sha256: str
    content_types: tuple[str, ...]
    progress: Progress | None
    farthest: int = 0
    fruitless: int = 0
    served_by: str = ""
    part: Path = field(init=False)
    note: Path = field(init=False)

    def __post_init__(self) -> None:
        self.part = self.target.with_name(f"{self.target.name}.part")
        self.note = self.target.with_name(f"{self.target.name}.part.json")

    @property
    def request(self) -> str:
        """A hash of what was asked: headers may hold a token, which is not to lie on the disk."""
        return hashlib.sha256(json.dumps([self.url, self.headers], sort_keys=True).encode()).hexdigest()

    def etag(self) -> str:
        """The ETag under which the part was served, or "" when it may belong to something else."""
        try:
            note = json.loads(self.note.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return ""
        return str(note["etag"]) if note["request"] == self.request else ""

    def resumable(self) -> int:
        """Bytes of the part that may be kept: only those that an ETag or the final hash vouches for."""
        size = self.part.stat().st_size if self.part.is_file() else 0
        return size if size <= self.max_bytes and (self.etag() or self.sha256) else 0

    def start_over(self) -> None:
        self.part.unlink(missing_ok=True)
        self.note.unlink(missing_ok=True)

    def report(self, done: int, total: int | None) -> None:
        if done > self.farthest:
            self.farthest, self.fruitless = done, 0
        if self.progress is not None:
            self.progress(done, total)


def _run(job: _Job, client: httpx.Client, sleep: Callable[[float], None]) -> Downloaded:
    resumed = job.resumable() > 0
    digest = _complete(job, client, sleep)
    if job.sha256 and digest != job.sha256 and resumed:  # the part of an earlier run was of another file
        job.start_over()
        digest = _complete(job, client, sleep)
    if job.sha256 and digest != job.sha256:
        job.start_over()
        raise IntegrityError(
            f"{job.url} served other bytes than expected (sha256 {digest[:12]}…, expected {job.sha256[:12]}…): "
            "nothing was replaced; try again, and if it persists the file has changed at its source"
        )
    size = job.part.stat().st_size
    job.part.replace(job.target)
    job.note.unlink(missing_ok=True)
    return Downloaded(job.target, digest, size, job.served_by)


def _complete(job: _Job, client: httpx.Client, sleep: Callable[[float], None]) -> str:
    """Try until the part is whole; returns its SHA-256."""
    backoff = tenacity.wait_exponential_jitter(initial=1, max=30)

    def wait(state: tenacity.RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.wait if isinstance(error, Unavailable) else None
        return backoff(state) if asked is None else asked

    retrying = tenacity.Retrying(
        retry=tenacity.retry_if_exception_type(Unavailable),
        stop=lambda _: job.fruitless >= FRUITLESS_ATTEMPTS,
        wait=wait,
        sleep=sleep,
        reraise=True,
    )
    job.fruitless = 0
    retrying(_attempt, job, client)
    with job.part.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _attempt(job: _Job, client: httpx.Client) -> None:
    job.fruitless += 1
    offset = job.resumable()
    headers = {"User-Agent": "assistant-ia-ville", "Accept-Encoding": "identity"} | job.headers
    if offset:
        headers["Range"] = f"bytes={offset}-"
        if etag := job.etag():
            headers["If-Range"] = etag
    try:
        response = follow(client, client.build_request("GET", job.url, headers=headers))
        try:
            _receive(job, response, offset)
        finally:
            response.close()
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise FetchError(f"{job.url} cannot be fetched ({error}): correct the address") from error
    except httpx.TransportError as error:
        reason = str(error) or type(error).__name__
        raise Unavailable(f"{job.url} does not answer or stopped answering ({reason}): check the network") from error
    except httpx.HTTPError as error:
        raise FetchError(f"{job.url} sent an answer that cannot be read ({error}): try again later") from error


def _receive(job: _Job, response: httpx.Response, offset: int) -> None:
    job.served_by = str(response.url)
    if response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE and offset:
        if response.headers.get("content-range") == f"bytes */{offset}":
            return  # an earlier run had received everything
        job.start_over()
        raise Unavailable(f"{job.url} does not continue after {offset} bytes: try again", 0)
    refuse(response, job.url, job.content_types)
    start, total = extent(response)
    known = job.etag()
    if start not in {0, offset} or (start and known and validator(response) not in {known, ""}):
        job.start_over()
        raise Unavailable(f"{job.url} continued another file than the one begun: try again", 0)
    if total is not None and total > job.max_bytes:
        raise FetchError(f"{job.url} is {total} bytes long, more than the {job.max_bytes} allowed: nothing was kept")
    if start == 0:
        job.start_over()  # before the note: old bytes must never lie under a new ETag
    note = {"request": job.request, "etag": validator(response)}
    job.note.write_text(json.dumps(note), encoding="utf-8")
    _write(job, response, start, total)


def _write(job: _Job, response: httpx.Response, start: int, total: int | None) -> None:
    done = start
    with job.part.open("r+b" if start else "wb") as file:
        file.seek(start)
        job.report(done, total)
        for chunk in response.iter_bytes():
            done += len(chunk)
            if done > job.max_bytes:
                job.start_over()
                raise FetchError(f"{job.url} is longer than the {job.max_bytes} bytes allowed: nothing was kept")
            file.write(chunk)
            job.report(done, total)
        file.flush()
        os.fsync(file.fileno())
    if total is not None and done != total:
        raise Unavailable(f"{job.url} was cut after {done} of {total} bytes: check the network")
