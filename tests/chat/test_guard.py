import asyncio
import json
import threading
from contextvars import ContextVar

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.chat.guard import LONGEST, PrivacyGuard
from assistant.privacy import Kind

TEXT = "Puis-je écrire à jean.dupont@example.org ?"
MASKED = "Puis-je écrire à [adresse e-mail] ?"
WHO: ContextVar[str] = ContextVar("who", default="ana")


@pytest.fixture
def guard() -> PrivacyGuard:
    return PrivacyGuard(WHO.get)


@pytest.fixture
def client(guard: PrivacyGuard) -> TestClient:
    return TestClient(Starlette(routes=[Route("/guard", guard.endpoint, methods=["POST"])]))


def test_the_page_is_told_what_was_found_and_how_it_would_be_masked(client: TestClient) -> None:
    answer = client.post("/guard", content=json.dumps({"text": TEXT})).json()
    assert answer == {"found": [{"kind": Kind.EMAIL.value, "text": "jean.dupont@example.org"}], "masked": MASKED}


def test_a_question_without_personal_data_passes_as_it_is(client: TestClient, guard: PrivacyGuard) -> None:
    text = "Que dit l'article 22 du RGPD ?"
    assert client.post("/guard", content=json.dumps({"text": text})).json()["found"] == []
    assert guard.passed(text, "ana") == text


def test_what_nobody_let_through_is_masked_whatever_the_page_did(guard: PrivacyGuard) -> None:
    assert guard.passed(TEXT, "ana") == MASKED


def test_what_was_let_through_passes_once(client: TestClient, guard: PrivacyGuard) -> None:
    client.post("/guard", content=json.dumps({"text": TEXT, "allow": True}))
    assert guard.passed(TEXT, "ana") == TEXT
    assert guard.passed(TEXT, "ana") == MASKED


def test_what_one_person_let_through_does_not_pass_for_another(client: TestClient, guard: PrivacyGuard) -> None:
    client.post("/guard", content=json.dumps({"text": TEXT, "allow": True}))
    assert guard.passed(TEXT, "bob") == MASKED
    assert guard.passed(TEXT, "ana") == TEXT


def test_a_text_is_read_beside_the_event_loop(guard: PrivacyGuard, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[threading.Thread] = []

    def noted(text: str) -> tuple[()]:
        threads.append(threading.current_thread())
        return ()

    async def body() -> dict[str, object]:
        return {"type": "http.request", "body": json.dumps({"text": TEXT}).encode()}

    monkeypatch.setattr("assistant.chat.guard.findings", noted)
    asyncio.run(guard.endpoint(Request({"type": "http", "method": "POST", "headers": []}, body)))
    assert threads
    assert threading.main_thread() not in threads


def test_a_text_too_long_to_be_a_question_is_cut_and_masked(guard: PrivacyGuard) -> None:
    passed = guard.passed(TEXT + " mot" * LONGEST, "ana")
    assert passed.startswith(MASKED)
    assert len(passed) <= LONGEST


@pytest.mark.parametrize("body", ["", "[]", '{"text": 1}', json.dumps({"text": "x" * (LONGEST + 1)}), '{"autre": ""}'])
def test_a_malformed_request_is_refused(client: TestClient, body: str) -> None:
    assert client.post("/guard", content=body).status_code == 400
