"""A server on loopback that behaves like the publishers the program downloads from, at their worst."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Publisher:
    """`answers[path]` are given in turn, the last one for ever; `asked` are the requests, with their headers."""

    address: str
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def on(self, path: str, *answers: Answer) -> str:
        self.answers[path] = list(answers)
        return self.address + path


@contextmanager
def publisher() -> Iterator[Publisher]:
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.close_connection = True
            with lock:
                served.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                answers = served.answers.get(self.path, [status(404)])
                answer = answers.pop(0) if len(answers) > 1 else answers[0]
            answer(self)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Publisher(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def status(code: int, **headers: str) -> Answer:
    """An answer without a file; `Retry_After="3"` becomes the header Retry-After."""
    return _send(code, {name.replace("_", "-"): value for name, value in headers.items()}, b"no file here")


def redirect(to: str, code: int = 303) -> Answer:
    return _send(code, {"Location": to}, b"")


def file(
    body: bytes,
    *,
    kind: str = "application/xhtml+xml;charset=UTF-8",
    etag: str = '"v1"',
    ranges: bool = True,
    cut: int = 0,
) -> Answer:
    """A file; `ranges`: continues it when asked to; `cut`: the connection breaks after that many bytes of the body."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        asked = re.fullmatch(r"bytes=(\d+)-", request.headers.get("Range", ""))
        same = request.headers.get("If-Range", etag) == etag
        start = int(asked[1]) if asked and ranges and same else 0
        headers = {"Content-Type": kind} | ({"ETag": etag} if etag else {})
        if start and start >= len(body):
            _send(416, {"Content-Range": f"bytes */{len(body)}"}, b"")(request)
            return
        if start:
            headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
        _send(206 if start else 200, headers, body[start:], cut)(request)

    return answer


def unsized(body: bytes) -> Answer:
    """A file whose length is not said: the end of the connection is its end."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "application/xhtml+xml")
        request.end_headers()
        request.wfile.write(body)

    return answer


def by_language(**answers: Answer) -> Answer:
    """Content negotiation: the file in the language asked for, 406 where there is none."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        answers.get(request.headers.get("Accept-Language", ""), status(406))(request)

    return answer


def silence(until: threading.Event) -> Answer:
    """Accepts the connection and says nothing."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        until.wait(5)

    return answer


def _send(code: int, headers: dict[str, str], body: bytes, cut: int = 0) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(code)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body[:cut] if cut else body)

    return answer
