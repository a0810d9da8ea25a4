from __future__ import annotations

import errno
from pathlib import Path

import pytest

from assistant.adapters import disk
from assistant.errors import StoreError


def test_a_copy_keeps_the_holes_and_the_checksum(tmp_path: Path) -> None:
    source, copy = tmp_path / "source", tmp_path / "copy"
    with source.open("wb") as out:
        out.write(b"head")
        out.seek(8 * 2**20)
        out.write(b"tail")
        out.truncate(32 * 2**20)
    total = disk.copy_file(source, copy)
    assert copy.read_bytes() == source.read_bytes()
    assert total == disk.checksum(source) == disk.checksum(copy)
    assert copy.stat().st_blocks * 512 < 2**20


def test_a_hole_filled_with_zeros_has_the_same_checksum(tmp_path: Path) -> None:
    holes, zeros = tmp_path / "holes", tmp_path / "zeros"
    with holes.open("wb") as out:
        out.truncate(300_000)
    zeros.write_bytes(bytes(300_000))
    assert disk.checksum(holes) == disk.checksum(zeros)


def test_the_same_block_elsewhere_has_another_checksum(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(b"x" * 65536 + bytes(65536))
    other.write_bytes(bytes(65536) + b"x" * 65536)
    assert disk.checksum(one) != disk.checksum(other)


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (errno.ENOSPC, "no space left"),
        (errno.EDQUOT, "no space left"),
        (errno.EFBIG, "no space left"),
        (errno.EACCES, "no permission to write"),
        (errno.EROFS, "no permission to write"),
        (errno.EIO, "Input/output error"),
    ],
)
def test_an_error_of_the_disk_says_what_to_do_in_one_line(tmp_path: Path, number: int, message: str) -> None:
    with (
        pytest.raises(StoreError, match=f"cannot build the index.*{message}.*nothing was lost") as caught,
        disk.errors(tmp_path, "build the index"),
    ):
        raise OSError(number, "Input/output error")
    assert "\n" not in str(caught.value)


def test_too_little_room_is_told_before_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk.require_space(tmp_path)
    monkeypatch.setattr(disk, "RESERVE", 2**62)
    with pytest.raises(StoreError, match="MB are needed"):
        disk.require_space(tmp_path)


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    pointer = tmp_path / "current"
    disk.replace(pointer, "one")
    disk.replace(pointer, "two")
    assert pointer.read_text() == "two"
    assert [p.name for p in tmp_path.iterdir()] == ["current"]
