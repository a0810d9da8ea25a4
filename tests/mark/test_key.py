"""The signing key: made once, its owner's only."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from assistant.errors import MarkError
from assistant.mark.key import instance_key, public_key


def key_file(data: Path) -> Path:
    return next(data.iterdir())


def test_the_key_is_made_at_the_first_use_and_kept(tmp_path: Path) -> None:
    assert public_key(tmp_path) == ""
    first = instance_key(tmp_path).public
    assert len(first) == 64
    assert instance_key(tmp_path).public == public_key(tmp_path) == first


def test_only_its_owner_can_read_the_key(tmp_path: Path) -> None:
    instance_key(tmp_path)
    assert stat.S_IMODE(key_file(tmp_path).stat().st_mode) == 0o600
    assert len(list(tmp_path.iterdir())) == 1


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    instance_key(tmp_path)
    key_file(tmp_path).chmod(0o644)
    with pytest.raises(MarkError, match="chmod 600"):
        instance_key(tmp_path)


def test_several_first_starts_at_once_make_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: instance_key(tmp_path).public, range(16)))
    assert len(keys) == 1


def test_a_broken_key_is_not_replaced_in_silence(tmp_path: Path) -> None:
    instance_key(tmp_path)
    key_file(tmp_path).write_bytes(b"no key")
    with pytest.raises(MarkError, match="restore it"):
        instance_key(tmp_path)


def test_a_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    instance_key(tmp_path)
    other = X25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    key_file(tmp_path).write_bytes(other)
    with pytest.raises(MarkError, match="another kind"):
        instance_key(tmp_path)


def test_a_data_folder_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    in_the_way = tmp_path / "data"
    in_the_way.write_text("a file where the folder should be")
    with pytest.raises(MarkError, match="cannot be written"):
        instance_key(in_the_way)
