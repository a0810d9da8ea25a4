"""The catalogue as a spreadsheet that other programs open."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from assistant.errors import QuestionError
from assistant.usage.catalogue import load_catalogue
from assistant.usage.export import export
from tests.usage.entries import catalogue_of, tool


def test_the_csv_holds_every_tool_and_its_status(tmp_path: Path) -> None:
    catalogue = load_catalogue()
    export(catalogue, tmp_path / "outils.csv")
    with (tmp_path / "outils.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [row["identifiant"] for row in rows] == [each.slug for each in catalogue.tools]
    assert rows[0]["statut"] == "autorisé"


def test_no_cell_of_the_csv_is_taken_for_a_formula(tmp_path: Path) -> None:
    path = catalogue_of(tmp_path, tool("un", name='"=1+1"'))
    export(load_catalogue(path), tmp_path / "outils.csv")
    assert "'=1+1" in (tmp_path / "outils.csv").read_text(encoding="utf-8-sig")


def test_the_spreadsheet_holds_the_same_rows(tmp_path: Path) -> None:
    from odf.opendocument import load
    from odf.table import TableRow
    from odf.teletype import extractText

    catalogue = load_catalogue()
    export(catalogue, tmp_path / "outils.ods")
    rows = load(str(tmp_path / "outils.ods")).spreadsheet.getElementsByType(TableRow)
    assert len(rows) == 1 + len(catalogue.tools)
    assert catalogue.tools[0].name in extractText(rows[1])


def test_another_kind_of_file_or_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    catalogue = load_catalogue(catalogue_of(tmp_path))
    with pytest.raises(QuestionError, match=r"ends in .csv or .ods"):
        export(catalogue, tmp_path / "outils.pdf")
    with pytest.raises(QuestionError, match="does not exist: create it"):
        export(catalogue, tmp_path / "absent" / "outils.csv")
