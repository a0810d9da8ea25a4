"""The catalogue of models (`corpus/models.toml`), and where a model lies on this machine.

The failure this prevents: a model of unknown origin, licence or bytes behind an answer, and a name
in the settings that means another file from one machine to the next.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.data_files import read_toml
from assistant.errors import ModelAbsent, ModelError
from assistant.manifest import Bilingual
from assistant.resources import corpus_folder
from assistant.settings import Settings

Purpose = Literal["chat", "embedder", "reranker"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class HubFile(_Strict):
    """The model's `file` in a hub repository."""

    kind: Literal["hub-file"]
    repo: str
    revision: str


class HubFolder(_Strict):
    """The files of a hub repository that match `keep` and not `leave` (shell patterns)."""

    kind: Literal["hub-folder"]
    repo: str
    revision: str
    keep: tuple[str, ...]
    leave: tuple[str, ...]


class WheelMember(_Strict):
    """A file in a wheel of the Python package index, or a folder in it when `member` ends with `/`."""

    kind: Literal["wheel"]
    package: str
    version: str
    member: str


class Shipped(_Strict):
    """A folder among the program's own data."""

    kind: Literal["shipped"]
    folder: str


Source = Annotated[HubFile | HubFolder | WheelMember | Shipped, Field(discriminator="kind")]


class Prefixes(_Strict):
    """What an embedder was trained to read before a question and before a passage."""

    question: str
    passage: str


class Model(_Strict):
    """One model. `size` (bytes, 0 if unknown) and `sha256` ("" if unknown) are those of `file`, the weights."""

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    purpose: Purpose
    recommended: bool = False
    licence: str
    file: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    size: int = Field(default=0, ge=0)
    sha256: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")
    description: Bilingual
    prefixes: Prefixes | None = None
    source: Source


class Catalogue(_Strict):
    """The whole file."""

    schema_version: Literal[1]
    model: tuple[Model, ...]

    def find(self, name: str) -> Model | None:
        """The model called `name`, or None."""
        return next((model for model in self.model if model.name == name), None)

    def named(self, name: str) -> Model:
        """The model called `name`; `ModelAbsent` lists those there are."""
        model = self.find(name)
        if model is None:
            names = ", ".join(known.name for known in self.model)
            raise ModelAbsent(f"the catalogue holds no model '{name}': it holds {names}")
        return model


@lru_cache(maxsize=4)
def load_catalogue(path: Path | None = None) -> Catalogue:
    """Read the catalogue; `ModelError` names the wrong field."""
    path = path or corpus_folder() / "models.toml"
    return read_toml(path, Catalogue, ModelError)


def models_folder(settings: Settings) -> Path:
    """Where pulled models lie, one folder a model."""
    return settings.data / "models"


def place_of(settings: Settings, model: Model) -> Path:
    """The folder of a model of the catalogue, whether it is there or not."""
    if isinstance(model.source, Shipped):
        return corpus_folder() / model.source.folder
    return models_folder(settings) / model.name


def installed(settings: Settings, name: str, catalogue: Catalogue | None = None) -> Path | None:
    """The GGUF file of a chat model, the folder of an embedder or a reranker; None when it is not there.

    `name` is a name of the catalogue, or the path of a model that somebody else put on this machine.
    """
    model = (catalogue or load_catalogue()).find(name)
    if model is None:
        given = Path(name).expanduser()
        return given if name and given.exists() else None
    folder = place_of(settings, model)
    place = folder / model.file if model.purpose == "chat" else folder
    return place if place.exists() else None


def require(settings: Settings, name: str, purpose: Purpose, catalogue: Catalogue | None = None) -> Path:
    """The place of a model that is to serve as `purpose`; `ModelAbsent` says how to get it."""
    known = catalogue or load_catalogue()
    model = known.find(name)
    if model is not None and model.purpose != purpose:
        raise ModelAbsent(f"'{name}' is a model for {model.purpose}, not for {purpose}: choose another one")
    place = installed(settings, name, known)
    if place is not None:
        return place
    if model is None:
        names = ", ".join(other.name for other in known.model if other.purpose == purpose)
        raise ModelAbsent(f"no {purpose} model at '{name}': correct the path, or choose one of {names}")
    raise ModelAbsent(f"the {purpose} model {name} is not on this machine: run `assistant models pull {name}`")
