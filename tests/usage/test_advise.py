"""From a question's parts to a verdict: the catalogue, the dates, the warnings, the other tools."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.library import Library
from assistant.usage.advise import Advisor
from assistant.usage.catalogue import load_catalogue
from assistant.usage.rules import Table
from assistant.usage.types import Audience, City, DataClass, Sheet, Situation, Status, Use, VerdictValue
from tests.in_force import DAY
from tests.lexique.entries import act, library_of, provision
from tests.usage.entries import catalogue_of, tool

pytestmark = pytest.mark.mirror


def test_a_tool_outside_the_catalogue_is_not_evaluated_and_nothing_is_said_of_it(advisor: Advisor) -> None:
    verdict = advisor.advise(Situation("ZorgAI", use=Use.WRITE, data=DataClass.PUBLIC), "fr", DAY)
    assert (verdict.value, verdict.known_tool, verdict.review_date) == (VerdictValue.NOT_EVALUATED, False, None)
    assert verdict.warnings[0].startswith("« ZorgAI » n'est pas au catalogue")
    assert any("référent IA" in condition for condition in verdict.conditions)


def test_a_tool_is_found_by_any_of_its_names_whatever_the_accents(advisor: Advisor) -> None:
    for name in ("ChatGPT", "chat gpt", "CHATGTP", "chatgpt"):
        assert advisor.place(Situation(name)).tool == "chatgpt"
    assert advisor.place(Situation("Rédaction Locale")).tool == "redaction-locale"


def test_a_long_name_is_shortened(advisor: Advisor) -> None:
    verdict = advisor.advise(Situation("x" * 500), "fr", DAY)
    assert len(verdict.tool_name) == 60
    assert len(verdict.warnings[0]) < 160


def test_status_and_sheet_come_from_the_catalogue_whatever_was_given(advisor: Advisor) -> None:
    placed = advisor.place(Situation("deepl", Status.FORBIDDEN, Use.WRITE, DataClass.PERSONAL, sheet=Sheet.NO_TOOL))
    assert (placed.status, placed.sheet) == (Status.AUTHORISED, Sheet.OTHER_DATA)
    assert advisor.place(Situation("deepl", use=Use.WRITE, data=DataClass.PUBLIC)).sheet is Sheet.OTHER_USE
    assert advisor.place(Situation("deepl")).sheet is Sheet.COVERED


def test_without_a_tool_the_verdict_depends_on_whether_one_would_do(advisor: Advisor) -> None:
    assert advisor.place(Situation(use=Use.WRITE)).status is Status.AUTHORISED
    assert advisor.place(Situation(use=Use.IMAGE)).status is Status.NOT_EVALUATED


def test_a_provision_that_applies_later_is_dated_from_the_text(advisor: Advisor) -> None:
    asked = Situation(use=Use.RECRUITMENT)
    before = advisor.advise(asked, "fr", DAY)
    said = "Ne s'appliquent qu'à partir du 2 décembre 2027 : Règlement IA, annexe III, point 4 a) ; art. 6.2 ; "
    assert before.warnings[-1].startswith(said)
    assert not any("2027" in condition for condition in before.conditions)
    assert advisor.advise(asked, "en", DAY).warnings[-1].startswith("Apply from 2 December 2027 only: AI Act, Annex")
    after = advisor.advise(asked, "fr", date(2027, 12, 2))
    assert not any("à partir du" in warning for warning in after.warnings)


def test_a_text_that_did_not_exist_yet_is_said_to_be_so(advisor: Advisor) -> None:
    asked = Situation(use=Use.PUBLIC_AGENT, audience=Audience.USERS, city=City.LYON)
    early = advisor.advise(asked, "fr", date(2025, 9, 1))
    assert any("pas en vigueur avant le 26 septembre 2025" in warning for warning in early.warnings)
    assert not any("pas en vigueur" in warning for warning in advisor.advise(asked, "fr", DAY).warnings)


def test_a_review_date_in_the_past_is_a_warning(advisor: Advisor) -> None:
    asked = Situation("lasuite", use=Use.WRITE, data=DataClass.PUBLIC)
    verdict = advisor.advise(asked, "fr", DAY)
    assert verdict.review_date == date(2026, 9, 30)
    assert "devait être revue le 30 septembre 2026" in verdict.warnings[0]
    assert not any("revue" in warning for warning in advisor.advise(asked, "fr", date(2026, 9, 30)).warnings)


def test_a_contradiction_between_ranks_is_shown_with_the_clause_that_loses(advisor: Advisor) -> None:
    verdict = advisor.advise(Situation(use=Use.PUBLIC_AGENT, audience=Audience.USERS), "fr", DAY)
    assert verdict.value is VerdictValue.CONDITIONS
    assert any(warning.startswith("La charte dit autre chose") for warning in verdict.warnings)
    assert "charte:art-9.1" in {str(clause) for clause in verdict.clauses}


def test_unknown_data_gets_a_verdict_by_class_and_known_data_none(advisor: Advisor) -> None:
    asked = Situation("chatgpt", use=Use.MINUTES)
    values = dict(advisor.advise(asked, "fr", DAY).by_data)
    assert values[DataClass.PUBLIC] is VerdictValue.NOT_EVALUATED
    assert values[DataClass.PERSONAL] is VerdictValue.FORBIDDEN
    assert {data: v.value for data, v in advisor.by_data(asked, "fr", DAY)} == values
    assert advisor.advise(Situation("chatgpt", data=DataClass.PUBLIC), "fr", DAY).by_data == ()


def test_where_every_class_gets_the_same_there_is_no_table(advisor: Advisor) -> None:
    assert advisor.advise(Situation("chatgpt", use=Use.INDIVIDUAL_DECISION), "fr", DAY).by_data == ()


def test_alternatives_are_allowed_for_the_same_use_and_data_and_the_citys_own_come_first(advisor: Advisor) -> None:
    asked = Situation("chatgpt", use=Use.TRANSLATE, data=DataClass.PUBLIC)
    verdict = advisor.advise(asked, "fr", DAY)
    assert verdict.alternatives == ("redaction-locale", "deepl", "lasuite")
    for slug in verdict.alternatives:
        other = advisor.advise(Situation(slug, use=Use.TRANSLATE, data=DataClass.PUBLIC), "fr", DAY)
        assert other.value in {VerdictValue.AUTHORISED, VerdictValue.CONDITIONS}
        assert slug not in other.alternatives


@pytest.mark.parametrize("use", list(Use))
def test_for_a_password_a_key_or_a_network_plan_no_tool_is_ever_named(advisor: Advisor, use: Use) -> None:
    for tool_name in ("", "chatgpt", "redaction-locale", "zorg"):
        for city in City:
            verdict = advisor.advise(Situation(tool_name, use=use, data=DataClass.SECRETS, city=city), "fr", DAY)
            assert (verdict.value, verdict.alternatives) == (VerdictValue.FORBIDDEN, ())


def test_conditions_are_short_and_none_explains_the_verdict(table: Table) -> None:
    asked = [(rule.id, words) for rule in table.rules for words in rule.conditions]
    asked += [(duty.id, duty.text) for duty in table.duties if duty.text]
    for name, words in asked:
        assert max(len(words.fr.split()), len(words.en.split())) <= 18, name
        assert "ni oui ni non" not in words.fr, name


def test_what_is_not_evaluated_says_what_to_do_meanwhile_and_only_cites_the_duties_of_its_use(
    advisor: Advisor, table: Table
) -> None:
    verdict = advisor.advise(Situation("midjourney", use=Use.IMAGE, data=DataClass.PUBLIC), "fr", DAY)
    rule = next(rule for rule in table.rules if rule.id == verdict.rule)
    assert verdict.value is VerdictValue.NOT_EVALUATED
    assert verdict.conditions == tuple(words.fr for words in rule.conditions)
    cited = {str(clause) for clause in verdict.clauses}
    assert {"deliberation-strasbourg:libertes", "ai-act:art-50.4", "charte:art-12.3"} <= cited
    assert "ni oui ni non" in verdict.reason


def test_a_forbidden_use_has_no_alternative(advisor: Advisor) -> None:
    assert advisor.advise(Situation("chatgpt", use=Use.INDIVIDUAL_DECISION), "fr", DAY).alternatives == ()


def test_english_and_french_give_the_same_verdict(advisor: Advisor) -> None:
    asked = Situation("whisper", use=Use.TRANSCRIBE, data=DataClass.PERSONAL)
    fr, en = advisor.advise(asked, "fr", DAY), advisor.advise(asked, "en", DAY)
    assert (fr.value, fr.rule, fr.clauses, len(fr.conditions)) == (en.value, en.rule, en.clauses, len(en.conditions))
    assert fr.reason != en.reason


def test_an_empty_catalogue_still_gives_lawful_answers(table: Table, library: Library, tmp_path: Path) -> None:
    empty = Advisor(load_catalogue(catalogue_of(tmp_path)), table, library)
    assert empty.advise(Situation("chatgpt", use=Use.WRITE), "fr", DAY).value is VerdictValue.NOT_EVALUATED
    assert empty.advise(Situation(use=Use.WRITE), "fr", DAY).value is VerdictValue.NOT_EVALUATED
    assert empty.advise(Situation("chatgpt", use=Use.EMOTIONS), "fr", DAY).value is VerdictValue.FORBIDDEN
    personal = empty.advise(Situation("chatgpt", use=Use.WRITE, data=DataClass.PERSONAL), "fr", DAY)
    assert personal.value is VerdictValue.FORBIDDEN
    assert "rgpd:art-28.3" in {str(clause) for clause in personal.clauses}


def test_another_citys_catalogue_changes_the_tools_and_nothing_else(
    advisor: Advisor, table: Table, library: Library, tmp_path: Path
) -> None:
    path = catalogue_of(tmp_path, tool("zorg", status="autorise", uses='["resumer_rediger"]', data='["publiques"]'))
    theirs = Advisor(load_catalogue(path), table, library)
    asked = Situation("zorg", use=Use.WRITE, data=DataClass.PUBLIC)
    assert theirs.advise(asked, "fr", DAY).value is VerdictValue.AUTHORISED
    assert theirs.advise(asked, "fr", DAY).warnings == ()
    law = Situation("chatgpt", use=Use.BIOMETRICS, city=City.LYON)
    assert theirs.advise(law, "fr", DAY).clauses == advisor.advise(law, "fr", DAY).clauses


def test_a_clause_that_the_texts_at_hand_lack_is_said_and_not_cited(table: Table, tmp_path: Path) -> None:
    poor = library_of(tmp_path / "acts", act("charte", provision("art-3"), provision("art-99")))
    verdict = Advisor(load_catalogue(), table, poor).advise(Situation("chatgpt"), "fr", DAY)
    assert verdict.value is VerdictValue.NOT_EVALUATED
    assert verdict.clauses == ()
    assert any("rgpd:art-28.1 n'est pas dans les textes disponibles" in warning for warning in verdict.warnings)
