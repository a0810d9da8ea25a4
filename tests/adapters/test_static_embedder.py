"""The house's embedder: read lightly for questions, by sentence-transformers for passages, with the same vectors."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from assistant.adapters.embedder import load_embedder, load_question_embedder
from assistant.adapters.static_embedder import StaticEmbedder, static_module
from assistant.errors import ModelBroken
from assistant.models import installed
from assistant.settings import Settings

TEXTS = ["fuite de données à la CNIL", "Lost USB stick", "l'appli qui note les CV", "é" * 300]
LARGEST = 12_000_000


@pytest.fixture(scope="module")
def folder() -> Path:
    place = installed(Settings(), "static-fr-en")
    assert place is not None
    return place


@pytest.fixture(scope="module")
def light(folder: Path) -> StaticEmbedder:
    return StaticEmbedder(folder, folder.name)


def test_it_is_the_default_and_ships_with_the_program(tmp_path: Path) -> None:
    embedder = load_question_embedder(Settings(data=tmp_path))
    assert embedder.name.startswith("static-fr-en@")
    assert isinstance(embedder, StaticEmbedder)


def test_both_readers_give_the_same_vectors_and_the_same_name(light: StaticEmbedder) -> None:
    full = load_embedder(Settings())
    assert full.name == light.name
    assert full.dimensions == light.dimensions
    assert np.allclose(full.embed_passages(TEXTS), light.embed_questions(TEXTS), atol=2e-3)


def test_vectors_have_length_one_and_an_empty_text_has_none(light: StaticEmbedder) -> None:
    vectors = light.embed_questions([*TEXTS, ""])
    assert np.allclose(np.linalg.norm(vectors[:-1], axis=1), 1.0, atol=1e-5)
    assert not vectors[-1].any()


def test_the_two_languages_meet(light: StaticEmbedder) -> None:
    french, english, other = light.embed_questions(
        ["notifier une fuite de données personnelles", "notify a personal data breach", "frais de changement de cloud"]
    )
    assert french @ english > french @ other


def test_its_files_are_small(folder: Path) -> None:
    assert sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) <= LARGEST


@pytest.mark.parametrize(
    "harm", ["modules.json", "0_StaticEmbedding/model.safetensors", "0_StaticEmbedding/tokenizer.json"]
)
def test_a_damaged_copy_is_refused(folder: Path, tmp_path: Path, harm: str) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    (copy / harm).write_bytes(b"\0\0")
    with pytest.raises(ModelBroken):
        StaticEmbedder(copy, "copy")


def test_another_kind_of_model_is_not_taken_for_one(tmp_path: Path) -> None:
    assert static_module(tmp_path) is None
