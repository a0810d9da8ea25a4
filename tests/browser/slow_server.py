"""`assistant serve` with a pause before each event of an answer, and every way out of the machine shut; not a test."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from typing import Any

from assistant import wiring
from assistant.answering.events import Event
from assistant.answering.pipeline import Assistant
from assistant.answering.question import Question
from assistant.chat.server import serve
from assistant.settings import Settings, load_settings

PAUSE = 0.7
"""Seconds."""


def only_this_machine(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse connections and name look-ups that would leave the machine."""
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if host not in {"127.0.0.1", "localhost", "::1", None}:
        sys.stdout.write(f"tried to reach {host}\n")
        sys.stdout.flush()
        raise PermissionError(f"no way out to {host}")


class Slow:
    """An assistant that takes its time and says when it was stopped."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def __getattr__(self, name: str) -> Any:
        return getattr(self._assistant, name)

    def stream(self, question: Question) -> Iterator[Event]:
        """The same events, later."""
        try:
            for event in self._assistant.stream(question):
                time.sleep(PAUSE)
                yield event
        except GeneratorExit:
            sys.stdout.write("stopped\n")
            sys.stdout.flush()
            raise


sys.addaudithook(only_this_machine)
_open = wiring.open_assistant


def open_slowly(settings: Settings) -> Any:
    """The assistant of the settings, slowed."""
    return Slow(_open(settings))


wiring.open_assistant = open_slowly
serve(load_settings(), port=0)
