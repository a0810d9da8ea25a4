"""The events of the socket that are ours: what is typed goes through the guard, what nobody uses is refused.

Chainlit answers each event that it knows, whatever its settings say: an edited message would be stored
and answered as it was typed. The failure this prevents: a way to a model or to the database that goes
round the guard.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from chainlit import socket as chainlit_socket
from chainlit.server import sio
from chainlit.session import WebsocketSession
from chainlit.types import MessagePayload

from assistant.chat.guard import PrivacyGuard

_LOGGER = logging.getLogger(__name__)
REFUSED = (
    "edit_message",
    "message_favorite",
    "fetch_favorites",
    "window_message",
    "audio_start",
    "audio_chunk",
    "audio_end",
)
"""Events of Chainlit's that this chat has no use for."""


class SocketEvents:
    """Handles what comes through the socket; `owner` names who the present event comes from."""

    def __init__(self, guard: PrivacyGuard, owner: Callable[[], str]) -> None:
        self._guard = guard
        self._owner = owner

    def register(self) -> None:
        """Take the place of Chainlit's handlers.

        The stop event is ours, since Chainlit's answers it in English; so is the event of a new
        message, which Chainlit would store before anybody looked at it.
        """
        sio.on("stop", self.stop)
        sio.on("client_message", self.receive)
        for event in REFUSED:
            sio.on(event, refuse)

    async def receive(self, sid: str, payload: MessagePayload) -> None:
        """A message has come: personal data that nobody let through is masked before anything else sees it."""
        step = payload["message"]
        typed = str(step.get("output") or "")
        step["output"] = await asyncio.to_thread(self._guard.passed, typed, self._owner())
        await chainlit_socket.message(sid, payload)

    async def stop(self, sid: str) -> None:
        """The stop button: cancel the answer of this page."""
        session = WebsocketSession.get(sid)
        if session is not None and session.current_task:
            session.current_task.cancel()


async def refuse(sid: str, *_: object) -> None:
    """Nothing is done; Chainlit's page echoes some of these events, hence no warning."""
    _LOGGER.debug("an event of %s that this chat has no use for", sid)
