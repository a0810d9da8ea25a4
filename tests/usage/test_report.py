"""A verdict as JSON and as lines, with quotes that lie in the official text."""

from __future__ import annotations

import json

import pytest

from assistant.settings import Contacts
from assistant.usage.advise import Advisor
from assistant.usage.report import cite, verdict_lines, verdict_to_json
from assistant.usage.types import DataClass, Situation, Use, VerdictValue
from assistant.usage.wording import AUDIENCES, DATA, ICONS, USES, VALUES
from tests.in_force import DAY

pytestmark = pytest.mark.mirror

ASKED = Situation("chatgpt", use=Use.MINUTES, data=DataClass.PERSONAL)


def test_each_clause_is_quoted_word_for_word(advisor: Advisor) -> None:
    for lang in ("fr", "en"):
        verdict = advisor.advise(ASKED, lang, DAY)
        citations = cite(verdict, advisor.library, lang, DAY, first=3)
        assert [c.reference for c in citations] == list(verdict.clauses)
        assert [c.n for c in citations] == list(range(3, 3 + len(citations)))
        for citation in citations:
            text = advisor.library.passage(citation.reference, lang, DAY).text
            assert citation.quote == text[citation.start : citation.end]


def test_a_long_provision_is_quoted_by_its_first_paragraph(advisor: Advisor) -> None:
    citations = cite(advisor.advise(ASKED, "fr", DAY), advisor.library, "fr", DAY)
    contract = next(c for c in citations if str(c.reference) == "rgpd:art-28.3")
    assert "\n" not in contract.quote
    assert contract.quote.startswith("3. Le traitement par un sous-traitant")


def test_the_json_has_the_keys_of_the_contract(advisor: Advisor) -> None:
    row = verdict_to_json(advisor.advise(ASKED, "fr", DAY), [1, 2], Contacts(referent_ia="ia@ville.example"), "fr")
    assert json.loads(json.dumps(row)) == row
    named = {"value", "tool", "use", "data", "audience", "collectivite", "conditions", "rule", "citations", "contact"}
    assert named | {"review_date"} <= set(row)
    assert (row["value"], row["tool"], row["use"]) == ("interdit", "chatgpt", "compte_rendu")
    assert row["citations"] == [1, 2]
    assert row["contact"] == "votre référent IA : ia@ville.example"


def test_the_lines_start_with_the_verdict_in_words_and_its_shape(advisor: Advisor) -> None:
    verdict = advisor.advise(Situation("chatgpt", use=Use.MINUTES), "fr", DAY)
    citations = cite(verdict, advisor.library, "fr", DAY)
    lines = verdict_lines(verdict, citations, advisor.catalogue, Contacts(), "fr").splitlines()
    assert lines[0] == "? Non évalué"
    assert "    données personnelles : ✕ Interdit" in lines
    assert any(line.startswith("[ ] ") for line in lines)
    assert lines[lines.index("En attendant :") + 1].startswith("[ ] ")
    assert "À qui s'adresser : votre référent IA" in lines
    english = verdict_lines(verdict, citations, advisor.catalogue, Contacts(), "en")
    assert "Whom to ask: your AI officer" in english


def test_each_value_has_its_own_shape_and_everything_has_words() -> None:
    assert len(set(ICONS.values())) == len(ICONS) == len(VerdictValue) == len(VALUES)
    for words in (USES, DATA, AUDIENCES, VALUES):
        assert all(fr and en for fr, en in words.values())
        assert len({fr for fr, _ in words.values()}) == len(words)
