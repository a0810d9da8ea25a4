"""Questions that readers gave an opinion on or reported, as `assistant lexique suggest` reads them.

Only these leave their conversations, without who asked: an opinion and a report are given to be read.
The failure this prevents: everyday words that are missing from the index, which people told us and
nobody heard.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.answering.answer import Answer, RefusalType
from assistant.chat.conversations.database import Database
from assistant.chat.conversations.record import Message
from assistant.chat.conversations.retention import ASKED, REPORTS, Retention, changing
from assistant.chat.conversations.store import ConversationStore
from assistant.settings import Settings


def write_asked(settings: Settings) -> Path:
    """Write the file that `suggest` reads, one JSON object a line, for its owner only; where it is."""
    rows = [*asyncio.run(_judged(settings)), *_reported(settings.data / REPORTS)]
    file = settings.data / ASKED
    with (
        changing(file),
        os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out,
    ):
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    return file


async def _judged(settings: Settings) -> list[dict[str, Any]]:
    store = ConversationStore(Database(settings))
    try:
        await Retention(store, settings).apply()
        return [_row(message, message.answer) for message in await store.judged() if message.answer]
    finally:
        await store.close()


def _row(message: Message, answer: Answer) -> dict[str, Any]:
    opinion = message.opinion
    return {
        "question": answer.question,
        "found": answer.refusal is not RefusalType.OUTSIDE_CORPUS,
        "lang": answer.lang,
        "day": message.created[:10],
        "useful": opinion.useful if opinion else None,
        "reason": opinion.reason if opinion else "",
    }


def _reported(file: Path) -> Iterator[dict[str, Any]]:
    """Reports of the chat (`assistant.chat.reports`); a line that is none is left out."""
    if not file.is_file():
        return
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            report = json.loads(line)
            yield {
                "question": str(report["question"]),
                "found": report["refusal"] != RefusalType.OUTSIDE_CORPUS.value,
                "lang": report["lang"],
                "day": str(report["at"])[:10],
                "useful": False,
                "reason": str(report["comment"]),
            }
        except (ValueError, KeyError, TypeError):
            continue
