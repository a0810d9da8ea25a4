"""Private conversations: of these nothing is kept, not even that there was one.

A conversation that was made private stays so: what was kept of it is erased, and the switch is not
turned back. The failure this prevents: a switch that hides a conversation but stores it, and a page
that does not show which of both it is.
"""

from __future__ import annotations

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


async def make_private() -> str:
    """Make the present conversation private; its number, under which it may have been kept."""
    session = context.session
    user_sessions.setdefault(session.id, {})[SETTING] = True
    await _begin_unlisted(session)
    return str(session.thread_id)


async def tell_page() -> None:
    """Let the page show whether its conversation is private; our script listens."""
    await context.emitter.send_window_message({SETTING: is_private()})


async def _begin_unlisted(session: WebsocketSession) -> None:
    """Tell the page that the conversation begins, which its stop button waits for, and not under which number.

    With the first question Chainlit would tell it the number, too: the page would list it and put it in its address.
    """
    if not session.has_first_interaction:
        session.has_first_interaction = True
        await session.emit("first_interaction", {"interaction": SETTING, "thread_id": ""})
