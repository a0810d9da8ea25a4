from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.chat.conversations.export import Form, export
from assistant.chat.conversations.record import Conversation, Message
from assistant.chat.conversations.wording import wording
from assistant.manifest import Lang
from assistant.mark.key import instance_key
from assistant.mark.verify import State, check
from tests.render.answers import MADE, answer, generated

WHEN = "2026-11-21T08:00:00.000000Z"


def conversation(*messages: Message) -> Conversation:
    return Conversation("c", "ana", "Un sujet", "agent", WHEN, WHEN, messages)


def said(text: str) -> Message:
    return Message("q", "user_message", text, WHEN)


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_mark_names_the_model_that_wrote_one_of_the_answers(form: Form, lang: Lang, tmp_path: Path) -> None:
    key = instance_key(tmp_path)
    held = [
        conversation(said("Une ?"), Message("a", "assistant_message", "<p>", WHEN, answer=answer())),
        conversation(said("Deux ?"), Message("b", "assistant_message", "<p>", WHEN, answer=generated())),
    ]
    result = check(export(held, form, key, MADE, wording(lang)), {key.public})
    assert result.state is State.INTACT
    assert result.record is not None
    assert result.record.model == "ministral-3-3b"
    assert result.record.digital_source_type.endswith("/trainedAlgorithmicMedia")


def test_a_question_that_got_no_answer_is_exported_too(tmp_path: Path) -> None:
    key = instance_key(tmp_path)
    held = [conversation(said("Sans réponse"), Message("e", "assistant_message", "Une panne", WHEN, failed=True))]
    text = export(held, Form.MARKDOWN, key, MADE, wording("fr")).decode()
    assert "Sans réponse\n\nUne panne" in text
    assert "Commencée le :** 2026-11-21 08:00" in text
    content = json.loads(export(held, Form.JSON, key, MADE, wording("fr")))
    assert [message["text"] for message in content["conversations"][0]["messages"]] == ["Sans réponse", "Une panne"]


def test_chainlits_own_steps_are_not_exported(tmp_path: Path) -> None:
    held = [conversation(Message("r", "run", "", WHEN), said("Une ?"))]
    content = json.loads(export(held, Form.JSON, instance_key(tmp_path), MADE, wording("fr")))
    assert [message["role"] for message in content["conversations"][0]["messages"]] == ["user"]


def test_without_conversations_the_file_is_empty_but_signed(tmp_path: Path) -> None:
    key = instance_key(tmp_path)
    for form in Form:
        assert check(export([], form, key, MADE, wording("en")), {key.public}).state is State.INTACT
