import json

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.chat.guard import LONGEST, PrivacyGuard
from assistant.privacy import Kind

TEXT = "Puis-je écrire à jean.dupont@example.org ?"
MASKED = "Puis-je écrire à [adresse e-mail] ?"


@pytest.fixture
def guard() -> PrivacyGuard:
    return PrivacyGuard()


@pytest.fixture
def client(guard: PrivacyGuard) -> TestClient:
    return TestClient(Starlette(routes=[Route("/guard", guard.endpoint, methods=["POST"])]))


def test_the_page_is_told_what_was_found_and_how_it_would_be_masked(client: TestClient) -> None:
    answer = client.post("/guard", content=json.dumps({"text": TEXT})).json()
    assert answer == {"found": [{"kind": Kind.EMAIL.value, "text": "jean.dupont@example.org"}], "masked": MASKED}


def test_a_question_without_personal_data_passes_as_it_is(client: TestClient, guard: PrivacyGuard) -> None:
    text = "Que dit l'article 22 du RGPD ?"
    assert client.post("/guard", content=json.dumps({"text": text})).json()["found"] == []
    assert guard.passed(text) == text


def test_what_nobody_let_through_is_masked_whatever_the_page_did(guard: PrivacyGuard) -> None:
    assert guard.passed(TEXT) == MASKED


def test_what_was_let_through_passes_once(client: TestClient, guard: PrivacyGuard) -> None:
    client.post("/guard", content=json.dumps({"text": TEXT, "allow": True}))
    assert guard.passed(TEXT) == TEXT
    assert guard.passed(TEXT) == MASKED


def test_a_text_too_long_to_be_a_question_is_cut_and_masked(guard: PrivacyGuard) -> None:
    passed = guard.passed(TEXT + " mot" * LONGEST)
    assert passed.startswith(MASKED)
    assert len(passed) <= LONGEST


@pytest.mark.parametrize("body", ["", "[]", '{"text": 1}', json.dumps({"text": "x" * (LONGEST + 1)}), '{"autre": ""}'])
def test_a_malformed_request_is_refused(client: TestClient, body: str) -> None:
    assert client.post("/guard", content=body).status_code == 400
