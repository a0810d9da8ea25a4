"""`assistant models`: what is listed, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.errors import IntegrityError, ModelAbsent


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_DATA", str(tmp_path))
    monkeypatch.setenv("ASSISTANT_OFFLINE", "true")


def test_models_are_listed_with_what_is_installed() -> None:
    rows = json.loads(CliRunner().invoke(app, ["models", "list", "--json"]).stdout)
    assert all(set(row) == {"name", "purpose", "licence", "size", "recommended", "installed"} for row in rows)
    installed = {row["name"]: row["installed"] for row in rows}
    assert installed["static-fr-en"] is True
    assert installed["smollm2-135m"] is False
    printed = CliRunner().invoke(app, ["models", "list"]).stdout
    assert "static-fr-en (embedder, " in printed
    assert "installed" in printed


def test_a_file_that_is_no_model_is_refused_in_one_line(tmp_path: Path) -> None:
    broken = tmp_path / "model.gguf"
    broken.write_bytes(b"no model")
    result = CliRunner().invoke(app, ["models", "pull", "smollm2-135m", "--from", str(broken)])
    assert isinstance(result.exception, IntegrityError)
    assert "\n" not in str(result.exception)


def test_the_check_of_a_model_that_is_not_there_says_how_to_pull_it() -> None:
    result = CliRunner().invoke(app, ["models", "check", "smollm2-135m"])
    assert isinstance(result.exception, ModelAbsent)
    assert "models pull smollm2-135m" in str(result.exception)
