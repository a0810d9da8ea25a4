from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from assistant.errors import ManifestError
from assistant.law.identifiers import Locator
from assistant.law.validity import Application, Status
from assistant.manifest import ActSource, ApplicationRule, Manifest, Version, applications, load_manifest, validity
from assistant.resources import corpus_folder
from ingest.parse.eurlex import parse_act

TODAY = dt.date(2026, 11, 21)


@pytest.fixture(scope="module")
def manifest() -> Manifest:
    return load_manifest()


def the_act(manifest: Manifest, name: str) -> ActSource:
    act = manifest.find_act(name)
    assert act is not None
    return act


def dates(act: ActSource, place: str, version: int = -1) -> list[str]:
    return [str(a.since) for a in applications(act, act.version[version], Locator.parse(place), "fr")]


def status(act: ActSource, place: str, day: dt.date = TODAY, version: int = -1) -> Status:
    return validity(act, act.version[version], Locator.parse(place), "fr").status_on(day)


def test_every_official_file_of_the_mirror_is_listed_with_its_hash(manifest: Manifest, mirror: Path) -> None:
    with (mirror / "SOURCES.tsv").open(encoding="utf-8", newline="") as table:
        sources = {row["path"]: row["sha256"] for row in csv.DictReader(table, delimiter="\t")}

    listed = {file.path: file.sha256 for file in manifest.file}
    documents = {document.path: document.sha256 for document in manifest.document if document.sha256}

    assert listed | documents == sources


def test_a_file_is_named_by_its_celex_number_its_language_and_its_format(manifest: Manifest) -> None:
    endings = {"xhtml": "xhtml", "html": "html", "fmx4": "fmx4.xml", "pdf": "pdf"}
    for file in manifest.file:
        assert file.path == f"eu/{file.celex}/{file.lang}.{endings[file.format]}"


def test_each_version_is_there_in_both_languages(manifest: Manifest) -> None:
    for act in manifest.act:
        for version in act.version:
            assert [text.lang for text in version.text] == ["fr", "en"]


def test_a_text_is_made_of_files_in_its_language_and_of_its_act(manifest: Manifest) -> None:
    for act in manifest.act:
        for text in (text for version in act.version for text in version.text):
            files = [manifest.source(path) for path in text.paths]
            assert {file.lang for file in files} == {text.lang}
            assert files[0].celex == text.celex
            assert {file.celex[1:10] for file in files} == {act.celex[1:]}


def test_recitals_come_from_the_official_journal_where_the_body_is_a_consolidated_text(manifest: Manifest) -> None:
    for text in (text for act in manifest.act for version in act.version for text in version.text):
        consolidated = text.celex.startswith("0")
        assert bool(text.recitals) is consolidated
        assert not consolidated or text.recitals.endswith(".xhtml")


def test_versions_follow_each_other_without_a_gap(manifest: Manifest) -> None:
    for act in manifest.act:
        assert [version.until for version in act.version] == [*(version.date for version in act.version[1:]), None]


def test_an_act_enters_into_force_twenty_days_after_its_publication(manifest: Manifest) -> None:
    published = {
        "rgpd": dt.date(2016, 5, 4),
        "ai-act": dt.date(2024, 7, 12),
        "nis2": dt.date(2022, 12, 27),
        "dsa": dt.date(2022, 10, 27),
        "data-act": dt.date(2023, 12, 22),
    }
    assert {act.id: act.entry_into_force - dt.timedelta(days=20) for act in manifest.act} == published


def test_a_city_text_says_where_it_is_published_and_how_it_is_cut(manifest: Manifest) -> None:
    for document in (document for document in manifest.document if document.collectivite):
        assert document.site in document.published_at
        assert document.section[0].starts == ""
        assert all(section.starts for section in document.section[1:])
        assert len({section.slug for section in document.section}) == len(document.section)


def test_the_sections_of_the_city_texts_are_those_of_the_contract(manifest: Manifest) -> None:
    slugs = {document.id: [section.slug for section in document.section] for document in manifest.document}
    assert slugs == {
        "deliberation-strasbourg": [
            *("preambule", "sobrietes", "solidarites", "libertes", "formation"),
            *("transparence", "catalogue", "charte", "gouvernance", "decision"),
        ],
        "cadre-lyon": [
            *("preambule", "enjeux", "demarche", "principes"),
            *(f"eng-{number}" for number in range(1, 15)),
        ],
        "charte": [],
    }


@pytest.mark.parametrize("name", ["deliberation-strasbourg", "cadre-lyon"])
def test_each_section_starts_in_the_published_text(manifest: Manifest, mirror: Path, name: str) -> None:
    document = manifest.find_document(name)
    assert document is not None
    lines = [line.strip() for line in (mirror / document.path).read_text(encoding="utf-8").splitlines() if line.strip()]

    after = 0
    for section in document.section:
        after = next(n for n in range(after, len(lines)) if lines[n].startswith(section.starts)) + 1
    assert set(document.drop) <= set(lines)
    assert not document.ends or any(line.startswith(document.ends) for line in lines[after:])


def test_names_that_agents_type_belong_to_one_text_only(manifest: Manifest) -> None:
    lists = [*(act.names for act in manifest.act), *(document.names for document in manifest.document)]
    names = [name.casefold() for found in lists for name in found]
    assert len(names) == len(set(names))


def test_prohibitions_added_in_2026_apply_from_december(manifest: Manifest) -> None:
    act = the_act(manifest, "ai-act")
    assert dates(act, "art-5.1.c") == ["2025-02-02"]
    for place in ("art-5.1.bbis", "art-5.1.bter", "art-5.1bis", "art-5.1ter"):
        assert dates(act, place) == ["2026-12-02"]
        assert status(act, place) is Status.NOT_YET_APPLICABLE


def test_a_whole_article_says_which_part_of_it_applies_later(manifest: Manifest) -> None:
    act = the_act(manifest, "ai-act")
    now, later = applications(act, act.version[-1], Locator.parse("art-5.1"), "en")
    assert now == Application(dt.date(2025, 2, 2), "", "ai-act:art-113.a")
    assert later.since == dt.date(2026, 12, 2)
    assert "points (ba) and (bb)" in later.condition
    assert status(act, "art-5") is Status.IN_FORCE


def test_high_risk_duties_apply_on_two_dates_under_conditions(manifest: Manifest) -> None:
    act = the_act(manifest, "ai-act")
    found = applications(act, act.version[-1], Locator.parse("art-26.7"), "fr")
    assert [(str(a.since), a.basis) for a in found] == [
        ("2027-12-02", "ai-act:art-113.c.i"),
        ("2028-08-02", "ai-act:art-113.c.ii"),
        ("2030-08-02", "ai-act:art-111.2"),
    ]
    assert all(a.condition for a in found)
    assert status(act, "art-26.7") is Status.NOT_YET_APPLICABLE
    assert status(act, "anx-III.4") is Status.NOT_YET_APPLICABLE
    assert dates(act, "art-6.5") == ["2026-08-02"]


def test_high_risk_duties_had_other_dates_before_the_amendment(manifest: Manifest) -> None:
    act = the_act(manifest, "ai-act")
    assert dates(act, "art-26.7", version=0) == ["2026-08-02", "2027-08-02", "2030-08-02"]
    assert dates(act, "art-6.1", version=0) == ["2027-08-02"]
    assert dates(act, "art-105", version=0) == ["2026-08-02"]
    assert status(act, "art-26.7", TODAY, version=0) is Status.REPLACED


def test_transparency_duties_apply_with_a_delay_for_older_systems_only(manifest: Manifest) -> None:
    act = the_act(manifest, "ai-act")
    assert status(act, "art-50.2") is Status.IN_FORCE
    now, later = applications(act, act.version[-1], Locator.parse("art-50.2"), "fr")
    assert (now.since, now.condition, now.basis) == (dt.date(2026, 8, 2), "", "ai-act:art-113.al2")
    assert (later.since, later.basis) == (dt.date(2026, 12, 2), "ai-act:art-111.4")
    assert dates(act, "art-50.1") == ["2026-08-02"]


@pytest.mark.parametrize(
    ("place", "since"),
    [
        ("art-4", "2025-02-02"),
        ("art-4bis", "2026-07-27"),
        ("art-29", "2025-08-02"),
        ("art-43", "2026-08-02"),
        ("art-75quinquies", "2026-08-02"),
        ("art-78", "2025-08-02"),
        ("art-99.5", "2025-08-02"),
        ("art-101", "2026-08-02"),
        ("art-105", "2026-07-27"),
        ("anx-II", "2025-02-02"),
        ("anx-XII.1", "2025-08-02"),
    ],
)
def test_the_ai_act_applies_by_chapter_and_article(manifest: Manifest, place: str, since: str) -> None:
    assert dates(the_act(manifest, "ai-act"), place) == [since]


def test_an_act_published_but_not_in_force_is_not_law_yet(manifest: Manifest) -> None:
    act = the_act(manifest, "ai-act")
    assert status(act, "art-4", dt.date(2024, 7, 31), version=0) is Status.NOT_YET_IN_FORCE
    assert status(act, "art-4", dt.date(2024, 8, 1), version=0) is Status.NOT_YET_APPLICABLE


def test_the_other_acts_apply_as_their_final_articles_say(manifest: Manifest) -> None:
    assert dates(the_act(manifest, "rgpd"), "art-33.1") == ["2018-05-25"]
    assert dates(the_act(manifest, "nis2"), "art-21.2.d") == ["2024-10-18"]
    assert status(the_act(manifest, "nis2"), "art-21.2.d") is Status.DIRECTIVE
    assert dates(the_act(manifest, "dsa"), "art-22.2") == ["2024-02-17"]
    assert dates(the_act(manifest, "dsa"), "art-33.4") == ["2022-11-16"]
    assert dates(the_act(manifest, "dsa"), "art-24") == ["2024-02-17"]
    assert dates(the_act(manifest, "data-act"), "art-13.1") == ["2025-09-12", "2027-09-12"]
    assert dates(the_act(manifest, "data-act"), "art-3") == ["2025-09-12", "2026-09-12"]


def test_a_recital_has_no_date_of_application(manifest: Manifest) -> None:
    act = the_act(manifest, "ai-act")
    assert dates(act, "rec-71") == []
    assert status(act, "rec-71") is Status.IN_FORCE


def test_every_condition_is_worded_in_both_languages(manifest: Manifest) -> None:
    for act in manifest.act:
        for rule in (*act.application, *(rule for version in act.version for rule in version.application)):
            for words in (rule.condition, rule.part):
                assert bool(words.fr) is bool(words.en)


def test_a_part_is_named_only_when_it_applies_later_than_the_whole(manifest: Manifest) -> None:
    for act, version in _versions(manifest):
        for rule in (rule for rule in _rules(act, version) if rule.part.fr):
            whole = applications(act, version, Locator.parse(rule.refs[0]).top, "fr")
            assert whole[0].since < rule.since


def test_the_texts_themselves_give_the_dates_that_the_rules_copy(manifest: Manifest, mirror: Path) -> None:
    for source, version in _versions(manifest):
        act = parse_act(source, version, version.text[0], lambda path: mirror / path).act
        for rule in _rules(source, version):
            assert [ref for ref in rule.refs if ref != "*" and act.find(Locator.parse(ref)) is None] == []
            basis = act.find(Locator.parse(rule.basis))
            assert basis is not None
            inserted = "2026/1744" in rule.condition.fr  # dated by the amending act, which the condition names
            assert inserted or _in_french(rule.since) in basis.official_text().replace("\xa0", " ")


def test_a_file_that_is_not_listed_is_a_manifest_error(manifest: Manifest) -> None:
    with pytest.raises(ManifestError, match=r"lists no file eu/x\.html"):
        manifest.source("eu/x.html")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('basis = "art-99.2"', 'basis = "article 99"', "application of rgpd: 'article 99' is not a reference"),
        ('body = "eu/32023R2854/fr.xhtml"', 'body = "eu/x.html"', r"data-act uses eu/x\.html, which \[\[file\]\]"),
        ('kind = "directive"', 'kind = "decision"', r"act\.2\.kind"),
        ("schema_version = 1", "schema_version = 1\nsurprise = 1", "surprise"),
        ("schema_version = 1", "schema_version = ", "not valid TOML"),
    ],
)
def test_a_wrong_manifest_is_one_line_that_names_the_field(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = (corpus_folder() / "manifest.toml").read_text(encoding="utf-8")
    assert old in text
    wrong = tmp_path / "manifest.toml"
    wrong.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(ManifestError, match=message) as caught:
        load_manifest(wrong)
    assert "\n" not in str(caught.value)


def test_a_manifest_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="does not exist"):
        load_manifest(tmp_path / "manifest.toml")


def _rules(act: ActSource, version: Version) -> tuple[ApplicationRule, ...]:
    return version.application or act.application


def _in_french(day: dt.date) -> str:
    months = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
    return f"{day.day} {months[day.month - 1]} {day.year}"


def _versions(manifest: Manifest) -> list[tuple[ActSource, Version]]:
    return [(act, version) for act in manifest.act for version in act.version]
