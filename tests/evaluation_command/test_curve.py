from __future__ import annotations

import pytest

from assistant.evaluation.curve import Answered, Point, area, points


def test_the_surest_answers_come_first_and_the_last_point_is_how_it_works_today() -> None:
    curve = points([Answered(0.2, wrong=True), Answered(0.9, wrong=False), Answered(0.5, wrong=False)], asked=4)
    assert [point.coverage for point in curve] == [0.25, 0.5, 0.75]
    assert [point.risk for point in curve] == [0.0, 0.0, pytest.approx(1 / 3)]


def test_answers_as_sure_as_each_other_are_one_point() -> None:
    curve = points([Answered(0.5, wrong=True), Answered(0.5, wrong=False)], asked=2)
    assert curve == [Point(1.0, 0.5, 0.5)]


def test_a_score_that_knows_nothing_has_the_area_of_chance_and_a_good_one_less() -> None:
    blind = points([Answered(0.5, wrong=n % 4 == 0) for n in range(100)], asked=100)
    good = points([Answered(0.5 - 0.4 * (n % 4 == 0), wrong=n % 4 == 0) for n in range(100)], asked=100)
    assert area(blind) == 0.25
    assert area(good) == pytest.approx(0.0625)


def test_without_answers_there_is_no_curve() -> None:
    assert points([], asked=3) == []
    assert area([]) is None
