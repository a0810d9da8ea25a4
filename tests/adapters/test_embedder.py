from __future__ import annotations

import shutil
import socket
import threading
from pathlib import Path

import numpy as np
import pytest

from assistant.adapters.embedder import SentenceTransformerEmbedder, load_embedder
from assistant.errors import ModelAbsent, ModelBroken
from assistant.models import Prefixes
from assistant.ports import Embedder
from assistant.settings import Settings
from tests.transformers_factory import tiny_embedder

NONE = Prefixes(question="", passage="")
E5 = Prefixes(question="query: ", passage="passage: ")
TEXTS = ["la ville protège les données", "un agent", "ia"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_embedder(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "tiny"))


def test_vectors_are_of_length_one_in_single_precision_one_row_a_text(folder: Path) -> None:
    embedder: Embedder = SentenceTransformerEmbedder(folder, "tiny", NONE)
    vectors = embedder.embed_passages(TEXTS)
    assert vectors.shape == (3, 32)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1)


def test_no_text_gives_no_row(folder: Path) -> None:
    embedder = SentenceTransformerEmbedder(folder, "tiny", NONE)
    assert embedder.embed_questions([]).shape == (0, embedder.dimensions)


def test_a_vector_does_not_depend_on_its_neighbours(folder: Path) -> None:
    embedder = SentenceTransformerEmbedder(folder, "tiny", NONE)
    together = embedder.embed_passages(TEXTS)
    alone = np.vstack([embedder.embed_passages([text]) for text in TEXTS])
    assert together == pytest.approx(alone, abs=1e-6)


def test_questions_and_passages_get_the_prefixes_of_the_catalogue(folder: Path) -> None:
    plain = SentenceTransformerEmbedder(folder, "tiny", NONE)
    prefixed = SentenceTransformerEmbedder(folder, "tiny", E5)
    assert prefixed.embed_questions(["ia"]) == pytest.approx(plain.embed_questions(["query: ia"]), abs=1e-6)
    assert prefixed.embed_passages(["ia"]) == pytest.approx(plain.embed_passages(["passage: ia"]), abs=1e-6)


def test_a_model_outside_the_catalogue_keeps_its_own_prefixes(tmp_path: Path) -> None:
    own = SentenceTransformerEmbedder(
        tiny_embedder(tmp_path / "own", prompts={"query": "question : ", "document": ""}), "own"
    )
    plain = SentenceTransformerEmbedder(tmp_path / "own", "own", NONE)
    assert own.embed_questions(["ia"]) == pytest.approx(plain.embed_questions(["question : ia"]), abs=1e-6)


def test_the_name_changes_with_the_weights_and_with_the_prefixes_only(folder: Path, copy: Path, tmp_path: Path) -> None:
    name = SentenceTransformerEmbedder(folder, "tiny", NONE).name
    assert name.startswith("tiny@")
    (copy / "README.md").write_text("notes")
    assert SentenceTransformerEmbedder(copy, "tiny", NONE).name == name
    assert SentenceTransformerEmbedder(folder, "tiny", E5).name != name
    assert SentenceTransformerEmbedder(tiny_embedder(tmp_path / "other", seed=1), "tiny", NONE).name != name


def test_no_connection_is_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        pytest.fail("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    SentenceTransformerEmbedder(folder, "tiny", NONE).embed_questions(["ia"])


def test_nothing_is_drawn_on_the_terminal(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    SentenceTransformerEmbedder(folder, "tiny", NONE).embed_passages(TEXTS)
    assert capfd.readouterr() == ("", "")


def test_threads_share_an_embedder(folder: Path) -> None:
    embedder = SentenceTransformerEmbedder(folder, "tiny", E5)
    expected = embedder.embed_questions(["la ville"])
    results: list[bool] = []

    def embed() -> None:
        for _ in range(5):
            embedder.embed_passages(TEXTS)
            results.append(bool(np.allclose(embedder.embed_questions(["la ville"]), expected, atol=1e-6)))

    threads = [threading.Thread(target=embed) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert results == [True] * 20


@pytest.mark.parametrize("damaged", ["model.safetensors", "config.json", "tokenizer.json", "modules.json"])
def test_a_damaged_folder_is_broken_and_says_so(copy: Path, damaged: str) -> None:
    data = (copy / damaged).read_bytes()
    (copy / damaged).write_bytes(data[: len(data) // 2])
    with pytest.raises(ModelBroken, match=r"holds no usable model .* pull the model again"):
        SentenceTransformerEmbedder(copy, "tiny", NONE)


def test_weights_that_are_gone_are_not_made_up(copy: Path) -> None:
    (copy / "model.safetensors").unlink()
    with pytest.raises(ModelBroken):
        SentenceTransformerEmbedder(copy, "tiny", NONE)


def test_a_folder_of_another_kind_is_broken(tmp_path: Path) -> None:
    with pytest.raises(ModelBroken, match=r"no modules\.json"):
        SentenceTransformerEmbedder(tmp_path, "tiny", NONE)


def test_an_embedder_that_was_not_pulled_names_the_cure(tmp_path: Path) -> None:
    with pytest.raises(ModelAbsent, match="run `assistant models pull all-MiniLM-L6-v2`"):
        load_embedder(Settings(data=tmp_path, embedder="all-MiniLM-L6-v2"))


def test_the_settings_may_name_a_folder(folder: Path, tmp_path: Path) -> None:
    assert load_embedder(Settings(data=tmp_path, embedder=str(folder))).name.startswith("tiny@")
