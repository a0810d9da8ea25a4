"""The catalogue file: the example is sound, and a bad entry gives file, line, field and cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import ManifestError
from assistant.usage.catalogue import TO_CHECK, examine_catalogue, load_catalogue
from assistant.usage.located import Fault
from assistant.usage.types import DataClass, Status, Use
from tests.usage.entries import catalogue_of, tool


def fault(folder: Path, *tools: str) -> Fault:
    _, faults = examine_catalogue(catalogue_of(folder, *tools))
    assert len(faults) == 1, faults
    return faults[0]


def line_of(folder: Path, fault: Fault) -> str:
    return (folder / "outils.toml").read_text(encoding="utf-8").splitlines()[fault.line - 1]


def test_the_example_has_thirty_tools_and_no_fault() -> None:
    catalogue, faults = examine_catalogue()
    assert catalogue is not None
    assert faults == []
    assert len(catalogue.tools) >= 30
    assert catalogue.example
    assert {tool.status for tool in catalogue.tools} == set(Status)


def test_the_example_says_nothing_of_a_supplier_that_nobody_checked() -> None:
    for each in load_catalogue().tools:
        checked = [said for said in (each.hosting, each.terms) if said != TO_CHECK]
        assert not checked or (each.local or "fictif" in each.publisher), each.slug


def test_no_entry_may_admit_passwords_keys_or_network_plans(tmp_path: Path) -> None:
    entry = tool("un", status="autorise", uses='["code"]', data='["publiques", "secrets"]')
    found = fault(tmp_path, entry)
    assert found.field == "tool.un.data"
    assert "remove 'secrets'" in found.message


def test_every_mark_of_the_example_says_that_it_is_one() -> None:
    marks = [mark for each in load_catalogue().tools for mark in each.grid]
    assert marks
    assert all(mark.reason.startswith("Exemple fictif") for mark in marks)


def test_the_tools_that_agents_name_are_there() -> None:
    catalogue = load_catalogue()
    named = (
        "ChatGPT, Copilot, Le Chat, Claude, Gemini, Perplexity, DeepL, NotebookLM, Notion AI, Canva, Gamma, "
        "Midjourney, Whisper, Noota, tl;dv, Otter, Read.ai, Albert, LaSuite, DeepSeek, Mammouth, Poe"
    )
    assert not [name for name in named.split(", ") if catalogue.find(name) is None]


def test_a_wrong_status_gives_its_line_and_the_values(tmp_path: Path) -> None:
    found = fault(tmp_path, tool("un"), tool("deux", status="autorisé", grid="", owner="", review_date=""))
    assert (found.file, found.field) == ("outils.toml", "tool.deux.status")
    assert line_of(tmp_path, found) == 'status = "autorisé"'
    assert "write 'autorise', 'experimentation', 'non_evalue' or 'interdit' (found 'autorisé')" in found.message


def test_a_misspelt_field_and_a_missing_one_are_named(tmp_path: Path) -> None:
    _, faults = examine_catalogue(catalogue_of(tmp_path, tool("un", publisher="", editeur='"X"')))
    assert {f.field for f in faults} == {"tool.un.publisher", "tool.un.editeur"}
    assert {line_of(tmp_path, f) for f in faults} == {"[[tool]]", 'editeur = "X"'}


def test_a_mark_out_of_range_is_found_in_its_grid(tmp_path: Path) -> None:
    found = fault(
        tmp_path,
        tool("un", grid='[\n{ criterion = "interoperabilite", score = 5, reason = "x", date = 2026-01-01 },\n]'),
    )
    assert found.field == "tool.un.grid.0.score"
    assert "at most 4" in found.message


@pytest.mark.parametrize(
    ("entry", "field", "words"),
    [
        (tool("un", hosting='"en France"'), "hosting", "name a source with its date"),
        (tool("Un"), "slug", "lower-case"),
        (tool("un", status="autorise", data='["publiques"]'), "uses", "add uses"),
        (tool("un", data='["publiques"]'), "data", "permits nothing"),
        (
            tool("un", status="experimentation", data='["publiques", "internes"]', uses='["code"]'),
            "data",
            "public or fictitious",
        ),
        (tool("un", status="interdit", owner=""), "owner", "who answers"),
        (tool("un", status="interdit", review_date=""), "review_date", "looked at again"),
        (tool("un", status="interdit", review_date="2025-01-01"), "review_date", "after the evaluation"),
        (tool("un", status="interdit", grid="[]"), "grid", "add creation_de_valeur"),
        (
            tool("un", status="autorise", data='["inconnu"]', uses='["code"]'),
            "data",
            "'inconnu' cannot be permitted",
        ),
    ],
)
def test_what_the_schema_cannot_say_is_checked_too(entry: str, field: str, words: str, tmp_path: Path) -> None:
    found = fault(tmp_path, entry)
    assert found.field.endswith(field)
    assert words in found.message


def test_one_name_belongs_to_one_tool(tmp_path: Path) -> None:
    found = fault(tmp_path, tool("un"), tool("deux", aliases='["UN"]'))
    assert (found.field, found.message) == ("tool.deux.aliases", "'UN' already names un: keep it in one entry")


def test_two_entries_of_one_slug_are_refused(tmp_path: Path) -> None:
    _, faults = examine_catalogue(catalogue_of(tmp_path, tool("un"), tool("un")))
    assert {f.message for f in faults} == {"two entries are called un: rename one"}


def test_loading_says_the_first_fault_and_how_many_more(tmp_path: Path) -> None:
    path = catalogue_of(tmp_path, tool("Un"), tool("Deux"))
    with pytest.raises(ManifestError, match=r"outils.toml, line 5, tool.Un.slug: .*\(1 more: run `assistant catalogue"):
        load_catalogue(path)


def test_a_file_that_is_not_there_or_no_toml_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="cannot be read"):
        load_catalogue(tmp_path / "absent.toml")
    broken = tmp_path / "broken.toml"
    broken.write_text("[[tool", encoding="utf-8")
    with pytest.raises(ManifestError, match=r"broken.toml is not valid TOML"):
        load_catalogue(broken)


def test_an_empty_catalogue_is_a_catalogue(tmp_path: Path) -> None:
    assert load_catalogue(catalogue_of(tmp_path)).tools == ()


def test_what_an_entry_permits_is_read_as_types(tmp_path: Path) -> None:
    path = catalogue_of(tmp_path, tool("un", status="autorise", data='["publiques"]', uses='["code", "image"]'))
    only = load_catalogue(path).tools[0]
    assert only.data == {DataClass.PUBLIC}
    assert only.uses == {Use.CODE, Use.IMAGE}
