"""The settings: one file (`assistant.toml`), overridden by the environment, unknown keys refused.

The failure this prevents: a misspelt setting that is ignored in silence, and an index or an answer
of which nobody can say under which settings it was made.
"""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from pathlib import Path
from typing import Any, ClassVar, Literal

from platformdirs import user_data_path
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from assistant.errors import SettingsError
from assistant.resources import checkout


def _default_data() -> Path:
    root = checkout()
    return root / ".data" if root else user_data_path("assistant-ia-ville")


PREFIX = "ASSISTANT_"
FILE_VARIABLE = "ASSISTANT_SETTINGS"
_DEFAULT_FILE = "assistant.toml"


class Contacts(BaseModel):
    """Whom a refusal names; without them it says "votre référent IA ou votre DPO"."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    referent_ia: str = ""
    dpo: str = ""
    support: str = ""


class Generation(BaseModel):
    """How the chat model is run. `threads` 0: as many as the machine has cores."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    context_window: int = Field(default=4096, ge=512, le=131072)
    max_tokens: int = Field(default=320, ge=16, le=4096)
    temperature: float = Field(default=0.0, ge=0.0, le=2.0)
    threads: int = Field(default=0, ge=0, le=256)


class Retrieval(BaseModel):
    """How passages are found and how many reach the answer."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    candidates: int = Field(default=120, ge=5, le=500)
    evidence: int = Field(default=5, ge=1, le=20)


class Settings(BaseSettings):
    """Everything that can be set, with the defaults of a fresh clone."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True, toml_file=None
    )

    data: Path = Field(default_factory=_default_data)
    mirror: Path | None = None
    local_folder: Path | None = None
    catalogue: Path | None = None
    offline: bool = False
    collectivite: Literal["strasbourg", "lyon", "autre"] = "strasbourg"
    language: Literal["fr", "en"] = "fr"
    contacts: Contacts = Contacts()
    chat_model: str = ""
    embedder: str = "static-fr-en"
    reranker: str = ""
    qdrant_url: str = Field(default="", validation_alias="QDRANT_URL")
    database_url: str = Field(default="", validation_alias="DATABASE_URL")
    retention_days: int = Field(default=180, ge=1, le=3650)
    generation: Generation = Generation()
    retrieval: Retrieval = Retrieval()

    _outside: ClassVar[frozenset[str]] = frozenset(
        {"data", "mirror", "local_folder", "catalogue", "offline", "qdrant_url", "database_url", "retention_days"}
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  (pydantic's signature)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  (pydantic's signature)
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments, then the environment, then the file."""
        file = settings_file()
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=file))

    def fingerprint(self) -> str:
        """Twelve hexadecimal digits over every setting that can change an answer; paths are left out."""
        kept = self.model_dump(mode="json", exclude=set(self._outside))
        return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()[:12]


def settings_file() -> Path | None:
    """The settings file: `ASSISTANT_SETTINGS`, else `assistant.toml` in the current folder, else none."""
    named = os.environ.get(FILE_VARIABLE)
    if named:
        return Path(named)
    here = Path(_DEFAULT_FILE)
    return here if here.is_file() else None


def load_settings(**overrides: Any) -> Settings:
    """Read file and environment; `SettingsError` names the wrong key and the file it stands in."""
    file = settings_file()
    if file is not None and not file.is_file():
        raise SettingsError(f"{FILE_VARIABLE} names {file}, which does not exist: correct it or unset it")
    _refuse_unknown_variables()
    try:
        return Settings(**overrides)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        where = str(file) if file else "the environment"
        raise SettingsError(f"setting '{key}' in {where}: {first['msg'].lower()} (see README, Settings)") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{file} is not valid TOML: {error}") from error


def _refuse_unknown_variables() -> None:
    known = {f"{PREFIX}{name}".upper() for name in Settings.model_fields} | {FILE_VARIABLE}
    for variable in os.environ:
        if variable.startswith(PREFIX) and variable.split("__")[0] not in known:
            names = ", ".join(sorted(known))
            raise SettingsError(f"environment variable {variable} is no setting: known ones are {names}")
