"""Chainlit's data layer on our store: it calls these methods as people write, read and rename.

Each method acts for the reader of the request or socket, whatever numbers it is given. The failure
this prevents: Chainlit's own layers, which take the number of a message or an opinion from the
browser and ask nobody whose it is, and which store a user's whole session with each conversation.
"""

from __future__ import annotations

import logging
from typing import Any

from chainlit.data.base import BaseDataLayer
from chainlit.types import Feedback, PageInfo, PaginatedResponse, Pagination, ThreadFilter
from chainlit.user import PersistedUser, User

from assistant.chat.conversations.private import is_private, said_in_private
from assistant.chat.conversations.reader import reader
from assistant.chat.conversations.record import Conversation, Message, Opinion
from assistant.chat.conversations.store import ConversationStore
from assistant.chat.conversations.tables import ID
from assistant.errors import ConversationsError

_LOGGER = logging.getLogger(__name__)
_PAGE = 50


class DataLayer(BaseDataLayer):  # type: ignore[misc]  # Chainlit is read without its types (pyproject.toml)
    """What Chainlit asks of a data layer.

    Elements are not kept, since no answer has any; nor is what is shown before the first question.
    """

    def __init__(self, store: ConversationStore) -> None:
        self._store = store

    async def get_user(self, identifier: str) -> PersistedUser | None:
        """The person of that name; who comes in is `Gate`'s business."""
        return PersistedUser(id=identifier, identifier=identifier, createdAt="")

    async def create_user(self, user: User) -> PersistedUser | None:
        """The same: people are accounts, not rows."""
        return await self.get_user(user.identifier)

    async def get_thread_author(self, thread_id: str) -> str:
        """Whose conversation it is, empty when there is none."""
        return await self._store.owner(thread_id) or ""

    async def get_thread(self, thread_id: str) -> dict[str, Any] | None:
        """The reader's conversation; of anybody else's, whose it is and nothing more, which Chainlit then refuses.

        Of one that cannot be read, nothing: the page then says that it could not be opened, where an
        error would leave it waiting.
        """
        try:
            found = await self._store.read(reader(), thread_id)
            if found is not None:
                return _thread(found)
            owner = await self._store.owner(thread_id)
        except ConversationsError as error:
            _LOGGER.warning("%s", error)
            return None
        return {"id": thread_id, "userIdentifier": owner, "steps": [], "elements": []} if owner else None

    async def list_threads(self, pagination: Pagination, filters: ThreadFilter) -> PaginatedResponse[dict[str, Any]]:
        """A page of the reader's conversations, the last used first."""
        wanted = max(1, min(pagination.first, _PAGE))
        useful = None if filters.feedback is None else bool(filters.feedback)
        found = await self._store.listed(reader(), wanted + 1, pagination.cursor, filters.search or "", useful)
        data = [_thread(one) for one in found[:wanted]]
        start, end = (data[0]["id"], data[-1]["id"]) if data else (None, None)
        page = PageInfo(hasNextPage=len(found) > wanted, startCursor=start, endCursor=end)
        return PaginatedResponse(pageInfo=page, data=data)

    async def update_thread(
        self,
        thread_id: str,
        name: str | None = None,
        user_id: str | None = None,
        metadata: dict[str, Any] | None = None,  # noqa: ARG002  (Chainlit's: the user's session, which is not kept)
        tags: list[str] | None = None,  # noqa: ARG002  (Chainlit's)
    ) -> None:
        """Open a conversation (Chainlit then gives its user) or rename it."""
        if name is None or is_private():
            return
        if user_id is None:
            await self._store.rename(reader(), thread_id, name)
        else:
            await self._store.begin(reader(), thread_id, name, _profile())

    async def delete_thread(self, thread_id: str) -> None:
        """Erase a conversation."""
        await self._store.erase(reader(), thread_id)

    async def create_step(self, step_dict: dict[str, Any]) -> None:
        """Keep a message; one that cannot be kept is logged, since the person has their answer all the same."""
        if is_private():
            return
        try:
            await self._store.write(reader(), step_dict["threadId"], _message(step_dict), _profile())
        except ConversationsError as error:
            _LOGGER.warning("%s", error)

    async def update_step(self, step_dict: dict[str, Any]) -> None:
        """Keep a message's new text."""
        await self.create_step(step_dict)

    async def delete_step(self, step_id: str) -> None:
        """Forget a message."""
        await self._store.remove_message(reader(), step_id)

    async def upsert_feedback(self, feedback: Feedback) -> str:
        """Keep an opinion with its reason; its number is that of the message.

        Of a private conversation no opinion is kept, as the switch says; any other that cannot be kept is an error.
        """
        opinion = Opinion(bool(feedback.value), feedback.comment or "")
        kept = await self._store.judge(reader(), feedback.forId, opinion)
        if not kept and not said_in_private(reader(), feedback.forId):
            raise ConversationsError("this message is not kept: the opinion on it is not kept either")
        return str(feedback.forId)

    async def delete_feedback(self, feedback_id: str) -> bool:
        """Forget an opinion."""
        return await self._store.withdraw(reader(), feedback_id)

    async def create_element(self, element: Any) -> None:
        """Not kept."""

    async def get_element(self, thread_id: str, element_id: str) -> None:  # noqa: ARG002  (Chainlit's)
        """None is kept."""
        return

    async def delete_element(self, element_id: str, thread_id: str | None = None) -> None:
        """None is kept."""

    async def get_favorite_steps(self, user_id: str) -> list[dict[str, Any]]:  # noqa: ARG002  (Chainlit's)
        """The setting is off."""
        return []

    async def build_debug_url(self) -> str:
        """There is no such page."""
        return ""

    async def close(self) -> None:
        """End the connections."""
        await self._store.close()


def _profile() -> str:
    from chainlit.context import context

    return str(context.session.chat_profile or "")[:ID]


def _message(step: dict[str, Any]) -> Message:
    """A step as it is kept; of Chainlit's own runs only their place, since their input is the question again."""
    kind = str(step.get("type") or "")[:ID]
    return Message(
        id=str(step["id"])[:ID],
        type=kind,
        text=str(step.get("output") or "") if kind.endswith("_message") else "",
        created=str(step.get("createdAt") or "")[:ID],
        parent=str(step["parentId"])[:ID] if step.get("parentId") else None,
        author=str(step.get("name") or ""),
        failed=bool(step.get("isError")),
    )


def _thread(conversation: Conversation) -> dict[str, Any]:
    return {
        "id": conversation.id,
        "createdAt": conversation.used,
        "name": conversation.name,
        "userId": conversation.owner,
        "userIdentifier": conversation.owner,
        "tags": [],
        "metadata": {"chat_profile": conversation.profile} if conversation.profile else {},
        "steps": [_step(conversation, message) for message in conversation.messages],
        "elements": [],
    }


def _step(conversation: Conversation, message: Message) -> dict[str, Any]:
    opinion = message.opinion
    return {
        "id": message.id,
        "threadId": conversation.id,
        "parentId": message.parent,
        "type": message.type,
        "name": message.author,
        "input": "",
        "output": message.text,
        "createdAt": message.created,
        "start": message.created,
        "end": message.created,
        "isError": message.failed,
        "streaming": False,
        "waitForAnswer": False,
        "metadata": {},
        "tags": [],
        "feedback": opinion
        and {"id": message.id, "forId": message.id, "value": int(opinion.useful), "comment": opinion.reason},
    }
