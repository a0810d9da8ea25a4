from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.evaluation.quotes import fault_of
from assistant.law.citation import Citation
from assistant.law.identifiers import Reference
from assistant.law.validity import Status
from assistant.library import Library
from tests.lexique.entries import act, library_of, provision


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_of(tmp_path, act("charte", provision("art-1", "Un agent décide. L'outil informe.")))


@pytest.fixture
def cited(library: Library) -> Citation:
    passage = library.passage(Reference.parse("charte:art-1"), "fr", date(2026, 11, 21))
    return Citation.of(1, passage, 0, 16, Status.IN_FORCE)


def test_a_quote_that_is_the_official_text_has_no_fault(library: Library, cited: Citation) -> None:
    assert cited.quote == "Un agent décide."
    assert fault_of(cited, library) == ""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"quote": "Un agent decide."}, "other words"),
        ({"start": 1}, "other words"),
        ({"quote": "", "end": 0}, "other words"),
        ({"sha256": "0" * 64}, "hash"),
        ({"version_date": "1999-01-01"}, "no version 1999-01-01"),
        ({"version_date": "hier"}, "hier"),
        ({"lang": "en"}, "no version"),
        ({"reference": Reference.parse("charte:art-9")}, "does not exist"),
    ],
)
def test_whatever_is_changed_is_found(library: Library, cited: Citation, change: dict[str, object], said: str) -> None:
    assert said in fault_of(replace(cited, **change), library)  # type: ignore[arg-type]  # one field of several types
