from __future__ import annotations

import hashlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from filelock import FileLock

from assistant.adapters.download import FRUITLESS_ATTEMPTS, Downloaded, download
from assistant.adapters.http_response import Unavailable, follow
from assistant.errors import FetchError, IntegrityError
from tests.publisher import Answer, Publisher, file, publisher, redirect, silence, status, unsized

TEXT = b"<html>" + b"Article premier. " * 20_000 + b"</html>"
HASH = hashlib.sha256(TEXT).hexdigest()
PAGE = ("application/xhtml+xml",)


@pytest.fixture
def server() -> Iterator[Publisher]:
    with publisher() as served:
        yield served


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "eu" / "fr.xhtml"


class Naps:
    """Stands for `time.sleep`: remembers the waits and takes none."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.taken.append(seconds)


def get(url: str, target: Path, naps: Naps | None = None, **options: Any) -> Downloaded:
    given: dict[str, Any] = {"headers": {"Accept-Language": "fra"}, "max_bytes": 1_000_000, "content_types": PAGE}
    return download(url, target, **(given | {"sleep": naps or Naps()} | options))


def left(target: Path) -> list[str]:
    return sorted(path.name for path in target.parent.iterdir() if not path.name.endswith(".lock"))


def test_a_chain_of_redirects_is_followed_with_the_headers_that_negotiate(server: Publisher, target: Path) -> None:
    url = server.on("/celex", redirect("/cellar/work"))
    server.on("/cellar/work", redirect("/cellar/work.fra", 302))
    server.on("/cellar/work.fra", file(TEXT))

    done = get(url, target)

    assert done == Downloaded(target, HASH, len(TEXT), f"{server.address}/cellar/work.fra")
    assert target.read_bytes() == TEXT
    assert [headers["accept-language"] for _, headers in server.asked] == ["fra"] * 3
    assert left(target) == ["fr.xhtml"]


def test_redirects_without_end_are_given_up(server: Publisher, target: Path) -> None:
    with pytest.raises(FetchError, match="redirects again"):
        get(server.on("/loop", redirect("/loop")), target)


def test_a_cut_body_is_resumed(server: Publisher, target: Path) -> None:
    url = server.on("/text", file(TEXT, cut=100_000), file(TEXT, cut=50_000), file(TEXT))

    assert get(url, target).sha256 == HASH
    assert target.read_bytes() == TEXT
    first, second, third = (headers for _, headers in server.asked)
    assert "range" not in first
    assert (second["range"], second["if-range"]) == ("bytes=100000-", '"v1"')
    assert third["range"] == "bytes=150000-"


def test_a_download_that_was_interrupted_is_resumed_by_the_next_run(server: Publisher, target: Path) -> None:
    url = server.on("/text", file(TEXT, cut=100_000), status(503))
    with pytest.raises(Unavailable):
        get(url, target)
    assert not target.exists()

    server.on("/text", file(TEXT))
    get(url, target)

    assert server.asked[-1][1]["range"] == "bytes=100000-"
    assert target.read_bytes() == TEXT


def test_a_server_that_ignores_ranges_is_read_from_the_start(server: Publisher, target: Path) -> None:
    url = server.on("/text", file(TEXT, cut=100_000), file(TEXT, ranges=False))

    assert get(url, target).sha256 == HASH
    assert target.read_bytes() == TEXT


def test_a_file_that_changed_meanwhile_is_not_glued_to_the_old_part(server: Publisher, target: Path) -> None:
    newer = TEXT.replace(b"premier", b"second ")
    url = server.on("/text", file(TEXT, cut=100_000), file(newer, etag='"v2"'))

    get(url, target)

    assert target.read_bytes() == newer


def test_a_part_without_etag_nor_hash_is_not_continued(server: Publisher, target: Path) -> None:
    url = server.on("/text", file(TEXT, etag="", cut=100_000), file(TEXT, etag=""))

    get(url, target)

    assert "range" not in server.asked[-1][1]
    assert target.read_bytes() == TEXT


def test_a_part_without_etag_is_continued_when_a_hash_vouches_for_the_end(server: Publisher, target: Path) -> None:
    url = server.on("/text", file(TEXT, etag="", cut=100_000), file(TEXT, etag=""))

    assert get(url, target, sha256=HASH).sha256 == HASH
    assert server.asked[-1][1]["range"] == "bytes=100000-"


def test_a_part_of_another_file_is_thrown_away_when_the_hash_disagrees(server: Publisher, target: Path) -> None:
    target.parent.mkdir()
    (target.parent / "fr.xhtml.part").write_bytes(b"x" * 1000)

    assert get(server.on("/text", file(TEXT)), target, sha256=HASH).sha256 == HASH


def test_a_part_that_was_already_whole_is_not_fetched_again(server: Publisher, target: Path) -> None:
    target.parent.mkdir()
    (target.parent / "fr.xhtml.part").write_bytes(TEXT)

    assert get(server.on("/text", file(TEXT)), target, sha256=HASH).sha256 == HASH
    assert len(server.asked) == 1


def test_a_part_that_is_longer_than_the_file_is_thrown_away(server: Publisher, target: Path) -> None:
    target.parent.mkdir()
    (target.parent / "fr.xhtml.part").write_bytes(TEXT + b"more")

    assert get(server.on("/text", file(TEXT)), target, sha256=HASH).sha256 == HASH


def test_what_was_asked_is_not_written_to_the_disk(server: Publisher, target: Path) -> None:
    url = server.on("/text", file(TEXT, cut=1000), status(403))
    with pytest.raises(FetchError):
        get(url, target, headers={"Authorization": "Bearer secret"})

    assert "secret" not in (target.parent / "fr.xhtml.part.json").read_text(encoding="utf-8")


def test_a_body_of_unknown_length_is_taken(server: Publisher, target: Path) -> None:
    assert get(server.on("/text", unsized(TEXT)), target).size == len(TEXT)


def test_retry_after_in_seconds_is_honoured(server: Publisher, target: Path) -> None:
    naps = Naps()
    get(server.on("/text", status(429, Retry_After="7"), file(TEXT)), target, naps)
    assert naps.taken == [7.0]


def test_retry_after_as_a_date_is_read_against_the_servers_clock(server: Publisher, target: Path) -> None:
    naps = Naps()
    busy = _dated("Sat, 21 Nov 2026 10:00:00 GMT", "Sat, 21 Nov 2026 10:00:12 GMT")
    get(server.on("/text", busy, file(TEXT)), target, naps)
    assert naps.taken == [12.0]


def test_a_wait_that_is_too_long_is_told_to_the_user(server: Publisher, target: Path) -> None:
    naps = Naps()
    with pytest.raises(FetchError, match="asks to wait 3600 s: try again later"):
        get(server.on("/text", status(429, Retry_After="3600")), target, naps)
    assert naps.taken == []


def test_server_errors_are_tried_again_with_growing_waits(server: Publisher, target: Path) -> None:
    naps = Naps()
    get(server.on("/text", status(500), status(502), status(503), file(TEXT)), target, naps)
    assert len(naps.taken) == 3
    assert naps.taken == sorted(naps.taken)
    assert naps.taken[0] >= 1


def test_a_server_that_keeps_failing_is_given_up(server: Publisher, target: Path) -> None:
    with pytest.raises(Unavailable, match="503 Service Unavailable: try again later"):
        get(server.on("/text", status(503)), target)
    assert len(server.asked) == FRUITLESS_ATTEMPTS


def test_attempts_that_bring_bytes_do_not_use_up_the_patience(server: Publisher, target: Path) -> None:
    pieces: list[Answer] = [file(TEXT, cut=20_000) for _ in range(3 * FRUITLESS_ATTEMPTS)]
    assert get(server.on("/text", *pieces, file(TEXT)), target).sha256 == HASH


@pytest.mark.parametrize(
    ("code", "cure"),
    [
        (406, "this format or this language"),
        (404, "never published"),
        (403, "access is refused"),
        (300, "several parts"),
    ],
)
def test_a_refusal_is_told_once_with_its_cure(server: Publisher, target: Path, code: int, cure: str) -> None:
    with pytest.raises(FetchError, match=rf"answered {code} .*{cure}"):
        get(server.on("/text", status(code)), target)
    assert len(server.asked) == 1


def test_an_answer_that_is_no_file_is_refused(server: Publisher, target: Path) -> None:
    with pytest.raises(FetchError, match="answered 202"):
        get(server.on("/text", status(202)), target)


def test_another_media_type_is_refused(server: Publisher, target: Path) -> None:
    with pytest.raises(FetchError, match=r"served text/html instead of application/xhtml\+xml: nothing was kept"):
        get(server.on("/text", file(TEXT, kind="text/html")), target)
    assert left(target) == []


def test_other_bytes_than_expected_leave_the_old_file(server: Publisher, target: Path) -> None:
    target.parent.mkdir()
    target.write_bytes(b"the text of yesterday")

    with pytest.raises(IntegrityError, match="nothing was replaced"):
        get(server.on("/text", file(TEXT + b"!")), target, sha256=HASH)

    assert target.read_bytes() == b"the text of yesterday"
    assert left(target) == ["fr.xhtml"]


def test_a_file_that_says_it_is_too_long_is_refused_before_its_body(server: Publisher, target: Path) -> None:
    with pytest.raises(FetchError, match=f"{len(TEXT)} bytes long, more than the 1000 allowed"):
        get(server.on("/text", file(TEXT)), target, max_bytes=1000)
    assert left(target) == []


def test_a_file_that_turns_out_too_long_is_cut_off(server: Publisher, target: Path) -> None:
    with pytest.raises(FetchError, match="longer than the 1000 bytes allowed"):
        get(server.on("/text", unsized(TEXT)), target, max_bytes=1000)
    assert left(target) == []


def test_a_dead_port_is_a_line_that_names_the_address(target: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(Unavailable, match=rf"127\.0\.0\.1:{port}/text does not answer .*check the network"):
        get(f"http://127.0.0.1:{port}/text", target)


def test_a_server_that_says_nothing_is_a_time_out(server: Publisher, target: Path) -> None:
    done = threading.Event()
    with pytest.raises(Unavailable, match="does not answer or stopped answering"):
        get(server.on("/text", silence(done)), target, timeouts=httpx.Timeout(0.05))
    done.set()


def test_an_address_that_is_none_is_refused(target: Path) -> None:
    with pytest.raises(FetchError, match="correct the address"):
        get("ftp://127.0.0.1/text", target)


def test_progress_counts_resumed_bytes_too(server: Publisher, target: Path) -> None:
    seen: list[tuple[int, int | None]] = []
    url = server.on("/text", file(TEXT, cut=100_000), file(TEXT))

    get(url, target, progress=lambda done, total: seen.append((done, total)))

    assert seen[0] == (0, len(TEXT))
    assert (100_000, len(TEXT)) in seen
    assert seen[-1] == (len(TEXT), len(TEXT))


def test_two_processes_do_not_download_the_same_file(server: Publisher, target: Path) -> None:
    target.parent.mkdir()
    with FileLock(target.parent / ".fr.xhtml.lock"), pytest.raises(FetchError, match="another process"):
        get(server.on("/text", file(TEXT)), target)


def test_a_folder_that_cannot_be_made_is_a_line_with_its_cure(server: Publisher, tmp_path: Path) -> None:
    (tmp_path / "eu").write_bytes(b"a file where a folder should be")
    with pytest.raises(FetchError, match=r"cannot write .* free space or correct the rights"):
        get(server.on("/text", file(TEXT)), tmp_path / "eu" / "fr.xhtml")


def test_tls_is_not_left_by_a_redirect() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/celex":
            return httpx.Response(303, headers={"Location": "http://publisher.example/cellar"})
        return httpx.Response(200, text=str(request.url))

    with httpx.Client(transport=httpx.MockTransport(answer)) as client:
        response = follow(client, client.build_request("GET", "https://publisher.example/celex"))
        assert response.read() == b"https://publisher.example/cellar"


def _dated(now: str, until: str) -> Answer:
    """429 with a date to wait for; the server's own Date header is replaced."""

    def answer(request: Any) -> None:
        request.send_response_only(429)
        for name, value in {"Date": now, "Retry-After": until, "Content-Length": "0"}.items():
            request.send_header(name, value)
        request.end_headers()

    return answer
