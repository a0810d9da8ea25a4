"""Situations with the verdict and the clauses that we reasoned out from the texts, both cities."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from assistant.usage.advise import Advisor
from assistant.usage.types import Audience, City, DataClass, Situation, Use
from tests.in_force import DAY

CASES: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "cases.jsonl").read_text(encoding="utf-8").splitlines()
]


def situation(case: dict[str, Any]) -> Situation:
    return Situation(
        case["tool"],
        use=Use(case["use"]),
        data=DataClass(case["data"]),
        audience=Audience(case["audience"]),
        city=City(case["collectivite"]),
    )


@pytest.mark.mirror
@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_a_case_gets_its_verdict_and_its_clauses(case: dict[str, Any], advisor: Advisor) -> None:
    verdict = advisor.advise(situation(case), "fr", DAY)
    assert verdict.value.value == case["value"]
    assert set(case["clauses"]) <= {str(clause) for clause in verdict.clauses}


def test_there_are_sixty_cases_of_every_value_and_city() -> None:
    assert len(CASES) >= 60
    assert len({situation(case) for case in CASES}) == len(CASES)
    assert min(Counter(case["value"] for case in CASES).values()) >= 2
    assert Counter(case["collectivite"] for case in CASES)["lyon"] >= 15
