"""Cutting text without rules: headings, lengths, names of sections."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from assistant.law.identifiers import Locator, LocatorKind
from ingest.parse.reflow import reflow
from ingest.parse.sections import Slugs
from tests.ingest.parse.documents import read_one, squeezed, texts


def test_a_text_without_headings_is_cut_by_length_and_loses_no_word(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    sentences = [f"La phrase numéro {n} compte exactement huit mots ici." for n in range(120)]
    path.write_text("\n\n".join(sentences), encoding="utf-8")
    act = read_one(path)
    assert [str(top.locator) for top in act.provisions] == ["partie-1", "partie-2", "partie-3", "partie-4", "partie-5"]
    assert squeezed("".join(texts(act).values())) == squeezed("".join(sentences))


def test_a_long_section_is_cut_in_several_under_one_title(tmp_path: Path) -> None:
    path = tmp_path / "long.md"
    path.write_text("# Usages\n\n" + "\n\n".join(["Un paragraphe de quelques mots."] * 120), encoding="utf-8")
    act = read_one(path)
    assert [str(top.locator) for top in act.provisions] == ["usages", "usages-2", "usages-3"]
    assert {top.title for top in act.provisions} == {"Usages"}


def test_a_sentence_set_as_a_heading_stays_in_the_text(tmp_path: Path) -> None:
    path = tmp_path / "faux.md"
    path.write_text(
        "## Attention aux données.\n\n## Contacts\n\nLe DPO.\n\n## Contacts\n\nLe support.\n", encoding="utf-8"
    )
    assert texts(read_one(path)) == {
        "attention-aux-donnees": "Attention aux données.",
        "contacts": "Le DPO.",
        "contacts-2": "Le support.",
    }


def test_section_names_never_read_as_articles(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text("# Art. 3\n\nUn.\n\n# Rec\n\nDeux.\n\n# Articles\n\nTrois.\n\n# ???\n\nQuatre.", encoding="utf-8")
    act = read_one(path)
    assert [str(top.locator) for top in act.provisions] == ["section-art-3", "section-rec", "articles", "section"]
    assert all(Locator.parse(str(top.locator)) == top.locator for top in act.provisions)


@given(st.lists(st.text(max_size=90), max_size=8))
def test_any_headings_get_names_that_parse_and_differ(headings: list[str]) -> None:
    slugs = Slugs()
    names = [slugs.take(heading) for heading in headings]
    assert len(set(names)) == len(names)
    for name in names:
        assert Locator.parse(name) == Locator(LocatorKind.SECTION, name)


@given(st.lists(st.text(st.characters(categories=["L", "P", "Zs"]), min_size=1, max_size=60)))
def test_joining_lines_changes_white_space_only(lines: list[str]) -> None:
    assert squeezed("".join(reflow(lines))) == squeezed("".join(lines))


def test_lines_are_joined_where_a_sentence_goes_on_and_nowhere_else() -> None:
    lines = ["La direction du", "Numérique évalue", "les outils, peut-", "être.", "Liste", "- un,", "deux", "- trois"]
    assert reflow(lines) == [
        "La direction du Numérique évalue les outils, peut-être.",
        "Liste",
        "- un,",
        "deux",
        "- trois",
    ]
