from __future__ import annotations

import socket
from pathlib import Path

import pytest

from assistant.adapters.reranker import CrossEncoderReranker, load_reranker
from assistant.errors import ModelAbsent, ModelBroken
from assistant.ports import Reranker
from assistant.settings import Settings
from tests.transformers_factory import tiny_reranker

TEXTS = ["la ville protège les données", "un agent", "ia"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_reranker(tmp_path_factory.mktemp("models") / "tiny")


def test_each_text_gets_a_score_that_depends_on_it_alone(folder: Path) -> None:
    reranker: Reranker = CrossEncoderReranker(folder, "tiny")
    scores = reranker.score("question", TEXTS)
    assert len(set(scores)) == 3
    assert scores == pytest.approx([reranker.score("question", [text])[0] for text in TEXTS], abs=1e-6)
    assert reranker.score("question", TEXTS[::-1]) == pytest.approx(scores[::-1], abs=1e-6)


def test_no_text_gets_no_score(folder: Path) -> None:
    assert CrossEncoderReranker(folder, "tiny").score("question", []) == []


def test_the_name_changes_with_the_weights(folder: Path, tmp_path: Path) -> None:
    name = CrossEncoderReranker(folder, "tiny").name
    assert name.startswith("tiny@")
    assert CrossEncoderReranker(tiny_reranker(tmp_path / "other", seed=1), "tiny").name != name


def test_no_connection_is_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        pytest.fail("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    CrossEncoderReranker(folder, "tiny").score("question", TEXTS)


def test_cut_weights_are_broken(tmp_path: Path) -> None:
    folder = tiny_reranker(tmp_path / "cut")
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])
    with pytest.raises(ModelBroken, match="pull the model again"):
        CrossEncoderReranker(folder, "cut")


def test_a_classifier_of_several_labels_is_no_reranker(tmp_path: Path) -> None:
    with pytest.raises(ModelBroken, match="3 labels"):
        CrossEncoderReranker(tiny_reranker(tmp_path / "three", labels=3), "three")


def test_a_reranker_that_was_not_pulled_names_the_cure(tmp_path: Path) -> None:
    with pytest.raises(ModelAbsent, match="run `assistant models pull bge-reranker-v2-m3`"):
        load_reranker(Settings(data=tmp_path, reranker="bge-reranker-v2-m3"))


def test_the_settings_may_name_a_folder(folder: Path, tmp_path: Path) -> None:
    assert load_reranker(Settings(data=tmp_path, reranker=str(folder))).score("question", ["ia"])
