"""A review is two lines of one entry; nothing else of the file changes."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import ManifestError
from assistant.law.identifiers import Reference
from assistant.lexicon import load_lexicon
from assistant.lexique.review import unreviewed, write_review

FILE = """# Une note.

[[entry]]
ref = "art-1"
words.fr = ["un"]
plain.fr = "Une phrase."

[[entry]]
ref = "art-1.1"
words.fr = ["deux"]   # à garder
plain.fr = "Deux phrases."
reviewed_by = "A. Martin"
reviewed_on = "2026-01-02"

[[entry]]
ref = "art-2"
plain.en = "No French."
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rgpd.toml").write_text(FILE, encoding="utf-8")
    return tmp_path


def review(folder: Path, ref: str, by: str = "C. « Zoé » Durand") -> list[str]:
    """Reviews an entry and returns the lines of the file."""
    write_review(folder, Reference.parse(f"rgpd:{ref}"), by, date(2026, 11, 21))
    return (folder / "rgpd.toml").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(("ref", "at"), [("art-1", 6), ("art-2", 17)])
def test_a_first_review_adds_two_lines_to_its_entry(folder: Path, ref: str, at: int) -> None:
    lines = review(folder, ref)
    added = ['reviewed_by = "C. « Zoé » Durand"', 'reviewed_on = "2026-11-21"']
    assert lines[at : at + 2] == added
    assert lines[:at] + lines[at + 2 :] == FILE.splitlines()


def test_a_second_review_replaces_the_first(folder: Path) -> None:
    lines = review(folder, "art-1.1", "B. Petit")
    old = FILE.splitlines()
    assert [(a, b) for a, b in zip(old, lines, strict=True) if a != b] == [
        ('reviewed_by = "A. Martin"', 'reviewed_by = "B. Petit"'),
        ('reviewed_on = "2026-01-02"', 'reviewed_on = "2026-11-21"'),
    ]


def test_a_name_cannot_break_the_file(folder: Path) -> None:
    review(folder, "art-1", 'x"\nref = "art-9')
    rows = tomllib.loads((folder / "rgpd.toml").read_text(encoding="utf-8"))["entry"]
    assert rows[0]["reviewed_by"] == 'x"\nref = "art-9'
    assert [row["ref"] for row in rows] == ["art-1", "art-1.1", "art-2"]


def test_an_entry_that_is_not_there_is_told(folder: Path) -> None:
    with pytest.raises(ManifestError, match="lexique check"):
        review(folder, "art-3")


def test_only_what_nobody_reviewed_is_walked_through(folder: Path) -> None:
    assert [str(e.reference) for e in unreviewed(load_lexicon(folder))] == ["rgpd:art-1", "rgpd:art-2"]
    assert list(unreviewed(load_lexicon(folder), "dsa")) == []
