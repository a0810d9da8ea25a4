"""Conversations as the chat uses them: one object between the server, Chainlit and the store.

It is made before Chainlit is imported, since Chainlit reads its secret and its cookie's name from
the environment at that moment. The failure this prevents: a server that starts, and finds out at the
first question that its database is not there.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from assistant.accounts.secret import session_secret
from assistant.accounts.store import LOCAL, Accounts
from assistant.answering.answer import Answer
from assistant.answering.question import Turn
from assistant.chat.conversations.database import Database
from assistant.chat.conversations.desk import ConversationDesk, Render
from assistant.chat.conversations.gate import Gate
from assistant.chat.conversations.reader import Door, OneUser, SignedIn, Ticket, reader
from assistant.chat.conversations.retention import Retention
from assistant.chat.conversations.sign_in import SignIn
from assistant.chat.conversations.store import ConversationStore
from assistant.chat.conversations.wording import wording
from assistant.errors import ConversationsError
from assistant.manifest import Lang
from assistant.mark.key import instance_key
from assistant.settings import Settings

_LOGGER = logging.getLogger(__name__)


class Conversations:
    """What is kept, for whom, and who comes in; `accounts` tells whether people sign in."""

    def __init__(self, settings: Settings, accounts: Accounts) -> None:
        self._settings = settings
        self._accounts = accounts
        self._store = ConversationStore(Database(settings))
        self._retention = Retention(self._store, settings)
        self.with_accounts = bool(accounts.all())
        self._door: Door = SignedIn(accounts) if self.with_accounts else OneUser()

    @classmethod
    def open(cls, settings: Settings, port: int) -> Conversations:
        """Make what is missing, erase what is too old, and set Chainlit's environment; call before importing it.

        With one account or more, everybody signs in, on this machine too. `ConversationsError`: the
        database cannot be used. `AccountError`: the secret or the accounts cannot.
        """
        asyncio.run(_prepared(settings))
        os.environ["CHAINLIT_AUTH_SECRET"] = session_secret(settings.data)
        os.environ["CHAINLIT_AUTH_COOKIE_NAME"] = f"assistant-{port}"
        os.environ["CHAINLIT_COOKIE_SAMESITE"] = "strict"
        os.environ["CHAINLIT_CUSTOM_AUTH"] = "true"
        return cls(settings, Accounts(settings.data))

    def register(self, language: Callable[[], Lang]) -> None:
        """Hand Chainlit its data layer, its sign-in and the switch for private conversations.

        `language` is that of the page that an event comes from.
        """
        import chainlit as cl

        from assistant.chat.conversations.layer import DataLayer

        layer = DataLayer(self._store)
        cl.data_layer(lambda: layer)
        cl.on_settings_update(self._settings_changed)
        self._language = language
        if self.with_accounts:
            sign_in = SignIn(self._accounts)

            async def check(name: str, password: str) -> cl.User | None:
                ticket = await sign_in.ticket(name, password)
                return cl.User(identifier=ticket.name, metadata={"mark": ticket.mark}) if ticket else None

            cl.password_auth_callback(check)

    def gate(self, app: ASGIApp) -> Gate:
        """The middleware."""
        return Gate(app, self._door, Ticket(LOCAL, ""), self._store.owner)

    def routes(self, language: Callable[[Request], Lang], render: Render) -> list[BaseRoute]:
        """The page about one's conversations; `language` is that of a request's reader, `render` fills templates."""
        key = partial(instance_key, self._settings.data)
        return ConversationDesk(self._store, self._settings.retention_days, language, render, key, _clock).routes()

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """While this lasts, what is too old is erased every day; at its end the connections are closed."""
        erasing = asyncio.create_task(self._retention.daily(), name="retention")
        try:
            yield
        finally:
            erasing.cancel()
            with suppress(asyncio.CancelledError):
                await erasing
            await self._store.close()

    def owner(self, request: Request) -> str:  # noqa: ARG002  (what asks for an owner has a request)
        """Who sends a request."""
        return reader()

    async def keep(self, message: str, answer: Answer) -> None:
        """Keep the answer behind a message that is about to be shown, unless the conversation is private.

        One that cannot be kept is logged, and shown all the same.
        """
        from chainlit.context import context

        from assistant.chat.conversations.private import is_private

        if is_private():
            return
        try:
            await self._store.keep_answer(reader(), context.session.thread_id, message, answer)
        except ConversationsError as error:
            _LOGGER.warning("%s", error)

    async def answer(self, message: str, owner: str) -> Answer | None:
        """The answer behind a message of the owner's."""
        return await self._store.answer(owner, message)

    async def turns(self, conversation: str) -> tuple[Turn, ...]:
        """What was asked and answered in a conversation of the reader's."""
        held = await self._store.read(reader(), conversation)
        answers = [message.answer for message in held.messages if message.answer] if held else []
        return tuple(turn for one in answers for turn in (Turn("user", one.question), Turn("assistant", one.text)))

    async def offer_privacy(self) -> None:
        """Show the switch for private conversations, and how it stands."""
        import chainlit as cl
        from chainlit.input_widget import Switch

        from assistant.chat.conversations.private import SETTING, is_private, tell_page

        said = wording(self._language())
        switch = Switch(id=SETTING, label=said.private, initial=is_private(), description=said.private_why)
        await cl.ChatSettings([switch]).send()
        await tell_page()

    async def _settings_changed(self, changed: dict[str, Any]) -> None:
        from assistant.chat.conversations.private import SETTING, is_private, make_private, tell_page

        if changed.get(SETTING):
            await self._forget(await make_private())
            await tell_page()
        elif is_private():
            await self.offer_privacy()

    async def _forget(self, conversation: str) -> None:
        """Erase what was kept of a conversation that is private now; who it belongs to is told when that fails."""
        import chainlit as cl

        try:
            await self._store.erase(reader(), conversation)
        except ConversationsError as error:
            _LOGGER.warning("%s", error)
            await cl.ErrorMessage(content=wording(self._language()).private_not_erased).send()


async def _prepared(settings: Settings) -> None:
    store = ConversationStore(Database(settings))
    try:
        await Retention(store, settings).apply()
    finally:
        await store.close()


def _clock() -> datetime:
    return datetime.now(tz=UTC).astimezone()
