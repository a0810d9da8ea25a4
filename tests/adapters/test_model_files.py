from __future__ import annotations

import hashlib
import json
import shutil
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from assistant.adapters import download
from assistant.adapters.model_files import RECORD, check, pull
from assistant.errors import FetchError, IntegrityError, ModelAbsent, ModelBroken, ModelError
from assistant.models import models_folder
from assistant.settings import Settings
from tests.gguf_factory import tiny_gguf
from tests.hub import Hub, hub
from tests.model_entries import on_hub


@pytest.fixture(scope="module")
def gguf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return tiny_gguf(tmp_path_factory.mktemp("gguf") / "tiny.gguf").read_bytes()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with hub() as served:
        monkeypatch.setenv("HF_ENDPOINT", served.address)
        yield served


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data")


def there(settings: Settings) -> list[str]:
    folder = models_folder(settings)
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".lock")


def test_a_file_of_the_hub_is_pulled_checked_and_found(server: Hub, settings: Settings, gguf: bytes) -> None:
    server.repos["city/tiny"] = {"tiny.gguf": gguf}
    seen: list[tuple[int, int | None]] = []
    pulled = pull(settings, "tiny", lambda done, total: seen.append((done, total)), catalogue=on_hub(gguf))
    assert pulled.path.read_bytes() == gguf
    assert pulled == check(settings, "tiny", on_hub(gguf))
    assert seen[-1] == (len(gguf), len(gguf))
    assert there(settings) == ["tiny"]


def test_a_model_that_is_there_and_whole_is_not_fetched_again(server: Hub, settings: Settings, gguf: bytes) -> None:
    server.repos["city/tiny"] = {"tiny.gguf": gguf}
    pull(settings, "tiny", catalogue=on_hub(gguf))
    server.asked.clear()
    pull(settings, "tiny", catalogue=on_hub(gguf))
    assert server.asked == []


def test_a_cut_pull_is_resumed_by_the_next_one(
    server: Hub, settings: Settings, gguf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.repos["city/tiny"] = {"tiny.gguf": gguf}
    server.cuts = [70_000]
    monkeypatch.setattr(download, "FRUITLESS_ATTEMPTS", 0)
    with pytest.raises(FetchError):
        pull(settings, "tiny", catalogue=on_hub(gguf))
    with pytest.raises(ModelAbsent):
        check(settings, "tiny", on_hub(gguf))
    monkeypatch.undo()
    monkeypatch.setenv("HF_ENDPOINT", server.address)
    assert pull(settings, "tiny", catalogue=on_hub(gguf)).path.read_bytes() == gguf
    assert [asked for _, _, asked in server.asked] == ["", "bytes=70000-"]


def test_other_bytes_than_those_of_the_catalogue_are_never_installed(
    server: Hub, settings: Settings, gguf: bytes
) -> None:
    server.repos["city/tiny"] = {"tiny.gguf": gguf[:-1] + b"!"}
    with pytest.raises(IntegrityError):
        pull(settings, "tiny", catalogue=on_hub(gguf))
    assert "tiny" not in there(settings)


def test_without_a_known_hash_the_file_must_at_least_be_a_model(server: Hub, settings: Settings, gguf: bytes) -> None:
    unknown = on_hub(gguf, size=0, sha256="")
    server.repos["city/tiny"] = {"tiny.gguf": b"<html>log in</html>"}
    with pytest.raises(ModelBroken, match="no GGUF"):
        pull(settings, "tiny", catalogue=unknown)
    server.repos["city/tiny"] = {"tiny.gguf": gguf}
    pulled = pull(settings, "tiny", catalogue=unknown)
    damaged = bytearray(gguf)
    damaged[-1] ^= 1
    pulled.path.write_bytes(damaged)
    with pytest.raises(ModelBroken, match="damaged or missing"):
        check(settings, "tiny", unknown)


def test_a_damaged_model_is_replaced_by_a_pull(server: Hub, settings: Settings, gguf: bytes) -> None:
    server.repos["city/tiny"] = {"tiny.gguf": gguf}
    path = pull(settings, "tiny", catalogue=on_hub(gguf)).path
    path.write_bytes(gguf[:100])
    assert pull(settings, "tiny", catalogue=on_hub(gguf)).path.read_bytes() == gguf


def test_offline_nothing_is_fetched(server: Hub, settings: Settings, gguf: bytes) -> None:
    offline = settings.model_copy(update={"offline": True})
    with pytest.raises(FetchError, match="`offline` is set"):
        pull(offline, "tiny", catalogue=on_hub(gguf))
    assert server.asked == []


def test_a_full_disk_is_noticed_before_the_download(
    server: Hub, settings: Settings, gguf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1000))
    with pytest.raises(ModelError, match="of disk"):
        pull(settings, "tiny", catalogue=on_hub(gguf))
    assert server.asked == []


def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path: Path, gguf: bytes) -> None:
    (tmp_path / "data").write_text("a file stands where the folder should be")
    with pytest.raises(ModelError, match=r"cannot write .* set `data`"):
        pull(Settings(data=tmp_path / "data"), "tiny", catalogue=on_hub(gguf))


def test_two_pulls_of_one_model_do_not_mix(settings: Settings, gguf: bytes) -> None:
    folder = models_folder(settings)
    folder.mkdir(parents=True)
    with FileLock(folder / ".tiny.lock"), pytest.raises(ModelError, match="another process is pulling tiny"):
        pull(settings, "tiny", catalogue=on_hub(gguf))


def test_an_unknown_name_lists_those_there_are(settings: Settings, gguf: bytes) -> None:
    with pytest.raises(ModelAbsent, match="holds no model 'small': it holds tiny"):
        pull(settings, "small", catalogue=on_hub(gguf))


def test_a_model_given_by_its_path_is_checked_too(settings: Settings, tmp_path: Path, gguf: bytes) -> None:
    path = tmp_path / "own.gguf"
    path.write_bytes(gguf)
    checked = check(settings, str(path))
    assert (checked.size, checked.known) == (len(gguf), False)
    path.write_bytes(gguf[:-10])
    with pytest.raises(ModelBroken, match="cut"):
        check(settings, str(path))
    folder = tmp_path / "embedder"
    folder.mkdir()
    with pytest.raises(ModelBroken, match=r"no config\.json"):
        check(settings, str(folder))
    (folder / "config.json").write_text("{}")
    with pytest.raises(ModelBroken, match="no weights"):
        check(settings, str(folder))
    (folder / "model.safetensors").write_bytes(b"weights")
    assert check(settings, str(folder)).size == 7


def test_a_lost_record_is_a_damaged_model(server: Hub, settings: Settings, gguf: bytes) -> None:
    server.repos["city/tiny"] = {"tiny.gguf": gguf}
    path = pull(settings, "tiny", catalogue=on_hub(gguf)).path
    record = path.with_name(RECORD)
    assert json.loads(record.read_text()) == {"tiny.gguf": hashlib.sha256(gguf).hexdigest()}
    record.write_text("{")
    with pytest.raises(ModelBroken, match="no readable"):
        check(settings, "tiny", on_hub(gguf))
