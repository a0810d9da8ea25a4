"""Files of a report: `report.json` for programs, `report.html` for people.

The failure this prevents: half a report left behind by a run that was stopped.
"""

from __future__ import annotations

import json
from pathlib import Path

from assistant.errors import QuestionError
from assistant.evaluation.page import page_of
from assistant.evaluation.report import Report

JSON_FILE = "report.json"
PAGE = "report.html"


def write_report(report: Report, folder: Path) -> tuple[Path, Path]:
    """Both files, each replaced when it is complete; `QuestionError` when the folder cannot be written."""
    texts = {JSON_FILE: json.dumps(report.to_json(), ensure_ascii=False, indent=1) + "\n", PAGE: page_of(report)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            partial = folder / f"{name}.part"
            partial.write_text(text, encoding="utf-8")
            partial.replace(folder / name)
    except OSError as error:
        raise QuestionError(f"{folder} cannot be written ({error.strerror}): choose another place") from error
    return folder / JSON_FILE, folder / PAGE
