"""The conversation: what happens in Chainlit when somebody asks, stops, or opens the page.

The failure this prevents: an answer shown without its proof or its label because the page assembled
it in its own way; everything shown here comes from `Answer`, through `message`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Generator
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import chainlit as cl
from chainlit.config import config
from chainlit.session import ws_sessions_id
from chainlit.types import ThreadDict

from assistant.answering.answer import Answer, Sentence
from assistant.answering.events import Event, EvidenceFound, Finished, SentenceProven
from assistant.answering.pipeline import Assistant
from assistant.answering.question import Question, Turn
from assistant.chat import message
from assistant.chat.conversations.private import is_private
from assistant.chat.conversations.service import Conversations
from assistant.chat.presenter import Place, Presenter
from assistant.chat.sections import Profile, ProfileTexts
from assistant.chat.socket_events import SocketEvents
from assistant.chat.streaming import Producer
from assistant.chat.templates import one_line
from assistant.chat.texts import Texts, interface_language, texts
from assistant.errors import AssistantError, ConversationsError
from assistant.law.citation import Citation
from assistant.manifest import Lang

_LOGGER = logging.getLogger(__name__)
_HISTORY = "history"
_SECONDS_TO_END = 2.0
Value = TypeVar("Value")


@dataclass
class _Reply:
    """An answer while it comes: what was found and proven so far, and the message that shows it."""

    shown: cl.Message
    found: tuple[Citation, ...] = ()
    sentences: list[Sentence] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    answer: Answer | None = None

    def take(self, event: Event) -> bool:
        """Keep what an event brings; whether there is anything new to show."""
        match event:
            case EvidenceFound(citations=found):
                self.found = found
            case SentenceProven(sentence=sentence, new_citations=new):
                self.sentences.append(sentence)
                self.citations.extend(new)
            case Finished(answer=answer):
                self.answer = answer
            case _:
                return False
        return True

    async def show(self, spoken: Texts) -> None:
        """Put the present state on the page."""
        content = message.so_far(self.sentences, self.citations, self.found, spoken)
        await self.shown.stream_token(content, is_sequence=True)

    async def end(self, content: str) -> None:
        """Put the last state on the page."""
        self.shown.content = content
        await self.shown.send()


@dataclass(frozen=True, slots=True)
class Chat:
    """Chainlit's handlers over one assistant; `language` is the page's when the browser asks for neither."""

    assistant: Assistant
    producer: Producer[Event]
    presenter: Presenter
    events: SocketEvents
    conversations: Conversations
    language: Lang

    def register(self) -> None:
        """Hand the handlers to Chainlit."""
        cl.on_chat_start(self.conversations.offer_privacy)
        cl.on_chat_resume(self.resume)
        cl.on_message(self.answer)
        cl.on_chat_end(self.leave)
        config.code.set_chat_profiles = self.profiles
        self.events.register()

    def profiles(self, user: cl.User | None, language: str | None) -> _Ready[list[cl.ChatProfile]]:  # noqa: ARG002  (Chainlit's)
        """Ways to show answers, each with questions to start from; what is shown is what is asked."""
        spoken = texts(interface_language(language or "", self.language))
        return _Ready([_chat_profile(profile, said) for profile, said in spoken.profiles.items()])

    async def resume(self, thread: ThreadDict) -> None:
        """A kept conversation was opened again: what was said in it counts for what is asked next."""
        try:
            cl.user_session.set(_HISTORY, await self.conversations.turns(thread["id"]))
        except ConversationsError as error:
            _LOGGER.warning("%s", error)
            await cl.ErrorMessage(content=self._spoken().error(error)).send()
        await self.conversations.offer_privacy()

    async def answer(self, asked: cl.Message) -> None:
        """Answer one message, sentence by sentence."""
        spoken = self._spoken()
        history: tuple[Turn, ...] = cl.user_session.get(_HISTORY) or ()
        question = Question(text=asked.content, history=history)
        reply = _Reply(cl.Message(content=""))
        try:
            await reply.shown.stream_token(message.working(spoken), is_sequence=True)
            async with aclosing(self.producer.items(lambda: self.assistant.stream(question))) as events:
                async for event in events:
                    if reply.take(event) and reply.answer is None:
                        await reply.show(spoken)
            if reply.answer is not None:
                await self.conversations.keep(reply.shown.id, reply.answer)
                await reply.end(self.presenter.show(reply.answer, _profile(), _place(reply.shown)))
        except asyncio.CancelledError:
            await reply.end(message.stopped(reply.sentences, reply.citations, reply.found, spoken))
            raise
        except AssistantError as error:
            _LOGGER.warning("%s: %s", type(error).__name__, error)
            await self._fail(reply, spoken, error)
        except Exception as error:
            _LOGGER.exception("an answer failed")
            await self._fail(reply, spoken, error)
        if reply.answer is not None:
            turns = (Turn("user", asked.content), Turn("assistant", reply.answer.text))
            cl.user_session.set(_HISTORY, (*history, *turns))

    async def _fail(self, reply: _Reply, spoken: Texts, error: Exception) -> None:
        await reply.shown.remove()
        await cl.ErrorMessage(content=spoken.error(error)).send()

    async def leave(self) -> None:
        """A new conversation was opened: the answer of the old one is of no use any more."""
        session = cl.context.session
        if session.to_clear and session.current_task:
            session.current_task.cancel()

    async def end(self) -> None:
        """The server ends: first the answers that are being written, so that each is kept as far as it came."""
        tasks = [session.current_task for session in ws_sessions_id.values()]
        running = [task for task in tasks if task and not task.done()]
        for task in running:
            task.cancel()
        await asyncio.to_thread(self.producer.close)
        if running:
            await asyncio.wait(running, timeout=_SECONDS_TO_END)

    def page_language(self) -> Lang:
        """The language of the page that the present event comes from."""
        return self._spoken().lang

    def _spoken(self) -> Texts:
        environ = cl.context.session.environ or {}
        return texts(interface_language(environ.get("HTTP_ACCEPT_LANGUAGE", ""), self.language))


class _Ready(Generic[Value]):
    """A value that can be awaited; Chainlit asks for the profiles in places where it then cannot await them."""

    def __init__(self, value: Value) -> None:
        self._value = value

    def __await__(self) -> Generator[None, None, Value]:
        yield from ()
        return self._value


def _chat_profile(profile: Profile, said: ProfileTexts) -> cl.ChatProfile:
    return cl.ChatProfile(
        name=profile.value,
        display_name=said.name,
        markdown_description=f"<div>{one_line(said.description)}</div>",
        starters=[_starter(question) for question in said.starters],
    )


def _starter(question: str) -> cl.Starter:
    """What is asked is what is shown, with plain spaces, as people type it."""
    return cl.Starter(label=question, message=question.replace("\u00a0", " "))


def _profile() -> Profile:
    """The profile chosen on the page; the staff's when it names none that there is."""
    chosen = cl.context.session.chat_profile or ""
    return Profile(chosen) if chosen in set(Profile) else Profile.STAFF


def _place(shown: cl.Message) -> Place:
    """Where an answer is shown; a private conversation has no address."""
    session = cl.context.session
    owner = session.user.identifier if session.user else ""
    return Place(owner, shown.id, "" if is_private() else session.thread_id)
