"""What cannot be a question is refused before anything reads it."""

from __future__ import annotations

import pytest

from assistant.answering.question import LONGEST, Question, Turn
from assistant.errors import QuestionError


def test_blanks_around_a_question_are_left_out_and_the_rest_of_it_stays() -> None:
    asked = Question(" une fuite ? \n", "fr", (Turn("user", "bonjour"), Turn("assistant", "oui")), None, "lyon")
    assert asked.checked() == Question("une fuite ?", "fr", asked.history, None, "lyon")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Question(" "), "the question is empty"),
        (Question("x" * (LONGEST + 1)), "at most 4000 are read"),
        (Question("oui\x00non"), "not text"),
        (Question("?"), "no word"),
        (Question("oui ?", "de"), "'de' is no language of answers: ask for fr or en"),
        (Question("oui ?", ""), "'' is no language of answers"),
        (Question("oui ?", "fr", (Turn("user", "a"), Turn("system", "b"))), "'system' is no role in a conversation"),
    ],
)
def test_what_cannot_be_a_question_is_refused(asked: Question, said: str) -> None:
    with pytest.raises(QuestionError) as caught:
        asked.checked()
    assert said in str(caught.value)
