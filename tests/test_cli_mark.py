"""`assistant mark verify`: one line that says who made a file, and whether it was altered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.cli_mark import app
from assistant.errors import MarkError
from assistant.mark.key import instance_key
from assistant.render.export import Format, export
from assistant.render.export_content import Publication
from tests.render.answers import MADE, answer, generated


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSISTANT_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def verify(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["verify", *arguments])


@pytest.mark.parametrize("form", list(Format))
def test_an_own_export_is_said_to_be_unaltered(form: Format, data: Path, tmp_path: Path) -> None:
    file = tmp_path / f"reponse.{form.value}"
    file.write_bytes(export([generated()], form, instance_key(data), MADE, Publication.of("Ana Bel", "Ville")))
    ended = verify(str(file))
    assert ended.exit_code == 0
    assert "made by this installation, unaltered; made 2026-11-22 09:30:00 UTC; model ministral-3-3b" in ended.output
    assert "reviewed by Ana Bel, editorial responsibility Ville" in ended.output


@pytest.mark.parametrize("form", list(Format))
def test_an_altered_export_is_said_to_be_altered(form: Format, data: Path, tmp_path: Path) -> None:
    file = tmp_path / f"reponse.{form.value}"
    made = export([answer()], form, instance_key(data), MADE)
    file.write_bytes(made[:200] + bytes([made[200] ^ 1]) + made[201:])
    ended = verify(str(file))
    assert ended.exit_code == 1
    assert "ALTERED" in ended.output


def test_the_key_of_another_installation_can_be_given(data: Path, tmp_path: Path) -> None:
    other = instance_key(tmp_path / "other")
    file = tmp_path / "reponse.md"
    file.write_bytes(export([answer()], Format.MARKDOWN, other, MADE))
    unknown = verify(str(file))
    assert unknown.exit_code == 1
    assert f"another installation (key {other.public})" in unknown.output
    given = verify(str(file), "--key", other.public.upper())
    assert given.exit_code == 0
    assert "made by the installation whose key was given, unaltered" in given.output


def test_json_for_programs(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "reponse.md"
    file.write_bytes(export([answer()], Format.MARKDOWN, instance_key(data), MADE))
    told = json.loads(verify(str(file), "--json").output)
    assert told["state"] == "intact"
    assert told["made_here"] is True
    assert told["record"]["made_at"] == MADE.isoformat()
    file.write_text("autre chose")
    assert json.loads(verify(str(file), "--json").output) == {
        "state": "no_mark",
        "made_here": False,
        "public_key": None,
        "record": None,
    }


def test_checking_makes_no_key(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "texte.md"
    file.write_text("sans marque")
    assert "no mark of this program" in verify(str(file)).output
    assert not data.exists()


def test_a_key_that_is_none_is_wrong_usage(data: Path, tmp_path: Path) -> None:
    assert verify(str(tmp_path / "x"), "--key", "abc").exit_code == 2


def test_a_file_that_cannot_be_read_is_one_clear_error(data: Path, tmp_path: Path) -> None:
    ended = verify(str(tmp_path / "absent.pdf"))
    assert isinstance(ended.exception, MarkError)
    assert "cannot be read" in str(ended.exception)
