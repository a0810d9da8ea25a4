"""The rules file: what is refused, and in which order rules are tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import ManifestError
from assistant.usage.rules import Table, examine_table
from assistant.usage.types import City, Situation, Use, VerdictValue
from tests.usage.entries import rule, table_of


def read(folder: Path, *rules: str) -> Table:
    table, faults = examine_table(table_of(folder, *rules))
    assert table is not None, faults
    return table


def test_law_stands_over_deliberation_over_charter_whatever_the_priority(tmp_path: Path) -> None:
    rules = (rule("c", "charte", 1), rule("l", "loi", 9, "autorise"), rule("d", "deliberation", 5, "a_valider"))
    table = read(tmp_path, *rules)
    assert [r.id for r in table.rules] == ["l", "d", "c"]
    assert table.decide(Situation()).id == "l"
    assert [r.id for r in table.opposed(Situation())] == ["d", "c"]


def test_within_a_rank_the_smallest_priority_decides(tmp_path: Path) -> None:
    table = read(tmp_path, rule("b", priority=2), rule("a", priority=1, value="autorise", when='use = ["code"]'))
    assert table.decide(Situation(use=Use.CODE)).value is VerdictValue.AUTHORISED
    assert table.decide(Situation(use=Use.IMAGE)).value is VerdictValue.FORBIDDEN


def test_an_exception_takes_cells_away(tmp_path: Path) -> None:
    only = rule("a") + '[[rule.unless]]\ncity = ["lyon"]\nuse = ["code"]\n'
    table = read(tmp_path, only)
    assert table.rules[0].covers(Situation(use=Use.CODE))
    assert not table.rules[0].covers(Situation(use=Use.CODE, city=City.LYON))
    with pytest.raises(ManifestError, match=r"no rule covers status non_evalue, .* run `assistant rules check`"):
        table.decide(Situation(use=Use.CODE, city=City.LYON))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (rule("a", when='use = ["cod"]'), "rule.a.when.0.use: 'cod' is no use: write one of resumer_rediger"),
        (rule("a", when='use = ["@rien"]'), "no set is called @rien"),
        (rule("a", when='usage = ["code"]'), "rule.a.when.0.usage: no such field"),
        (rule("a", clauses='["rgpd art 5"]'), "is not a reference"),
        (rule("a", value="oui"), "rule.a.value: write 'autorise', "),
        (rule("a") + rule("a"), "'a' names two entries"),
        (
            rule("a") + '[[duty]]\nid = "d"\ncited = ["interdit"]\nclauses = ["charte:art-1"]\n'
            'text = { fr = "Faites.", en = "Do." }\n[[duty.when]]\n',
            "duty.d.text: a condition has a text and the values that it goes with",
        ),
    ],
)
def test_a_wrong_rule_gives_its_place_and_the_cure(text: str, words: str, tmp_path: Path) -> None:
    table, faults = examine_table(table_of(tmp_path, text))
    assert table is None
    assert any(words in str(fault) for fault in faults), faults


def test_the_line_is_that_of_the_wrong_value(tmp_path: Path) -> None:
    path = table_of(tmp_path, rule("a"), rule("b", when='use = ["cod"]'))
    _, faults = examine_table(path)
    assert path.read_text(encoding="utf-8").splitlines()[faults[0].line - 1] == 'use = ["cod"]'
