from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from assistant.chat.conversations.asked import write_asked
from assistant.chat.conversations.database import Database
from assistant.chat.conversations.record import Message, Opinion
from assistant.chat.conversations.store import ConversationStore
from assistant.lexique.suggest import Missed, suggest
from assistant.settings import Settings
from tests.render.answers import answer, refusal


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Two refusals and one answer that somebody judged, and one refusal that nobody did."""
    settings = Settings(data=tmp_path, DATABASE_URL="")

    async def filled() -> None:
        store = ConversationStore(Database(settings))
        await store.prepare(30)
        for number, given in enumerate((refusal(), refusal(), answer(), refusal())):
            await store.write("ana", "1", Message(f"q{number}", "user_message", given.question, ""))
            await store.keep_answer("ana", "1", f"a{number}", given)
            await store.write("ana", "1", Message(f"a{number}", "assistant_message", "", ""))
            if number < 3:
                await store.judge("ana", f"a{number}", Opinion(False, "rien trouvé"))
        await store.close()

    asyncio.run(filled())
    return settings


def test_judged_questions_that_found_nothing_are_listed_without_who_asked(settings: Settings) -> None:
    file = write_asked(settings)
    assert suggest(file) == [Missed("quel temps fera-t-il demain ?", 2)]
    assert "ana" not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    assert [row["found"] for row in rows] == [False, False, True]
    assert rows[0]["reason"] == "rien trouvé"


def test_reports_count_too_and_a_broken_line_is_left_out(settings: Settings) -> None:
    report = {"at": "2026-11-22T09:00:00", "question": "et la cantine ?", "refusal": "hors_corpus", "lang": "fr"}
    lines = [json.dumps(report | {"comment": "?"}), '{"cut', json.dumps(report)]
    (settings.data / "signalements.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert suggest(write_asked(settings)) == [
        Missed("quel temps fera-t-il demain ?", 2),
        Missed("et la cantine ?", 1),
    ]
