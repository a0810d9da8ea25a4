"""A browser as the server sees it: cookies, requests, and one socket."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx
import socketio

SECONDS = 15


@dataclass
class Visitor:
    """Somebody at the address `server`; use as an asynchronous context."""

    server: str
    http: httpx.AsyncClient = field(init=False)
    session: str = ""
    thread: str = ""
    events: list[tuple[str, Any]] = field(default_factory=list)
    _socket: socketio.AsyncClient | None = None
    _came: asyncio.Event = field(default_factory=asyncio.Event)

    async def __aenter__(self) -> Visitor:
        self.http = httpx.AsyncClient(base_url=self.server, timeout=SECONDS, trust_env=False)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.leave()
        await self.http.aclose()

    async def sign_in(self, name: str, password: str) -> int:
        """The status of the attempt."""
        return (await self.http.post("/login", data={"username": name, "password": password})).status_code

    async def open(self, thread: str = "", session: str = "") -> None:
        """Open the page's socket, as a page at `/` or at `/thread/…` does."""
        self.session = session or str(uuid.uuid4())
        self._socket = socketio.AsyncClient(reconnection=False)
        self._socket.on("*", self._take)
        cookies = "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())
        auth = {"sessionId": self.session, "clientType": "webapp", "userEnv": "{}", "chatProfile": "agent"}
        await self._socket.connect(
            self.server,
            headers={"Cookie": cookies, "Origin": self.server},
            auth=auth | {"threadId": thread},
            socketio_path="/ws/socket.io",
            transports=["websocket"],
            wait_timeout=SECONDS,
        )
        await self._socket.emit("connection_successful")

    async def leave(self) -> None:
        """Close the page."""
        if self._socket is not None:
            await self._socket.disconnect()
            self._socket = None

    async def ask(self, text: str) -> dict[str, Any]:
        """Type a question; the answer's message."""
        self.events.clear()
        await self.send("client_message", typed(text))
        message: dict[str, Any] = await self.came("new_message", lambda step: step["type"] == "assistant_message")
        self.thread = message["threadId"]
        await self.came("task_end")
        return message

    async def send(self, event: str, data: Any) -> None:
        assert self._socket is not None
        await self._socket.emit(event, data)

    async def came(self, event: str, fits: Any = lambda _: True) -> Any:
        """What the next such event brings; one that came already counts."""
        async with asyncio.timeout(SECONDS):
            while True:
                for name, data in self.events:
                    if name == event and fits(data):
                        return data
                self._came.clear()
                await self._came.wait()

    async def ended(self) -> None:
        """Wait until the server closes the socket."""
        assert self._socket is not None
        async with asyncio.timeout(SECONDS):
            await self._socket.wait()

    async def _take(self, event: str, data: Any = None) -> None:
        self.events.append((event, data))
        self._came.set()

    async def listed(self) -> list[str]:
        """The names of the conversations in the side bar."""
        answered = await self.http.post("/project/threads", json={"pagination": {"first": 20}, "filter": {}})
        answered.raise_for_status()
        return [thread["name"] for thread in answered.json()["data"]]


def typed(text: str) -> dict[str, Any]:
    """A message as the page sends it."""
    message = {
        "id": str(uuid.uuid4()),
        "name": "user",
        "type": "user_message",
        "output": text,
        "createdAt": "2026-11-22T00:00:00.000Z",
        "metadata": {},
    }
    return {"message": message, "fileReferences": []}
