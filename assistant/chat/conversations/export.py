"""All of a person's conversations as one signed file, JSON or Markdown.

The failure this prevents: conversations that can be kept but not taken along, and answers that leave
in bulk without the label and the mark that each had.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Any

from assistant import __version__
from assistant.answering.answer import Answer, Mode
from assistant.chat.conversations.record import Conversation, Message
from assistant.chat.conversations.wording import Wording
from assistant.mark.key import InstanceKey
from assistant.mark.record import IPTC, Record
from assistant.mark.slot import blank_slot, seal
from assistant.render.contract import answer_to_json
from assistant.render.document import Block, Document, Facts, Heading, Text, printable
from assistant.render.export_content import document
from assistant.render.export_markdown import markdown


class Form(StrEnum):
    """The formats; the value is the file's suffix."""

    JSON = "json"
    MARKDOWN = "md"


def export(held: Sequence[Conversation], form: Form, key: InstanceKey, made_at: datetime, said: Wording) -> bytes:
    """The signed file, oldest conversation first."""
    answers = [message.answer for one in held for message in one.messages if message.answer]
    record = _record(answers, made_at)
    slot = blank_slot(record, key)
    if form is Form.MARKDOWN:
        content = markdown(_document(held, made_at, record, said), slot)
    else:
        content = _json(held, record, said, slot)
    return seal(content, key)


def _record(answers: Sequence[Answer], made_at: datetime) -> Record:
    if answers:
        return document(answers, made_at, None).record
    source = IPTC + "compositeWithTrainedAlgorithmicMedia"
    return Record(made_at, Mode.EXTRACTIVE.value, None, source, f"assistant-ia-ville {__version__}")


def _json(held: Sequence[Conversation], record: Record, said: Wording, slot: str) -> bytes:
    content = {
        "ai_generated": True,
        "ai_notice": said.export_notice,
        "digital_source_type": record.digital_source_type,
        "export": record.to_json(),
        "conversations": [
            {
                "id": one.id,
                "name": one.name,
                "profile": one.profile,
                "created": one.created,
                "used": one.used,
                "messages": [_message(message) for message in _shown(one)],
            }
            for one in held
        ],
        "signature": slot,
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _message(message: Message) -> dict[str, Any]:
    opinion = message.opinion
    return {
        "id": message.id,
        "role": "user" if message.type == "user_message" else "assistant",
        "created": message.created,
        "text": message.answer.text if message.answer else message.text,
        "answer": answer_to_json(message.answer) if message.answer else None,
        "opinion": {"useful": opinion.useful, "reason": opinion.reason, "created": opinion.created}
        if opinion
        else None,
    }


def _document(held: Sequence[Conversation], made_at: datetime, record: Record, said: Wording) -> Document:
    blocks: list[Block] = [Heading(1, said.title), Text(said.export_notice)]
    for one in held:
        begun = datetime.fromisoformat(one.created).astimezone(made_at.tzinfo)
        blocks.append(Heading(1, printable(one.name) or said.untitled))
        blocks.append(_facts(said, [(said.begun, f"{begun:%Y-%m-%d %H:%M}")]))
        for message in _told_once(_shown(one)):
            blocks += _blocks(message, made_at, said)
    return Document(said.title, said.lang, said.export_notice, said.export_notice, tuple(blocks), record)


def _blocks(message: Message, made_at: datetime, said: Wording) -> Iterable[Block]:
    """An answer with its question, its sources and its label, or the line that was typed or shown."""
    if message.answer:
        yield from document([message.answer], made_at, None).blocks[1:]
    else:
        yield Text(printable(message.text))
    if message.opinion:
        value = said.useful if message.opinion.useful else said.not_useful
        told = ", ".join(part for part in (value, message.opinion.reason) if part)
        yield _facts(said, [(said.opinion, printable(told))])


def _told_once(shown: Sequence[Message]) -> Iterator[Message]:
    """Messages without the questions that the answer after them tells again."""
    for message, after in pairwise([*shown, None]):
        told = after.answer.question if after and after.answer else None
        if message and (message.answer or message.text.strip() != (told or "").strip()):
            yield message


def _shown(one: Conversation) -> list[Message]:
    """Messages that people saw: Chainlit's own steps are left out."""
    return [message for message in one.messages if message.type.endswith("_message")]


def _facts(said: Wording, pairs: Sequence[tuple[str, str]]) -> Facts:
    return Facts(tuple((name + said.colon, value) for name, value in pairs))
