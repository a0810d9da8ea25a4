from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import ModelAbsent, ModelError
from assistant.models import Shipped, installed, load_catalogue, models_folder, require
from assistant.settings import Settings

OPEN = {"Apache-2.0", "MIT", "EUPL-1.2"}


def test_every_model_of_the_catalogue_is_free_pinned_and_described_in_both_languages() -> None:
    for model in load_catalogue().model:
        assert model.licence in OPEN
        assert model.description.fr
        assert model.description.en
        if isinstance(model.source, Shipped):
            assert installed(Settings(), model.name) is not None
            continue
        assert model.sha256
        assert model.size > 10_000_000
        assert (model.prefixes is not None) == (model.purpose == "embedder")


def test_each_purpose_has_one_recommended_model() -> None:
    recommended = [model.purpose for model in load_catalogue().model if model.recommended]
    assert sorted(recommended) == ["chat", "embedder", "reranker"]


def test_the_default_embedder_is_in_the_catalogue() -> None:
    assert load_catalogue().named(Settings().embedder).purpose == "embedder"


def test_names_are_unique() -> None:
    names = [model.name for model in load_catalogue().model]
    assert len(set(names)) == len(names)


def test_a_chat_model_is_found_as_its_file_and_an_embedder_as_its_folder(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    assert installed(settings, "smollm2-135m") is None
    for name in ("smollm2-135m", "all-MiniLM-L6-v2"):
        (models_folder(settings) / name).mkdir(parents=True)
    file = models_folder(settings) / "smollm2-135m" / load_catalogue().named("smollm2-135m").file
    file.write_bytes(b"")
    assert installed(settings, "smollm2-135m") == file
    assert installed(settings, "all-MiniLM-L6-v2") == models_folder(settings) / "all-MiniLM-L6-v2"


def test_a_path_stands_for_a_model_of_ones_own(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    file = tmp_path / "own.gguf"
    assert installed(settings, str(file)) is None
    file.write_bytes(b"")
    assert require(settings, str(file), "chat") == file
    assert installed(settings, "") is None


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("ministral-3-3b", "run `assistant models pull ministral-3-3b`"),
        ("bge-m3", "is a model for embedder, not for chat"),
        ("/nowhere/own.gguf", "no chat model at '/nowhere/own.gguf': correct the path, or choose one of ministral"),
    ],
)
def test_a_model_that_cannot_serve_names_the_cure(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(ModelAbsent, match=message):
        require(Settings(data=tmp_path), name, "chat")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("schema_version = ", "not valid TOML"),
        ("schema_version = 2\nmodel = []", "schema_version"),
        ('schema_version = 1\n[[model]]\nname = "../evil"', r"model\.0\."),
    ],
)
def test_a_catalogue_that_does_not_say_what_it_must_names_the_field(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "models.toml"
    with pytest.raises(ModelError, match="does not exist"):
        load_catalogue(path)
    path.write_text(text)
    with pytest.raises(ModelError, match=message):
        load_catalogue(path)
