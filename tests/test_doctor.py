"""The doctor's report in words, apart from an index."""

from __future__ import annotations

from pathlib import Path

from assistant.doctor import Report
from assistant.mark.key import instance_key, public_key


def report(data: Path) -> Report:
    return Report(texts=(), documents=(), index="", models=(), public_key=public_key(data))


def test_the_public_key_of_exports_is_shown_once_there_is_one(tmp_path: Path) -> None:
    assert "made at the first start" in list(report(tmp_path).lines())[-1]
    assert report(tmp_path).to_json()["mark"] == {"public_key": None}
    key = instance_key(tmp_path)
    assert list(report(tmp_path).lines())[-1].endswith(key.public)
    assert report(tmp_path).to_json()["mark"] == {"public_key": key.public}
    assert report(tmp_path).ok
