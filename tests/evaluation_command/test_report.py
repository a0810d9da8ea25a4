from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree, html

from assistant.answering.answer import RefusalType, Withheld
from assistant.errors import QuestionError
from assistant.evaluation.page import page_of
from assistant.evaluation.report import Made, Report, guarded
from assistant.evaluation.run import Outcome
from assistant.evaluation.words import FAULTS
from assistant.evaluation.write import write_report
from tests.evaluation_command.outcomes import answer, case, outcome, refused

MADE = Made("own.jsonl", "ab" * 32, "", "2026-11-21", "extractive", None, "corpus", "settings", "index")
SECRET = "une question mise à part"


def outcomes() -> list[Outcome]:
    """One right, one that lacks a provision and names a tag, one refused for another reason, one set apart."""
    tagged = case("nis2:art-23", kind="usage", id="own-2", words="<script>alert(1)</script> et l'ANSSI ?")
    apart = case("rgpd:art-5", split="test", id="own-4", words=SECRET)
    withheld = replace(answer("dsa:art-4"), withheld=(Withheld("Phrase retenue.", "no number"),))
    return [
        outcome(case("rgpd:art-33"), answer("rgpd:art-33.1"), "rgpd:art-33.1", rank=1),
        outcome(tagged, withheld, "dsa:art-4"),
        outcome(case(kind="offtopic", refusal=RefusalType.OFF_TOPIC, id="own-3"), refused(RefusalType.INJECTION)),
        outcome(apart, answer("dsa:art-4", text="Rien."), "dsa:art-4"),
    ]


@pytest.fixture
def report() -> Report:
    return Report(MADE, outcomes())


def test_figures_are_grouped_by_kind_act_and_language(report: Report) -> None:
    assert report.overall["required_cited"].mean == pytest.approx(1 / 3)
    assert set(report.by_kind) == {"lookup", "usage", "offtopic"}
    assert {act: figures["required_cited"].mean for act, figures in report.by_act.items()} == {"nis2": 0.0, "rgpd": 0.5}
    assert report.by_lang["fr"]["labelled"].n == 4


def test_the_curve_ends_at_what_is_answered(report: Report) -> None:
    assert [(point.coverage, point.risk) for point in report.curve] == [(0.25, 0.0), (0.75, pytest.approx(2 / 3))]


def test_the_json_holds_every_question_and_every_fault(report: Report) -> None:
    found = json.loads(json.dumps(report.to_json(), allow_nan=False))
    assert [row["id"] for row in found["rows"]] == ["own-1", "own-2", "own-3", "own-4"]
    assert found["faults"] == {"other_refusal": 1, "required_not_cited": 2, "not_found_by_search": 2}
    assert found["refusals"]["hors_sujet"]["injection"] == 1
    assert found["rows"][1]["answer"]["citations"][0]["ref"] == "art-4"
    assert found["rows"][1]["evidence"][0]["text"]


def test_questions_set_apart_are_counted_and_never_shown(report: Report) -> None:
    page, data = page_of(report), json.dumps(report.to_json(), ensure_ascii=False)
    assert SECRET not in page
    assert SECRET not in data
    assert "Rien." not in page + data
    assert "own-4" in page


def test_the_page_shows_each_fault_with_question_answer_and_evidence(report: Report) -> None:
    page = html.fromstring(page_of(report))
    [usage, refusal] = [_text(details) for details in page.iter("details")]
    assert "et l'ANSSI ?" in usage
    assert "dsa:art-4" in usage
    assert "Phrase retenue." in usage
    assert "Les mots du texte officiel." in usage
    assert "refusé pour un autre motif" in refusal
    assert "own-1" not in _text(page)


def test_the_page_asks_nothing_of_another_host_and_runs_no_script(report: Report) -> None:
    text = page_of(report)
    page = html.fromstring(text)
    assert not [node for tag in ("script", "img", "iframe", "object") for node in page.iter(tag)]
    assert all(str(link.get("href")).startswith("data:") for link in page.iter("link"))
    assert not re.search(r"url\(|@import", text)
    assert [link.get("href") for link in page.iter("a")] == [f"#{title.get('id')}" for title in page.iter("h2")]


def test_the_page_is_in_french_and_its_tables_and_plots_have_names(report: Report) -> None:
    page = html.fromstring(page_of(report))
    assert page.get("lang") == "fr"
    assert len(page.findall(".//h1")) == 1
    assert len(page.findall(".//div[@aria-label]/table")) == len(page.findall(".//table"))
    assert len(page.findall(".//svg/title")) == len(page.findall(".//svg")) >= 4
    assert all(cell.get("scope") for cell in page.iter("th"))


def test_every_plot_is_well_formed(report: Report) -> None:
    for svg in re.findall(r"(?s)<svg.*?</svg>", page_of(report)):
        assert etree.fromstring(svg).get("role") == "img"


@pytest.mark.parametrize("some", [[], [outcomes()[2]]], ids=["no question", "only refusals"])
def test_a_page_is_made_of_whatever_there_is(some: Sequence[Outcome]) -> None:
    assert "Aucune question n'a reçu de réponse" in page_of(Report(MADE, some))


def test_every_kind_of_fault_has_its_words() -> None:
    from assistant.evaluation.faults import FaultKind

    assert set(FAULTS) == set(FaultKind)


def test_a_baseline_keeps_each_split_by_itself() -> None:
    found = guarded(outcomes())
    assert set(found) == {"tune", "test"}
    assert set(found["tune"]) == {"all", "fr", "lookup", "usage", "offtopic"}
    assert found["test"]["all"]["required_cited"].mean == 0.0


def test_both_files_are_written_and_nothing_else(report: Report, tmp_path: Path) -> None:
    files = write_report(report, tmp_path / "new" / "folder")
    assert [file.name for file in files] == ["report.json", "report.html"]
    assert sorted(file.name for file in (tmp_path / "new" / "folder").iterdir()) == ["report.html", "report.json"]


def test_a_folder_that_cannot_be_written_is_named(report: Report, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(QuestionError, match="taken cannot be written"):
        write_report(report, tmp_path / "taken")


def _text(node: html.HtmlElement) -> str:
    return "".join(node.itertext())
