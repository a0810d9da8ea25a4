"""Small catalogues and tables for tests."""

from __future__ import annotations

from pathlib import Path

_GRID = "\n".join(
    f'  {{ criterion = "{name}", score = 3, reason = "essai", date = 2026-01-10 }},'
    for name in (
        "creation_de_valeur",
        "securite_des_donnees",
        "conformite_ethique",
        "conformite_reglementaire",
        "interoperabilite",
    )
)


def tool(slug: str, status: str = "non_evalue", **fields: str) -> str:
    """One entry; `fields` are written as they are, an empty one is left out."""
    values = {
        "slug": f'"{slug}"',
        "name": f'"{slug.title()}"',
        "publisher": '"Éditeur"',
        "kind": '{ fr = "essai", en = "trial" }',
        "status": f'"{status}"',
    }
    if status != "non_evalue":
        values |= {"grid": f"[\n{_GRID}\n]", "owner": '"DSI"', "review_date": "2027-01-10"}
    values |= fields
    return "\n".join(["[[tool]]", *(f"{field} = {value}" for field, value in values.items() if value)])


def catalogue_of(folder: Path, *tools: str) -> Path:
    """A catalogue file of these entries."""
    path = folder / "outils.toml"
    path.write_text("\n\n".join(['schema_version = 1\ncollectivite = "essai"', *tools]) + "\n", encoding="utf-8")
    return path


def rule(
    identifier: str, rank: str = "charte", priority: int = 1, value: str = "interdit", when: str = "", **more: str
) -> str:
    """One rule of the table with one box."""
    clauses = more.get("clauses", '["charte:art-1"]')
    return (
        f'[[rule]]\nid = "{identifier}"\nrank = "{rank}"\npriority = {priority}\nvalue = "{value}"\ncontact = "dpo"\n'
        f'clauses = {clauses}\nreason = {{ fr = "Raison.", en = "Reason." }}\ncondition = []\n[[rule.when]]\n{when}\n'
    )


def table_of(folder: Path, *rules: str) -> Path:
    """A file of these rules."""
    path = folder / "regles.toml"
    path.write_text("\n".join(["schema_version = 1", *rules]), encoding="utf-8")
    return path
