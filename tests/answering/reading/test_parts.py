"""Questions that ask two things."""

from __future__ import annotations

import pytest

from assistant.answering.reading.parts import parts_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "qui est une entité essentielle et quelle amende risque-t-elle",
            ("qui est une entité essentielle", "quelle amende risque-t-elle"),
        ),
        ("what is a deep fake image, and who labels pictures", ("what is a deep fake image", "who labels pictures")),
        ("tri de candidatures + information des salariés", ("tri de candidatures", "information des salariés")),
        ("la sécurité et la santé", ()),
        ("combien de temps pour signaler une fuite ?", ()),
    ],
)
def test_a_question_is_cut_where_it_asks_something_else(text: str, parts: tuple[str, ...]) -> None:
    assert parts_of(text) == parts
