"""Every cell of the decision table: one verdict, and what no verdict may ever say."""

from __future__ import annotations

import pytest

from assistant.library import Library
from assistant.usage.advise import Advisor
from assistant.usage.proof import cells, owner, prove
from assistant.usage.rules import Table, cell_words
from assistant.usage.types import Audience, City, DataClass, Sheet, Situation, Status, Use, VerdictValue
from tests.in_force import DAY

OUTSIDE = {Audience.USERS, Audience.PUBLIC, Audience.UNKNOWN}
ALLOWED = {VerdictValue.AUTHORISED, VerdictValue.CONDITIONS}
ABOUT_PEOPLE = {DataClass.PERSONAL, DataClass.SENSITIVE, DataClass.MINORS}


@pytest.mark.mirror
def test_the_table_is_proved_and_its_only_contradictions_are_known(table: Table, library: Library) -> None:
    proof = prove(table, library, DAY)
    assert proof.errors == ()
    assert proof.cells == len(cells()) > 15_000
    assert {(c.higher.id, c.lower.id) for c in proof.contradictions} == {
        ("strasbourg-agent-public", "charte-agent-public"),
        ("strasbourg-agent-public-a-valider", "charte-agent-public"),
        ("strasbourg-agent-public-non-evalue", "charte-agent-public"),
    }
    assert any(str(clause) == "ai-act:anx-III.4.a" for _, clause, _ in proof.later)


def test_every_cell_has_one_verdict_the_same_each_time(table: Table) -> None:
    first = [table.decide(cell) for cell in cells()]
    assert first == [table.decide(cell) for cell in reversed(cells())][::-1]


def forbidden_everywhere(cell: Situation) -> bool:
    return (
        cell.use in {Use.INDIVIDUAL_DECISION, Use.BIOMETRICS}
        or (cell.use is Use.EMOTIONS and cell.audience in {Audience.INTERNAL, Audience.UNKNOWN})
        or cell.status is Status.FORBIDDEN
        or cell.sheet is Sheet.OTHER_DATA
        or (cell.city is City.LYON and cell.use is Use.PUBLIC_AGENT and cell.audience in OUTSIDE)
        or (cell.use is Use.TRANSCRIBE and cell.data is DataClass.SENSITIVE)
    )


def test_what_a_norm_excludes_is_excluded_in_every_cell(table: Table) -> None:
    for cell in filter(forbidden_everywhere, cells()):
        strasbourg_agent = cell.city is City.STRASBOURG and cell.use is Use.PUBLIC_AGENT
        assert table.decide(cell).value is VerdictValue.FORBIDDEN or strasbourg_agent, cell_words(cell)


def test_a_tool_that_was_not_evaluated_is_never_allowed_and_never_gets_data_about_people(table: Table) -> None:
    for cell in cells():
        if (cell.status, cell.sheet) == (Status.NOT_EVALUATED, Sheet.COVERED):
            value = table.decide(cell).value
            assert value not in ALLOWED, cell_words(cell)
            assert cell.data not in ABOUT_PEOPLE or value is VerdictValue.FORBIDDEN, cell_words(cell)


def test_sensitive_data_is_never_allowed_without_the_data_protection_officer(table: Table) -> None:
    for cell in cells():
        if cell.data is DataClass.SENSITIVE:
            assert table.decide(cell).value not in ALLOWED, cell_words(cell)


def test_what_opens_a_system_is_forbidden_in_every_cell(table: Table) -> None:
    for cell in cells():
        if cell.data is DataClass.SECRETS:
            assert table.decide(cell).value is VerdictValue.FORBIDDEN, cell_words(cell)


def test_a_high_risk_use_is_never_allowed_without_prior_advice(table: Table) -> None:
    for cell in cells():
        if cell.use in {Use.RECRUITMENT, Use.SURVEILLANCE, Use.EMOTIONS}:
            assert table.decide(cell).value not in ALLOWED, cell_words(cell)


def test_a_trial_takes_public_data_only(table: Table) -> None:
    for cell in cells():
        if cell.status is Status.TRIAL and cell.data not in {DataClass.PUBLIC, DataClass.UNKNOWN}:
            assert table.decide(cell).value is VerdictValue.FORBIDDEN, cell_words(cell)


@pytest.mark.mirror
def test_no_cell_cites_another_city_or_nothing(table: Table, advisor: Advisor) -> None:
    for cell in cells():
        rule = table.decide(cell)
        owners = {owner(advisor.library.manifest, clause) for clause in rule.clauses}
        assert owners & {"", cell.city.value}, cell_words(cell)
    for city in City:
        verdict = advisor.advise(Situation("chatgpt", city=city), "fr", DAY)
        acts = {clause.act for clause in verdict.clauses}
        assert ("cadre-lyon" in acts) is (city is City.LYON)
        assert ("deliberation-strasbourg" in acts) is (city is City.STRASBOURG)


def test_the_deliberation_on_sovereign_tools_never_forbids_alone(table: Table) -> None:
    for rule in table.rules:
        if rule.value is VerdictValue.FORBIDDEN:
            others = [clause for clause in rule.clauses if str(clause) != "deliberation-strasbourg:catalogue"]
            assert others
            assert str(rule.clauses[0]) != "deliberation-strasbourg:catalogue"
