from dataclasses import replace

from assistant.answering.answer import Answer
from assistant.chat.shelf import Shelf


def test_an_answer_is_found_by_its_owner_only(answer: Answer) -> None:
    shelf = Shelf()
    shelf.keep("a", answer, "anne")
    assert shelf.find("a", "anne") is answer
    assert shelf.find("a", "bob") is None
    assert shelf.find("b", "anne") is None


def test_the_oldest_answer_makes_room(answer: Answer) -> None:
    shelf = Shelf(kept=2)
    for key in "abc":
        shelf.keep(key, replace(answer, question=key), "")
    assert shelf.find("a", "") is None
    assert shelf.find("c", "") is not None
