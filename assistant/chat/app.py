"""The conversation: what happens in Chainlit when somebody asks, stops, or opens the page.

The failure this prevents: an answer shown without its proof or its label because the page assembled
it in its own way; everything shown here comes from `Answer`, through `message`.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing
from dataclasses import dataclass, field

import chainlit as cl
from chainlit.server import sio
from chainlit.session import WebsocketSession

from assistant.answering.answer import Answer, Sentence
from assistant.answering.events import Event, EvidenceFound, Finished, SentenceProven
from assistant.answering.pipeline import Assistant
from assistant.answering.question import Question, Turn
from assistant.chat import message
from assistant.chat.streaming import Producer
from assistant.chat.texts import Texts, interface_language, texts
from assistant.errors import AssistantError
from assistant.law.citation import Citation
from assistant.manifest import Lang

_LOGGER = logging.getLogger(__name__)
_HISTORY = "history"


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
        if self.answer is None:
            content = message.so_far(self.sentences, self.citations, self.found, spoken)
            await self.shown.stream_token(content, is_sequence=True)
        else:
            self.shown.content = message.whole(self.answer, texts("en" if self.answer.lang == "en" else "fr"))
            await self.shown.send()


class Chat:
    """Chainlit's handlers over one assistant; `language` is the page's when the browser asks for neither."""

    def __init__(self, assistant: Assistant, producer: Producer[Event], language: Lang) -> None:
        self._assistant = assistant
        self._producer = producer
        self._language = language

    def register(self) -> None:
        """Hand the handlers to Chainlit.

        No data layer, whatever the environment names: nothing typed is kept, or sent to Chainlit's
        own service. The stop event is ours, since Chainlit's answers it in English.
        """
        cl.data_layer(lambda: None)
        cl.on_message(self.answer)
        cl.on_chat_end(self.leave)
        cl.set_starters(self.starters)
        sio.on("stop", self.stop)

    async def starters(self, user: cl.User | None, language: str) -> list[cl.Starter]:  # noqa: ARG002  (Chainlit's)
        """Questions to start from; what is shown is what is asked."""
        spoken = texts(interface_language(language, self._language))
        return [cl.Starter(label=question, message=question) for question in spoken.starters]

    async def answer(self, asked: cl.Message) -> None:
        """Answer one message, sentence by sentence."""
        spoken = self._spoken()
        history: tuple[Turn, ...] = cl.user_session.get(_HISTORY) or ()
        question = Question(text=asked.content, history=history)
        reply = _Reply(cl.Message(content=""))
        try:
            async with aclosing(self._producer.items(lambda: self._assistant.stream(question))) as events:
                async for event in events:
                    if reply.take(event):
                        await reply.show(spoken)
        except asyncio.CancelledError:
            reply.shown.content = message.stopped(reply.shown.content, spoken)
            await reply.shown.send()
            raise
        except AssistantError as error:
            _LOGGER.warning("%s: %s", type(error).__name__, error)
            await cl.ErrorMessage(content=spoken.error(error)).send()
        except Exception as error:
            _LOGGER.exception("an answer failed")
            await cl.ErrorMessage(content=spoken.error(error)).send()
        if reply.answer is not None:
            turns = (Turn("user", asked.content), Turn("assistant", reply.answer.text))
            cl.user_session.set(_HISTORY, (*history, *turns))

    async def stop(self, sid: str) -> None:
        """The stop button: cancel the answer of this page."""
        session = WebsocketSession.get(sid)
        if session is not None and session.current_task:
            session.current_task.cancel()

    async def leave(self) -> None:
        """A new conversation was opened: the answer of the old one is of no use any more."""
        session = cl.context.session
        if session.to_clear and session.current_task:
            session.current_task.cancel()

    def _spoken(self) -> Texts:
        environ = cl.context.session.environ or {}
        return texts(interface_language(environ.get("HTTP_ACCEPT_LANGUAGE", ""), self._language))
