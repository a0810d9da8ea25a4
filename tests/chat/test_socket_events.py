"""Which events of the socket are Chainlit's own, in a process of its own: Chainlit reads its folder on import."""

import os
import subprocess
import sys
from pathlib import Path

NEEDED = {
    "connect",
    "connection_successful",
    "clear_session",
    "disconnect",
    "chat_settings_change",
    "chat_settings_edit",
}
"""Events of Chainlit's that carry no text of anybody's to a model or to the database."""

LISTED = """
from chainlit.server import sio
from assistant.chat.guard import PrivacyGuard
from assistant.chat.socket_events import SocketEvents
SocketEvents(PrivacyGuard(str), str).register()
for event, handler in sio.handlers["/"].items():
    print(event, handler.__module__)
"""


def test_an_event_that_chainlit_takes_is_known_to_carry_no_text_or_is_ours(tmp_path: Path) -> None:
    environment = {**os.environ, "CHAINLIT_APP_ROOT": str(tmp_path), "CHAINLIT_ENV_FILE": os.devnull}
    done = subprocess.run(
        [sys.executable, "-c", LISTED], env=environment, capture_output=True, text=True, check=True, timeout=120
    )
    handlers = dict(line.split() for line in done.stdout.splitlines())
    theirs = {event for event, module in handlers.items() if module.startswith("chainlit")}
    assert theirs == NEEDED, "a new event: take it in `socket_events`, or note here that it carries no text"
    assert handlers["client_message"] == handlers["edit_message"] == "assistant.chat.socket_events"
