"""Private conversations: of these nothing is kept, not even that there was one.

A conversation that was made private stays so: what was kept of it is erased, and the switch is not
turned back. The failure this prevents: a switch that hides a conversation but stores it.
"""

from __future__ import annotations

from typing import Any

from chainlit.chat_context import chat_contexts
from chainlit.context import ChainlitContextException, context
from chainlit.session import WebsocketSession, ws_sessions_id
from chainlit.user_session import user_sessions

SETTING = "private"


def is_private() -> bool:
    """Whether what happens now belongs to a private conversation."""
    try:
        session = context.session
    except ChainlitContextException:
        return False
    return bool(user_sessions.get(session.id, {}).get(SETTING))


def said_in_private(name: str, message: str) -> bool:
    """Whether a message was shown to a person in a private conversation."""
    return any(
        user_sessions.get(page.id, {}).get(SETTING)
        and page.user
        and page.user.identifier == name
        and any(shown.id == message for shown in chat_contexts.get(page.id, ()))
        for page in ws_sessions_id.values()
    )


def make_private() -> str:
    """Make the present conversation private; its number, under which it may have been kept."""
    session = context.session
    user_sessions.setdefault(session.id, {})[SETTING] = True
    _leave_unlisted(session)
    return str(session.thread_id)


def _leave_unlisted(session: WebsocketSession) -> None:
    """Keep from the page the number of a conversation that begins: it would list it and put it in its address."""
    emit = session.emit

    async def unlisted(event: str, data: Any) -> Any:
        return None if event == "first_interaction" else await emit(event, data)

    session.emit = unlisted
