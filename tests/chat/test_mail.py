from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from assistant.answering.answer import Answer
from assistant.chat.mail import address, draft
from assistant.chat.texts import texts
from assistant.settings import Contacts

FR = texts("fr")


def test_a_draft_carries_the_question_the_sources_and_the_label(answer: Answer) -> None:
    parts = urlsplit(draft(answer, "dpo@ville.example", FR))
    assert (parts.scheme, parts.path) == ("mailto", "dpo@ville.example")
    body = parse_qs(parts.query)["body"][0]
    for words in (answer.question, "[1] RGPD, art-33.1", answer.label.notice):
        assert words in body


def test_a_long_answer_is_shortened_and_says_so(answer: Answer) -> None:
    link = draft(replace(answer, text="mot " * 2000), "", FR)
    assert len(link) < 3000
    assert FR.answer.mail_shortened in parse_qs(urlsplit(link).query)["body"][0]


@pytest.mark.parametrize(
    ("contacts", "expected"),
    [
        (Contacts(dpo="Mme Martin, dpo@ville.example"), "dpo@ville.example"),
        (Contacts(dpo="poste 12", referent_ia="ia@ville.example"), "ia@ville.example"),
        (Contacts(), ""),
    ],
)
def test_the_address_is_that_of_the_settings(contacts: Contacts, expected: str) -> None:
    assert address(contacts) == expected
