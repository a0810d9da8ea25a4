"""Who may import whom: the arrows of the architecture, imports inside functions included."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

LAYERS = {
    "assistant.errors": 0,
    "assistant.law": 1,
    "assistant.data_files": 1,
    "assistant.resources": 1,
    "assistant.settings": 2,
    "assistant.manifest": 2,
    "assistant.ports": 2,
    "assistant.everyday_lines": 3,
    "assistant.lexicon": 3,
    "assistant.recitals": 3,
    "assistant.thesaurus": 3,
    "assistant.library": 3,
    "assistant.models": 3,
    "assistant.norms": 3,
    "assistant.links": 4,
    "assistant.versions": 4,
    "assistant.adapters": 5,
    "assistant.answering": 5,
    "assistant.usage": 4,
    "assistant.mark": 4,
    "assistant.privacy": 4,
    "assistant.accounts": 4,
    "assistant.lexique": 6,
    "assistant.render": 6,
    "assistant.batch": 6,
    "assistant.text_names": 6,
    "assistant.evaluation": 7,
    "assistant.chat.conversations": 7,
    "assistant.wiring": 7,
    "assistant.doctor": 8,
    "ingest": 8,
    "assistant.cli_options": 7,
    "assistant.cli_eval": 8,
    "assistant.cli_law": 8,
    "assistant.cli_lexique": 9,
    "assistant.cli_usage": 8,
    "assistant.cli_mark": 8,
    "assistant.cli_models": 8,
    "assistant.cli_users": 8,
    "assistant.chat": 8,
    "assistant.cli": 10,
}
"""Each part of the program and its height; an arrow goes down, or stays inside its own part."""

INSIDE_ANSWERING = (
    {"text", "question", "answer"},
    {"reading", "proof", "wording", "events"},
    {"retrieval", "remarks"},
    {"composition", "refusal"},
    {"absent"},
    {"pipeline"},
)
"""The parts of `assistant.answering`, lowest first; a part imports from lower rows and from itself alone."""

FOREIGN_ONLY_IN_ADAPTERS = {
    "llama_index",
    "qdrant_client",
    "qdrant_edge",
    "sentence_transformers",
    "llama_cpp",
    "transformers",
    "torch",
}


def modules() -> list[Path]:
    return sorted([*(ROOT / "assistant").rglob("*.py"), *(ROOT / "ingest").rglob("*.py")])


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it, those for type checkers left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.unparse(block.test)
        for statement in block.body
        for node in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def part_of(module: str) -> str | None:
    fitting = [part for part in LAYERS if module == part or module.startswith(part + ".")]
    return max(fitting, key=len, default=None)


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_belongs_to_a_layer(path: Path) -> None:
    assert name_of(path) == "assistant" or part_of(name_of(path)) is not None


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_imports_go_down(path: Path) -> None:
    here = part_of(name_of(path))
    if here is None:
        return
    for imported in imports(path):
        there = part_of(imported)
        if there is None or there == here:
            continue
        assert LAYERS[there] < LAYERS[here], f"{name_of(path)} imports {imported}"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_the_program_never_imports_ingest_but_for_the_command_line(path: Path) -> None:
    if name_of(path).startswith("assistant") and name_of(path) != "assistant.cli":
        assert not any(imported.split(".")[0] == "ingest" for imported in imports(path))


@pytest.mark.parametrize("path", sorted((ROOT / "assistant" / "law").glob("*.py")), ids=name_of)
def test_the_law_needs_the_standard_library_only(path: Path) -> None:
    outside = {imported.split(".")[0] for imported in imports(path)} - set(sys.stdlib_module_names) - {"assistant"}
    assert not outside
    inside = [imported for imported in imports(path) if imported.startswith("assistant.")]
    assert all(imported.startswith(("assistant.law", "assistant.errors")) for imported in inside)


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_foreign_libraries_of_search_and_models_stay_in_the_adapters(path: Path) -> None:
    if not name_of(path).startswith("assistant.adapters"):
        foreign = {imported.split(".")[0] for imported in imports(path)} & FOREIGN_ONLY_IN_ADAPTERS
        assert not foreign


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_answering_and_adapters_meet_at_the_ports(path: Path) -> None:
    sides = {"assistant.answering", "assistant.adapters"}
    here = part_of(name_of(path))
    if here in sides:
        assert not {part_of(imported) for imported in imports(path)} & (sides - {here})


def row_of(module: str) -> tuple[int, str] | None:
    """The row and the name of a part of `assistant.answering`; None for another module."""
    package, _, inside = module.partition("assistant.answering.")
    name = inside.split(".")[0]
    rows = [row for row, parts in enumerate(INSIDE_ANSWERING) if name in parts]
    return (rows[0], name) if not package and rows else None


@pytest.mark.parametrize("path", sorted((ROOT / "assistant" / "answering").rglob("*.py")), ids=name_of)
def test_the_parts_of_answering_are_in_rows(path: Path) -> None:
    here = row_of(name_of(path))
    assert here is not None or name_of(path) == "assistant.answering"
    for imported in imports(path):
        there = row_of(imported)
        if here is not None and there is not None and there[1] != here[1]:
            assert there[0] < here[0], f"{name_of(path)} imports {imported}"


def test_data_is_never_imported() -> None:
    for folder in ("corpus", "prompts"):
        assert not list((ROOT / folder).rglob("*.py"))
