"""What somebody reads who broke one of the program's data files."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from assistant.data_files import read_toml
from assistant.errors import ManifestError, ModelError


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    days: int


def test_a_good_file_becomes_its_model(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('name = "délai"\ndays = 3\n', encoding="utf-8")
    assert read_toml(tmp_path / "a.toml", _Row) == _Row(name="délai", days=3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('name = "a"\ndays = "soon"\n', "a.toml: days: "),
        ('name = "a"\ndays = 3\nhours = 1\n', "a.toml: hours: "),
        ("name = \n", "a.toml is not valid TOML: "),
    ],
)
def test_a_fault_is_named_with_its_file_and_field(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ManifestError) as caught:
        read_toml(tmp_path / "a.toml", _Row)
    assert str(caught.value).startswith(said)


def test_a_file_that_is_gone_is_said_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match=r"gone.toml does not exist: install the program again"):
        read_toml(tmp_path / "gone.toml", _Row)


def test_a_folder_in_the_place_of_a_file_is_said_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read: install the program again"):
        read_toml(tmp_path, _Row, ModelError)
