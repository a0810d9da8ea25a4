"""What is opened is let go of: the chat model and the private copy of the index, also when opening fails half-way."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import wiring
from assistant.adapters import llama_cpp
from assistant.answering.pipeline import Assistant
from assistant.errors import IndexMissing, ModelAbsent
from assistant.lexicon import Lexicon
from assistant.settings import Settings
from assistant.wiring import open_assistant
from ingest import pipeline


class Model:
    """Stands for a loaded chat model, of which only its end matters here."""

    name = "model"
    closed = False

    def close(self) -> None:
        self.closed = True


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the model charter alone."""
    data = tmp_path_factory.mktemp("charter")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pipeline, "load_lexicon", lambda: Lexicon({}))
        pipeline.ingest(Settings(data=data, mirror=None, offline=True, local_folder=data / "local"))
    return data


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Model:
    loaded = Model()
    monkeypatch.setattr(llama_cpp, "load_chat_model", lambda _settings: loaded)
    return loaded


@pytest.fixture
def copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder in which private copies of the index are made."""
    folder = tmp_path / "copies"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def opened(data: Path) -> Assistant:
    return open_assistant(Settings(data=data, chat_model="model"))


@pytest.mark.usefixtures("copies")
def test_closing_the_assistant_closes_its_model_and_its_index(data: Path, model: Model) -> None:
    assistant = opened(data)
    assert not model.closed
    assistant.close()
    assert model.closed
    assistant.close()


@pytest.mark.usefixtures("copies")
def test_what_was_opened_is_closed_when_the_rest_cannot_be(
    data: Path, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(_: Settings) -> None:
        raise ModelAbsent("no reranker")

    monkeypatch.setattr(wiring, "_reranker", absent)
    with pytest.raises(ModelAbsent):
        opened(data)
    assert model.closed


def test_no_model_is_loaded_where_there_is_no_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llama_cpp, "load_chat_model", lambda _settings: pytest.fail("the model was loaded"))
    with pytest.raises(IndexMissing):
        opened(tmp_path)
