"""A model hub on loopback: trees of repositories, files by revision, and connections that break."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_RESOLVE = re.compile(r"/(?P<repo>[^/]+/[^/]+)/resolve/(?P<revision>[^/]+)/(?P<path>.+)")
_TREE = re.compile(r"/api/models/(?P<repo>[^/]+/[^/]+)/tree/(?P<revision>[^/?]+)(\?.*)?")


@dataclass
class Hub:
    """`repos[repo][path]` are the files; `cuts` are taken in turn: bytes after which a body breaks off."""

    address: str
    repos: dict[str, dict[str, bytes]] = field(default_factory=dict)
    cuts: list[int] = field(default_factory=list)
    asked: list[tuple[str, str, str]] = field(default_factory=list)

    def paths(self, method: str = "GET") -> list[str]:
        return [path for asked, path, _ in self.asked if asked == method]


@contextmanager
def hub() -> Iterator[Hub]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            _answer(served, self)

        def do_HEAD(self) -> None:
            _answer(served, self)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    served = Hub(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _answer(served: Hub, request: BaseHTTPRequestHandler) -> None:
    request.close_connection = True
    served.asked.append((request.command, request.path, request.headers.get("Range", "")))
    tree, resolve = _TREE.fullmatch(request.path), _RESOLVE.fullmatch(request.path)
    if tree and tree["repo"] in served.repos:
        _send(request, json.dumps(_listing(served.repos[tree["repo"]])).encode(), "application/json")
        return
    body = served.repos.get(resolve["repo"], {}).get(resolve["path"]) if resolve else None
    if resolve is None or body is None:
        _send(request, b"Not Found", "text/plain", 404)
        return
    start = int(re.sub(r"\D", "", request.headers.get("Range", "")) or 0)
    request.headers["X-Cut"] = str(served.cuts.pop(0)) if request.command == "GET" and served.cuts else ""
    _send(request, body, "application/octet-stream", 206 if start else 200, start, resolve["revision"])


def _listing(files: dict[str, bytes]) -> list[dict[str, object]]:
    return [
        {"type": "file", "path": path, "size": len(body), "oid": hashlib.sha1(body).hexdigest()}
        for path, body in files.items()
    ]


def _send(
    request: BaseHTTPRequestHandler, body: bytes, kind: str, status: int = 200, start: int = 0, revision: str = ""
) -> None:
    request.send_response(status)
    request.send_header("Content-Type", kind)
    request.send_header("Content-Length", str(len(body) - start))
    request.send_header("ETag", f'"{hashlib.sha1(body).hexdigest()}"')
    request.send_header("Accept-Ranges", "bytes")
    request.send_header("Connection", "close")
    if revision:
        request.send_header("X-Repo-Commit", revision)
    if start:
        request.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
    request.end_headers()
    if request.command == "GET":
        cut = request.headers.get("X-Cut")
        request.wfile.write(body[start:][: int(cut)] if cut else body[start:])
