import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from assistant.chat.security import ChainlitRequest, Guard, Site, content_security_policy
from assistant.chat.server import configured

SITE = Site(("127.0.0.1", "localhost"), 8000)


def shown(request: Request) -> PlainTextResponse:
    response = PlainTextResponse(request.url.query, headers={"seen": request.headers.get("accept-encoding", "none")})
    response.set_cookie("ticket", "x", httponly=True, samesite="strict")
    return response


async def socket(connection: WebSocket) -> None:
    await connection.accept()
    await connection.close()


@pytest.fixture
def client() -> TestClient:
    routes = [Route("/", shown), Route("/project/{rest}", shown), Route("/assets/{rest}", shown), Route("/docs", shown)]
    inner = Starlette(routes=[*routes, WebSocketRoute("/ws/socket.io", socket)])
    app = Starlette(
        routes=[Mount("/", ChainlitRequest(inner, "fr"))], middleware=[Middleware(Guard, site=SITE, language="fr")]
    )
    return TestClient(app, base_url="http://127.0.0.1:8000")


def test_our_own_page_is_served_with_a_policy_that_names_no_other_host(client: TestClient) -> None:
    response = client.get("/")
    assert response.status_code == 200
    policy = response.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'none'" in policy
    assert "evil" not in policy
    assert "https://" not in policy
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["x-content-type-options"] == "nosniff"


def test_inline_scripts_are_allowed_by_their_hash_only() -> None:
    policy = content_security_policy(SITE, ("sha256-abc",))
    assert "script-src 'self' 'sha256-abc';" in policy
    assert "unsafe-eval" not in policy


@pytest.mark.parametrize("headers", [{"origin": "http://evil.example"}, {"origin": "null"}, {"host": "evil.example"}])
def test_a_request_of_another_site_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    response = client.get("/", headers=headers)
    assert response.status_code == 403
    assert response.text.startswith("Cette demande vient d'une autre adresse")
    assert "content-security-policy" in response.headers


def test_a_socket_opened_by_another_site_is_refused(client: TestClient) -> None:
    ours = {"host": "127.0.0.1:8000", "origin": "http://localhost:8000"}
    with client.websocket_connect("/ws/socket.io", headers=ours):
        pass
    with (
        pytest.raises(WebSocketDisconnect) as refused,
        client.websocket_connect("/ws/socket.io", headers={**ours, "origin": "http://evil.example"}),
    ):
        pass
    assert refused.value.code == 1008


HTTPS = {"origin": "https://localhost", "host": "localhost", "x-forwarded-proto": "https"}


def behind_a_proxy(client: TestClient, address: str) -> TestClient:
    """The same as the server runs it, reached from a proxy at an address."""
    config = configured(client.app)
    config.load()
    return TestClient(config.loaded_app, base_url="http://127.0.0.1:8000", client=(address, 50_000))


@pytest.mark.parametrize("own", [{}, {"origin": "https://localhost:8000", "host": "localhost:8000"}])
def test_a_proxy_of_this_machine_may_speak_https(client: TestClient, own: dict[str, str]) -> None:
    response = behind_a_proxy(client, "127.0.0.1").get("/", headers=HTTPS | own)
    assert response.status_code == 200
    assert response.headers.get_list("set-cookie") == ["ticket=x; HttpOnly; Path=/; SameSite=strict; Secure"]


@pytest.mark.parametrize(
    "foreign", [{"origin": "https://evil.example"}, {"host": "evil.example"}, {"origin": "http://localhost:8000"}]
)
def test_through_a_proxy_another_site_is_refused_all_the_same(client: TestClient, foreign: dict[str, str]) -> None:
    assert behind_a_proxy(client, "127.0.0.1").get("/", headers=HTTPS | foreign).status_code == 403


def test_a_proxy_of_another_machine_is_not_believed(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    elsewhere = behind_a_proxy(client, "192.0.2.7")
    assert elsewhere.get("/", headers=HTTPS).status_code == 403
    (cookie,) = elsewhere.get("/", headers={"x-forwarded-proto": "https"}).headers.get_list("set-cookie")
    assert "Secure" not in cookie


def test_a_socket_is_opened_through_a_proxy_that_speaks_https(client: TestClient) -> None:
    with behind_a_proxy(client, "127.0.0.1").websocket_connect("/ws/socket.io", headers=HTTPS):
        pass


def test_chainlit_and_the_policy_know_the_addresses_of_a_proxy() -> None:
    assert "https://localhost" in SITE.every_origin
    assert "wss://localhost:8000" in content_security_policy(SITE)


@pytest.mark.parametrize("path", ["/answer/k/copy", "/guard", "/conversations", "/project/thread/1", "/user"])
def test_what_may_hold_something_of_a_person_is_stored_nowhere(client: TestClient, path: str) -> None:
    assert client.get(path).headers["cache-control"] == "no-store"


def test_what_the_page_does_not_need_is_not_served(client: TestClient) -> None:
    assert client.get("/docs", headers={"accept-language": "fr"}).text.startswith("Cette page n'existe pas")
    assert client.get("/docs").status_code == 404


def test_chainlit_is_told_the_language_of_the_page(client: TestClient) -> None:
    asked = {"accept-language": "de-DE"}
    assert client.get("/project/settings?language=de-DE", headers=asked).text == "language=fr-FR"
    assert client.get("/project/settings?language=x", headers={"accept-language": "en"}).text == "language=en-US"


def test_files_with_a_hash_in_their_name_are_kept_and_others_are_checked_again(client: TestClient) -> None:
    assert "immutable" in client.get("/assets/index-1a2b.js").headers["cache-control"]
    assert client.get("/").headers["cache-control"] == "no-cache"


def test_chainlit_is_not_asked_to_compress_what_stays_on_this_machine(client: TestClient) -> None:
    assert client.get("/", headers={"accept-encoding": "gzip"}).headers["seen"] == "none"
