"""The catalogue as a table that people open: CSV, or an OpenDocument spreadsheet.

The failure this prevents: a catalogue that only a person who reads TOML can review.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from assistant.errors import QuestionError
from assistant.usage import wording
from assistant.usage.catalogue import Catalogue
from assistant.usage.types import Criterion, DataClass, Tool, Use

_HEADINGS = (
    *("outil", "identifiant", "autres noms", "éditeur", "type", "hébergement", "conditions contractuelles", "source"),
    *("statut", "données admises", "usages admis", "conditions"),
    *(words for criterion in Criterion for words in (wording.say(wording.CRITERIA[criterion], "fr"), "motif", "date")),
    *("responsable de l'évaluation", "à revoir le"),
)
_FORMULA = ("=", "+", "-", "@", "\t")


def export(catalogue: Catalogue, file: Path) -> None:
    """Write the catalogue to a `.csv` or `.ods` file; `QuestionError` where that cannot be done."""
    writers = {".csv": _write_csv, ".ods": _write_ods}
    if file.suffix.lower() not in writers:
        raise QuestionError(f"{file.name}: give a name that ends in .csv or .ods")
    if not file.parent.is_dir():
        raise QuestionError(f"the folder {file.parent} does not exist: create it first")
    rows = [list(_HEADINGS), *(_row(tool) for tool in catalogue.tools)]
    try:
        writers[file.suffix.lower()](rows, file)
    except OSError as error:
        raise QuestionError(f"{file} cannot be written ({error.strerror}): choose another place") from error


def _row(tool: Tool) -> list[str]:
    marks = {mark.criterion: mark for mark in tool.grid}
    grid = [
        cell
        for criterion in Criterion
        for cell in (
            (str(marks[criterion].score), marks[criterion].reason, marks[criterion].date.isoformat())
            if criterion in marks
            else ("", "", "")
        )
    ]
    return [
        *(tool.name, tool.slug, ", ".join(tool.aliases), tool.publisher, tool.kind.fr, tool.hosting, tool.terms),
        *(tool.source, wording.say(wording.STATUSES[tool.status], "fr")),
        ", ".join(wording.say(wording.DATA[data], "fr") for data in DataClass if data in tool.data),
        ", ".join(wording.say(wording.USES[use], "fr") for use in Use if use in tool.uses),
        " ".join(condition.fr for condition in tool.conditions),
        *grid,
        *(tool.owner, tool.review_date.isoformat() if tool.review_date else ""),
    ]


def _write_csv(rows: Sequence[Sequence[str]], file: Path) -> None:
    """Semicolons and a byte-order mark, as French spreadsheets expect; no cell is taken for a formula."""
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, delimiter=";")
        writer.writerows([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row] for row in rows)


def _write_ods(rows: Sequence[Sequence[str]], file: Path) -> None:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    sheet = Table(name="Catalogue")
    for row in rows:
        line = TableRow()
        for cell in row:
            holder = TableCell(valuetype="string")
            holder.addElement(P(text=cell))
            line.addElement(holder)
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)
    document.save(str(file))
