import json
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.testclient import TestClient

from assistant.answering.answer import Answer
from assistant.chat.answer_desk import AnswerDesk
from assistant.chat.conversations.retention import REPORTS
from assistant.chat.faults import Faults
from assistant.chat.reports import Reports
from assistant.chat.shelf import Shelf
from assistant.chat.texts import texts
from assistant.errors import ConversationsError
from assistant.mark.key import instance_key
from assistant.mark.verify import State, check
from assistant.render.export import Format

NOW = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)


class OneConversation:
    """Requests say who sends them; one answer is kept with its conversation."""

    def __init__(self, kept: Answer) -> None:
        self._kept = kept

    def owner(self, request: Request) -> str:
        return request.headers.get("who", "anne")

    async def answer(self, message: str, owner: str) -> Answer | None:
        if message == "away":
            raise ConversationsError("the database is away")
        return self._kept if (message, owner) == ("old", "anne") else None


@pytest.fixture
def client(tmp_path: Path, answer: Answer) -> Iterator[TestClient]:
    shelf = Shelf()
    shelf.keep("k", answer, "anne")
    desk = AnswerDesk(shelf, Reports(tmp_path), lambda: instance_key(tmp_path), OneConversation(answer), lambda: NOW)
    with TestClient(Starlette(routes=desk.routes(), middleware=[Middleware(Faults, language="fr")])) as one:
        yield one


def test_a_copy_has_both_flavours_with_sources_and_label(client: TestClient, answer: Answer) -> None:
    both = client.get("/answer/k/copy").json()
    for flavour in (both["plain"], unescape(both["html"])):
        assert answer.label.notice in flavour
        assert "RGPD, art-33.1" in flavour
    assert answer.label.digital_source_type in both["html"]


@pytest.mark.parametrize("form", list(Format))
def test_each_format_is_signed_by_this_installation(client: TestClient, tmp_path: Path, form: Format) -> None:
    response = client.post("/answer/k/export", content=json.dumps({"format": form.value}))
    assert response.headers["content-type"] == form.media_type
    assert f'filename="reponse-ia-2026-11-21-103000.{form.value}"' in response.headers["content-disposition"]
    assert check(response.content, {instance_key(tmp_path).public}).state is State.INTACT


def test_a_publication_records_who_reviewed_and_who_answers_for_it(client: TestClient, tmp_path: Path) -> None:
    asked = {"format": "html", "publication": True, "reviewer": "Anne R.", "editor": "Direction"}
    response = client.post("/answer/k/export", content=json.dumps(asked))
    record = check(response.content, {instance_key(tmp_path).public}).record
    assert record is not None
    assert (record.reviewer, record.editor) == ("Anne R.", "Direction")


@pytest.mark.parametrize(
    "asked",
    [
        {"format": "html", "publication": True, "reviewer": "Anne R.", "editor": " "},
        {"format": "odt"},
        {"format": "html", "surplus": 1},
    ],
)
def test_an_incomplete_or_unknown_request_makes_no_file(client: TestClient, asked: dict[str, object]) -> None:
    assert client.post("/answer/k/export", content=json.dumps(asked)).status_code == 400


def test_a_report_is_one_line_with_the_question_and_what_was_cited(
    client: TestClient, tmp_path: Path, answer: Answer
) -> None:
    asked = {"reason": "source", "comment": "Ce n'est pas\nle bon article."}
    assert client.post("/answer/k/report", content=json.dumps(asked)).status_code == 204
    (line,) = (tmp_path / REPORTS).read_text(encoding="utf-8").splitlines()
    report = json.loads(line)
    assert report["question"] == answer.question
    assert report["cited"] == ["rgpd:art-33.1"]
    assert report["comment"] == asked["comment"]
    assert (tmp_path / REPORTS).stat().st_mode & 0o077 == 0


def test_a_report_that_cannot_be_written_is_said_to_have_failed(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / REPORTS).mkdir()
    refused = client.post("/answer/k/report", content=json.dumps({"reason": "source"}))
    assert refused.status_code == 503
    assert str(tmp_path) not in refused.text


@pytest.mark.parametrize(("method", "action"), [("GET", "copy"), ("POST", "export"), ("POST", "report")])
def test_a_database_that_is_away_is_told_in_one_line(client: TestClient, method: str, action: str) -> None:
    refused = client.request(method, f"/answer/away/{action}", headers={"accept-language": "fr"})
    assert refused.status_code == 503
    assert refused.headers["content-type"].startswith("text/plain")
    assert refused.text == texts("fr").errors["ConversationsError"]


def test_an_answer_of_somebody_else_is_not_served(client: TestClient) -> None:
    assert client.get("/answer/k/copy", headers={"who": "bob"}).status_code == 404
    assert client.post("/answer/k/export", content='{"format": "md"}', headers={"who": "bob"}).status_code == 404
    assert client.get("/answer/other/copy").status_code == 404


def test_an_answer_of_a_kept_conversation_is_found_after_a_restart(client: TestClient) -> None:
    assert client.get("/answer/old/copy").status_code == 200
    assert client.get("/answer/old/copy", headers={"who": "bob"}).status_code == 404
