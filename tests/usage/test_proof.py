"""`rules check` finds each kind of fault in tables made to have it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.library import Library
from assistant.usage.proof import Proof, proof_lines, proof_to_json, prove
from assistant.usage.rules import examine_table
from tests.in_force import DAY
from tests.lexique.entries import act, library_of, provision
from tests.usage.entries import rule, table_of


@pytest.fixture
def charter(tmp_path: Path) -> Library:
    return library_of(tmp_path / "acts", act("charte", provision("art-1")))


def check(folder: Path, charter: Library, *rules: str) -> Proof:
    table, faults = examine_table(table_of(folder, *rules))
    assert table is not None, faults
    return prove(table, charter, DAY)


def test_a_sound_table_has_no_error(tmp_path: Path, charter: Library) -> None:
    proof = check(tmp_path, charter, rule("a"))
    assert proof.errors == ()
    assert proof.contradictions == ()


def test_a_hole_is_found(tmp_path: Path, charter: Library) -> None:
    every_use_but_code = rule("a") + '[[rule.unless]]\nuse = ["code"]\ndata = ["mineurs"]\n'
    errors = check(tmp_path, charter, every_use_but_code).errors
    assert errors
    assert all(e.startswith("no rule covers: ") and "use code, data mineurs" in e for e in errors)


def test_a_rule_that_never_decides_is_found(tmp_path: Path, charter: Library) -> None:
    errors = check(tmp_path, charter, rule("a"), rule("b", priority=2, when='use = ["code"]')).errors
    assert errors == ("b is never reached: remove it or correct its priority",)


def test_two_rules_of_one_rank_and_priority_that_disagree_are_found(tmp_path: Path, charter: Library) -> None:
    errors = check(tmp_path, charter, rule("a", when='use = ["code"]'), rule("b", value="autorise")).errors
    assert errors
    assert all(error.startswith("a and b share rank and priority and disagree") for error in errors)


def test_a_contradiction_between_ranks_is_listed_and_no_error(tmp_path: Path, charter: Library) -> None:
    law = rule("l", "loi", when='use = ["code"]\ncity = ["lyon"]')
    proof = check(tmp_path, charter, law, rule("c", value="autorise"))
    assert proof.errors == ()
    (found,) = proof.contradictions
    assert (found.higher.id, found.lower.id) == ("l", "c")
    assert found.cells == 10 * 8 * 4
    assert proof_to_json(proof)["contradictions"][0]["values"] == ["interdit", "autorise"]


def test_a_clause_that_does_not_exist_is_found(tmp_path: Path, charter: Library) -> None:
    errors = check(tmp_path, charter, rule("a", clauses='["charte:art-9"]')).errors
    assert errors[0].startswith("a: charte:art-9 does not exist")


def test_a_rule_that_rests_on_another_citys_text_is_found(tmp_path: Path, charter: Library) -> None:
    errors = check(tmp_path, charter, rule("a", clauses='["cadre-lyon:eng-2"]')).errors
    assert "a covers strasbourg, but cites other cities' texts only: add a clause" in errors


def test_the_report_ends_with_the_totals(tmp_path: Path, charter: Library) -> None:
    table, _ = examine_table(table_of(tmp_path, rule("a")))
    assert table is not None
    lines = proof_lines(table, prove(table, charter, DAY))
    assert lines[-1] == "18240 cells, 1 rules, 0 duties, 0 errors, 0 contradictions"
