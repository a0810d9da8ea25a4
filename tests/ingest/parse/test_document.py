"""Local documents as acts: names, dates, the two cities' texts cut by the manifest."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from assistant.answering.remarks import absence
from assistant.law.identifiers import Reference
from assistant.library import Library, write_acts
from assistant.manifest import SectionRule, load_manifest
from assistant.versions import Outcome, compare
from ingest.parse.document import ANY_DAY, read_document, read_folder
from ingest.parse.sections import OMISSION
from tests.ingest.parse.documents import (
    NOTHING,
    error_of,
    manifest_of,
    pdf,
    read_one,
    saved,
    source,
    squeezed,
    texts,
)

A_DAY = dt.date(2026, 3, 2)


def dated(path: Path, day: dt.date) -> Path:
    """A file last changed on a day."""
    path.write_text("Texte.", encoding="utf-8")
    noon = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC).timestamp()
    os.utime(path, (noon, noon))
    return path


def test_a_dropped_file_is_labelled_by_its_last_change_and_valid_on_any_day(tmp_path: Path) -> None:
    act = read_one(dated(tmp_path / "note.txt", A_DAY))
    assert (act.version_date, act.valid_from, act.valid_until, act.lang) == (A_DAY, ANY_DAY, None, "fr")


def test_an_adopted_charter_is_valid_on_any_day_too(tmp_path: Path) -> None:
    described = source("charte").model_copy(update={"kind": "charter"})
    act = read_one(dated(tmp_path / "charte.txt", A_DAY), manifest_of(described))
    assert (act.act, act.version_date, act.valid_from) == ("charte", A_DAY, ANY_DAY)


def test_a_copied_file_is_no_newer_law(tmp_path: Path) -> None:
    (tmp_path / "local").mkdir()
    before = dt.date(2024, 1, 1)
    editions = []
    for day in (A_DAY, A_DAY + dt.timedelta(days=90)):
        folder = tmp_path / day.isoformat()
        act = read_one(dated(tmp_path / "local" / "note.txt", day))
        write_acts(folder, [act])
        library, reference = Library(folder, NOTHING), Reference("note", act.provisions[0].locator)
        editions.append(library.editions[0].file.name)
        assert absence(reference, "fr", before, library) == ""
        assert compare(library, reference, "fr", (before, day)).outcome is Outcome.UNCHANGED
    assert editions[0] == editions[1]


def test_hidden_files_and_the_folders_readme_are_skipped(tmp_path: Path) -> None:
    for name in ("README.md", ".cache.txt", "~$note.docx", ".git/config.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert read_folder(tmp_path, NOTHING) == ([], [])


def test_two_files_of_one_name_are_not_both_read(tmp_path: Path) -> None:
    (tmp_path / "guide.md").write_text("Un.", encoding="utf-8")
    (tmp_path / "guide.txt").write_text("Deux.", encoding="utf-8")
    acts, (error,) = read_folder(tmp_path, NOTHING)
    assert [act.act for act in acts] == ["guide"]
    assert "guide.txt and guide.md would both be 'guide'" in str(error)


def test_a_file_cannot_take_the_name_of_the_catalogue(tmp_path: Path) -> None:
    assert "a name that is taken" in error_of(tmp_path / "Catalogue.txt", b"Texte.")


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    acts, (error,) = read_folder(tmp_path / "absent", NOTHING)
    assert not acts
    assert "absent" in str(error)


RULES = (
    SectionRule(slug="preambule", title="Préambule", starts=""),
    SectionRule(slug="outils", title="Les outils", starts="Les outils"),
    SectionRule(slug="eng-1", title="Engagement 1", starts="1. former"),
    SectionRule(slug="eng-2", title="Engagement 2", starts="2. publier"),
)
PAGE = (
    "Délibération\n\nVisuel\n\nLe texte de la\n\nDirection.\n\nLes outils\n\nUn catalogue.\n\n"
    "  1. former ;\n  2. publier.\n\nÀ lire aussi\n\nAutre page.\n"
)


def test_a_document_of_the_manifest_is_cut_by_its_rules(tmp_path: Path) -> None:
    path = tmp_path / "deliberation.txt"
    path.write_text(PAGE, encoding="utf-8")
    described = source("deliberation", section=RULES, drop=("Visuel",), ends="À lire aussi")
    act = read_document(path, described)
    assert texts(act) == {
        "preambule": "Délibération\n[…]\nLe texte de la Direction.",
        "outils": "Un catalogue.",
        "eng-1": "1. former ;",
        "eng-2": "2. publier.",
    }
    assert (act.title, act.version_date) == ("Deliberation", dt.date(2025, 6, 27))


def test_a_document_of_the_manifest_is_known_under_any_name_and_format(tmp_path: Path) -> None:
    pages = [["Délibération", "Le texte."], ["Les outils", "Un catalogue.", "1. former ;", "2. publier."]]
    (tmp_path / "scan-0001.pdf").write_bytes(saved(pdf(pages)))
    manifest = manifest_of(source("deliberation", section=RULES))
    act = read_one(tmp_path / "scan-0001.pdf", manifest)
    assert act.act == "deliberation"
    assert texts(act)["outils"] == "Un catalogue."


def test_a_missing_section_is_named(tmp_path: Path) -> None:
    (tmp_path / "deliberation.txt").write_text("Délibération\n\nLes outils\n\nUn catalogue.\n", encoding="utf-8")
    manifest = manifest_of(source("deliberation", section=RULES))
    acts, (error,) = read_folder(tmp_path, manifest)
    assert not acts
    assert "no line starts with '1. former' (section 'eng-1' of deliberation)" in str(error)


CITY_SECTIONS = {
    "deliberation-strasbourg": [
        "preambule",
        "sobrietes",
        "solidarites",
        "libertes",
        "formation",
        "transparence",
        "catalogue",
        "charte",
        "gouvernance",
        "decision",
    ],
    "cadre-lyon": ["preambule", "enjeux", "demarche", "principes", *(f"eng-{n}" for n in range(1, 15))],
}


@pytest.mark.mirror
@pytest.mark.parametrize("name", list(CITY_SECTIONS))
def test_the_sections_of_a_citys_text_hold_its_own_words(name: str, mirror: Path) -> None:
    described = load_manifest().find_document(name)
    assert described is not None
    act = read_document(mirror / described.path, described)
    assert [str(top.locator) for top in act.provisions] == CITY_SECTIONS[name]
    published = squeezed((mirror / described.path).read_text(encoding="utf-8"))
    for section in act.provisions:
        assert section.title
        assert all(squeezed(piece) in published for piece in section.official_text().split(OMISSION))


@pytest.mark.mirror
def test_each_engagement_of_lyon_holds_its_own_item(mirror: Path) -> None:
    described = load_manifest().find_document("cadre-lyon")
    assert described is not None
    act = read_document(mirror / described.path, described)
    found = texts(act)
    for number in range(1, 15):
        text = found[f"eng-{number}"]
        assert text.startswith(f"{number}. ")
        assert text.endswith("." if number == 14 else ";")
        assert "\n" not in text
