import json
from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.chat.body_limit import LARGEST, BodyLimit
from assistant.chat.guard import LONGEST, PrivacyGuard
from assistant.chat.texts import texts

LINE = texts("fr").pages.too_large


async def length(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


@pytest.fixture
def client() -> TestClient:
    routes = [
        Route("/guard", PrivacyGuard(lambda: "ana").endpoint, methods=["POST"]),
        Route("/answer/k/report", length, methods=["POST"]),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(BodyLimit, language="fr")])
    return TestClient(app, headers={"accept-language": "fr"})


@pytest.mark.parametrize("path", ["/guard", "/answer/k/report"])
def test_a_body_that_says_it_is_too_long_is_refused_in_one_line(client: TestClient, path: str) -> None:
    refused = client.post(path, content=b"x" * (LARGEST + 1))
    assert (refused.status_code, refused.text) == (413, LINE)


@pytest.mark.parametrize("path", ["/guard", "/answer/k/report"])
def test_a_body_that_turns_out_to_be_too_long_is_read_no_further(client: TestClient, path: str) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while sent < 100 * LARGEST:
            sent += LARGEST // 4
            yield b"x" * (LARGEST // 4)

    refused = client.post(path, content=endless())
    assert (refused.status_code, refused.text) == (413, LINE)


def test_the_longest_text_that_the_guard_reads_is_no_too_long_body(client: TestClient) -> None:
    body = json.dumps({"text": "\U0001f600" * LONGEST})
    assert len(body) < LARGEST
    assert client.post("/guard", content=body).status_code == 200
