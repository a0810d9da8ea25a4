"""The links from recitals to the articles that they explain."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import ManifestError
from assistant.law.identifiers import LocatorKind, Reference
from assistant.lexique.tables import check_links
from assistant.manifest import load_manifest
from assistant.recitals import RecitalLinks, load_recital_links
from tests.in_force import DAY, library_in_force


def read(tmp_path: Path, text: str) -> RecitalLinks:
    path = tmp_path / f"{abs(hash(text))}.toml"
    path.write_text(text, encoding="utf-8")
    return load_recital_links(path)


def row(recital: int, articles: str, reason: str = "") -> str:
    return f'[[link]]\nact = "rgpd"\nrecital = {recital}\narticles = [{articles}]\nreason = "{reason}"\n'


def names(references: tuple[Reference, ...]) -> list[str]:
    return [str(reference) for reference in references]


@pytest.mark.mirror
def test_every_link_resolves_and_every_recital_is_linked(mirror: Path, tmp_path: Path) -> None:
    library = library_in_force(mirror, tmp_path)
    assert [finding.line() for finding in check_links(load_recital_links(), library, DAY)] == []


def test_the_table_has_one_row_a_recital() -> None:
    links = load_recital_links()
    for act in load_manifest().act:
        numbers = [int(r.locator.unit) for r in links.explained if r.act == act.id]
        assert sorted(numbers) == list(range(1, act.version[-1].counts.recitals + 1)), act.id


def test_recitals_explain_articles_and_annexes_and_the_rest_say_why_not() -> None:
    links = load_recital_links()
    kinds = {place.locator.kind for places in links.explained.values() for place in places}
    assert kinds == {LocatorKind.ARTICLE, LocatorKind.ANNEX}
    silent = {recital for recital, places in links.explained.items() if not places}
    assert silent == set(links.reasons)


@pytest.mark.parametrize(
    ("provision", "recital"),
    [
        ("rgpd:art-22", "rgpd:rec-71"),
        ("rgpd:art-33.1", "rgpd:rec-85"),
        ("ai-act:art-4", "ai-act:rec-20"),
        ("ai-act:anx-III.4", "ai-act:rec-57"),
        ("nis2:art-23", "nis2:rec-102"),
        ("dsa:art-25", "dsa:rec-67"),
        ("data-act:art-15", "data-act:rec-64"),
    ],
)
def test_a_provision_leads_to_the_recital_that_explains_it(provision: str, recital: str) -> None:
    assert recital in names(load_recital_links().recitals(Reference.parse(provision)))


def test_recitals_of_a_neighbouring_point_stay_away() -> None:
    assert "ai-act:rec-57" not in names(load_recital_links().recitals(Reference.parse("ai-act:anx-III.3")))


def test_recitals_that_are_foremost_about_a_provision_come_first(tmp_path: Path) -> None:
    links = read(tmp_path, row(1, '"art-5", "art-22"') + row(2, '"art-22.1"') + row(3, '"art-6"'))
    assert names(links.recitals(Reference.parse("rgpd:art-22"))) == ["rgpd:rec-2", "rgpd:rec-1"]
    assert names(links.recitals(Reference.parse("rgpd:art-22.3"))) == ["rgpd:rec-1"]
    assert links.recitals(Reference.parse("rgpd:art-7")) == ()


def test_a_recital_that_explains_nothing_says_why(tmp_path: Path) -> None:
    links = read(tmp_path, row(172, "", "Consultation."))
    assert links.explained[Reference.parse("rgpd:rec-172")] == ()
    assert links.reasons[Reference.parse("rgpd:rec-172")] == "Consultation."


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (row(1, ""), "recital 1 of rgpd needs articles"),
        (row(1, '"art-1"', "Raison."), "recital 1 of rgpd needs articles"),
        (row(1, '"art-1"') * 2, "rgpd:rec-1 has two rows"),
        (row(1, '"article 1"'), "is not a reference"),
        ("[[link]]\nact = 1\n", "link.0.act"),
        ("[[link", "is not valid TOML"),
    ],
)
def test_a_wrong_row_is_one_clear_error(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(ManifestError, match=fault):
        read(tmp_path, text)


def test_an_absent_table_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="does not exist"):
        load_recital_links(tmp_path / "none.toml")
