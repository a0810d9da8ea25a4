"""Files of the index: copied with their holes, summed, made durable, and never into a full disk.

The failure this prevents: an ingestion killed without a word. The engine maps its files into memory
and they have holes: on a full disk, touching a hole ends the process (SIGBUS) before any error can
be raised. So room is asked for before each batch.
"""

from __future__ import annotations

import errno
import os
import shutil
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import StoreError

RESERVE = 128 * 2**20
_BLOCK = 2**16
_ZEROS = bytes(_BLOCK)
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextmanager
def errors(folder: Path, doing: str) -> Iterator[None]:
    """Turn an OSError met while `doing` something in `folder` into a `StoreError` that says what to do."""
    try:
        yield
    except OSError as error:
        raise explain(error, folder, doing) from error


def explain(error: OSError, folder: Path, doing: str) -> StoreError:
    """One line for an OSError; "nothing was lost" holds because an index is built beside the old one."""
    if error.errno in _FULL:
        return StoreError(f"cannot {doing}: no space left in {folder}; nothing was lost: free some and try again")
    if error.errno in _REFUSED:
        return StoreError(
            f"cannot {doing}: no permission to write in {folder}; nothing was lost: "
            "allow it, or set another data folder (ASSISTANT_DATA)"
        )
    return StoreError(f"cannot {doing} in {folder}: {error.strerror or error}; nothing was lost: try again")


def require_space(folder: Path) -> None:
    """`StoreError` unless `RESERVE` bytes are free where `folder` lies."""
    free = shutil.disk_usage(folder).free
    if free < RESERVE:
        raise StoreError(
            f"cannot write the index: {free // 2**20} MB left in {folder} and {RESERVE // 2**20} MB are needed; "
            "nothing was lost: free some and try again"
        )


def checksum(file: Path) -> int:
    """CRC-32 of a file; blocks of zeros count by their absence, so that a hole equals the zeros it reads as."""
    return sum_blocks(_blocks(file))


def copy_file(source: Path, target: Path) -> int:
    """Copy a file, leaving holes where it has only zeros; returns its `checksum`."""

    def written() -> Iterator[tuple[int, bytes]]:
        with target.open("wb") as out:
            for offset, block in _blocks(source):
                out.seek(offset)
                out.write(block)
                yield offset, block
            out.truncate(source.stat().st_size)

    return sum_blocks(written())


def sum_blocks(blocks: Iterator[tuple[int, bytes]]) -> int:
    """CRC-32 over offsets and contents."""
    total = 0
    for offset, block in blocks:
        total = zlib.crc32(block, zlib.crc32(offset.to_bytes(8, "little"), total))
    return total


def _blocks(file: Path) -> Iterator[tuple[int, bytes]]:
    """The blocks of a file that hold anything but zeros, with their offsets."""
    with file.open("rb", buffering=0) as source:
        offset = _data_from(source.fileno(), 0)
        source.seek(offset)
        while block := source.read(_BLOCK):
            if block != _ZEROS[: len(block)]:
                yield offset, block
            offset = _data_from(source.fileno(), offset + len(block))
            source.seek(offset)


def _data_from(descriptor: int, offset: int) -> int:
    """The first block at or after `offset` that is not in a hole, where the system can tell; else `offset`."""
    if not hasattr(os, "SEEK_DATA"):
        return offset
    try:
        return max(offset, os.lseek(descriptor, offset, os.SEEK_DATA) // _BLOCK * _BLOCK)
    except OSError as error:
        if error.errno == errno.ENXIO:  # holes only, up to the end
            return os.lseek(descriptor, 0, os.SEEK_END)
        return offset


def copy_files(source: Path, target: Path, expected: Mapping[str, tuple[int, int]]) -> None:
    """Copy the files named in `expected` (size and checksum by relative path).

    `StoreError` when one is missing or is not what it was, OSError when `target` cannot be written.
    """
    for name, (size, total) in expected.items():
        copy = target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if not (source / name).is_file():
            raise StoreError(f"the index is broken, {source / name} is missing: run `assistant ingest`")
        if (copy_file(source / name, copy), copy.stat().st_size) != (total, size):
            raise StoreError(f"the index is broken, {source / name} was changed: run `assistant ingest`")


def files(folder: Path) -> Iterator[Path]:
    """All files below a folder, in order."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def sync_tree(folder: Path) -> None:
    """Make all files and folders below, and the folder itself, survive a power cut."""
    for path in (*folder.rglob("*"), folder):
        sync(path)


def sync(path: Path) -> None:
    """Make one file or folder survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace(path: Path, text: str) -> None:
    """Replace a small file: readers see the old text or the new, also after a power cut."""
    beside = path.with_name(path.name + ".new")
    beside.write_text(text, encoding="utf-8")
    sync(beside)
    beside.replace(path)
    sync(path.parent)
