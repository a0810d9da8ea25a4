"""A review is two lines of one entry; nothing else of the file changes."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from assistant.adapters import disk
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


def test_comments_before_the_next_entry_stay_with_it(folder: Path) -> None:
    commented = FILE.replace('[[entry]]\nref = "art-2"', '# Chapitre II\n\n[[entry]]  # à relire\nref = "art-2"')
    (folder / "rgpd.toml").write_text(commented, encoding="utf-8")
    review(folder, "art-1.1", "B. Petit")
    lines = review(folder, "art-1")
    at = lines.index('reviewed_by = "C. « Zoé » Durand"')
    assert lines[at - 1] == 'plain.fr = "Une phrase."'
    lines = review(folder, "art-2")
    assert lines[lines.index("# Chapitre II") :][:4] == ["# Chapitre II", "", "[[entry]]  # à relire", 'ref = "art-2"']


def test_the_comment_after_an_entry_stands_after_its_review(folder: Path) -> None:
    (folder / "rgpd.toml").write_text(FILE.replace('phrase."\n', 'phrase."\n\n# Suite\n', 1), encoding="utf-8")
    lines = review(folder, "art-1", "C. Zoé")
    assert lines[6:11] == ['reviewed_by = "C. Zoé"', 'reviewed_on = "2026-11-21"', "", "# Suite", ""]


def test_the_line_ends_of_the_file_are_kept(folder: Path) -> None:
    (folder / "rgpd.toml").write_bytes(FILE.replace("\n", "\r\n").encode())
    review(folder, "art-1")
    review(folder, "art-1.1")
    written = (folder / "rgpd.toml").read_bytes()
    assert written.count(b"\n") == written.count(b"\r\n") == FILE.count("\n") + 2


def test_an_entry_written_in_another_style_is_found(folder: Path) -> None:
    (folder / "rgpd.toml").write_text("[[ entry ]]\nref = 'art-1'  # le premier\n", encoding="utf-8")
    assert review(folder, "art-1")[1:3] == ["ref = 'art-1'  # le premier", 'reviewed_by = "C. « Zoé » Durand"']


@pytest.mark.parametrize(
    "text",
    [
        'entry = [{ref = "art-1"}]\n',
        '[[entry]]\nref = "art-1"\nplain.fr = """\nreviewed_by = "personne"\n"""\n',
        '[[entry]]\nref = "art-1"\nplain.fr = """\n[[entry]]\n"""\n',
    ],
)
def test_a_file_of_which_something_else_would_change_is_left_as_it_was(folder: Path, text: str) -> None:
    (folder / "rgpd.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ManifestError, match=r"rgpd\.toml: the lines of rgpd:art-1 cannot be told apart"):
        review(folder, "art-1")
    assert (folder / "rgpd.toml").read_text(encoding="utf-8") == text


def test_a_review_that_cannot_be_written_leaves_the_file_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk, "sync", full)
    with pytest.raises(ManifestError, match="cannot be edited"):
        review(folder, "art-1")
    assert (folder / "rgpd.toml").read_text(encoding="utf-8") == FILE
