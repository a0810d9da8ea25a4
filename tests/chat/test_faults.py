import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from assistant.chat.faults import Faults
from assistant.chat.texts import texts
from assistant.errors import AccountError, AssistantError, ConversationsError, MarkError

ERRORS = {"conversations": ConversationsError, "accounts": AccountError, "mark": MarkError}


class Gate:
    """A middleware that fails before any route is reached."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan" and scope["path"] == "/gate":
            raise AccountError("accounts.sqlite3 cannot be used")
        await self._app(scope, receive, send)


async def failing(request: Request) -> Response:
    name = request.path_params["name"]
    raise ERRORS[name](f"/data/of/this/machine/{name}")


async def missing(request: Request) -> Response:
    raise HTTPException(404)


async def socket(connection: WebSocket) -> None:
    await connection.accept()
    raise ConversationsError("away")


@pytest.fixture
def client() -> TestClient:
    routes = [Route("/fail/{name}", failing), Route("/missing", missing), WebSocketRoute("/ws", socket)]
    app = Starlette(routes=routes, middleware=[Middleware(Faults, language="fr"), Middleware(Gate)])
    return TestClient(app, headers={"accept-language": "fr"})


@pytest.mark.parametrize(("name", "status"), [("conversations", 503), ("accounts", 503), ("mark", 500)])
def test_an_error_is_one_line_without_anything_of_this_machine(client: TestClient, name: str, status: int) -> None:
    told = client.get(f"/fail/{name}")
    error: AssistantError = ERRORS[name]("")
    assert (told.status_code, told.text) == (status, texts("fr").error(error))
    assert told.text != texts("fr").errors["AssistantError"]


def test_a_gate_that_cannot_read_the_accounts_says_so(client: TestClient) -> None:
    told = client.get("/gate", headers={"accept-language": "en"})
    assert (told.status_code, told.text) == (503, texts("en").errors["AccountError"])


def test_a_socket_whose_database_is_away_is_closed(client: TestClient) -> None:
    with client.websocket_connect("/ws") as open_socket, pytest.raises(WebSocketDisconnect) as closed:
        open_socket.receive_text()
    assert closed.value.code == 1011


def test_what_is_no_fault_of_ours_passes(client: TestClient) -> None:
    assert client.get("/missing").status_code == 404
