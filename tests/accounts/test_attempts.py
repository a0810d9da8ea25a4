from __future__ import annotations

from assistant.accounts import attempts
from assistant.accounts.attempts import MINUTES, Attempts


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_after_as_many_failures_as_are_allowed_one_must_wait_a_quarter_of_an_hour() -> None:
    clock = Clock()
    tried = Attempts(3, clock)
    for _ in range(3):
        assert not tried.must_wait("ana")
        tried.failed("ana")
    assert tried.must_wait("ana")
    assert not tried.must_wait("bob")
    clock.now += MINUTES * 60 + 1
    assert not tried.must_wait("ana")


def test_failures_before_a_success_are_forgotten() -> None:
    tried = Attempts(2, Clock())
    tried.failed("ana")
    tried.succeeded("ana")
    tried.failed("ana")
    assert not tried.must_wait("ana")


def test_many_names_do_not_fill_the_memory() -> None:
    tried = Attempts(1, Clock())
    for number in range(attempts._REMEMBERED + 10):
        tried.failed(str(number))
    assert len(tried._failures) == attempts._REMEMBERED
    assert tried.must_wait(str(number))
