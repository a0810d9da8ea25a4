from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.accounts.secret import session_secret
from assistant.errors import AccountError


def test_the_secret_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    data = tmp_path / "data"
    secret = session_secret(data)
    assert len(secret) == 64
    assert session_secret(data) == secret
    assert (data / "session-secret").stat().st_mode & 0o077 == 0
    assert [file.name for file in data.iterdir()] == ["session-secret"]
    assert session_secret(tmp_path / "other") != secret


def test_processes_that_start_together_have_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(session_secret, [tmp_path] * 8))) == 1


def test_a_secret_that_others_can_read_or_that_is_none_is_refused(tmp_path: Path) -> None:
    session_secret(tmp_path)
    file = tmp_path / "session-secret"
    file.chmod(0o644)
    with pytest.raises(AccountError, match=r"can be read by others: run `chmod 600"):
        session_secret(tmp_path)
    file.chmod(0o600)
    for wrong in ("", "short", "Z" * 64, "é"):
        file.write_text(wrong, encoding="utf-8")
        with pytest.raises(AccountError, match="move it away for a new one"):
            session_secret(tmp_path)
