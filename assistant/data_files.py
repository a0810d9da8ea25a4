"""The program's own data files: TOML read into a model, with one way to say what is wrong.

The failure this prevents: nine readers of nine files, each with its own words for the same fault.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from assistant.errors import AssistantError, ManifestError

_Model = TypeVar("_Model", bound=BaseModel)


def read_toml(path: Path, model: type[_Model], fault: type[AssistantError] = ManifestError) -> _Model:
    """The file as `model`; `fault` is raised with the file, the wrong field and what is wrong with it."""
    try:
        return model.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise fault(f"{path} does not exist: install the program again") from error
    except OSError as error:
        raise fault(f"{path} cannot be read: install the program again") from error
    except tomllib.TOMLDecodeError as error:
        raise fault(f"{path.name} is not valid TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise fault(f"{path.name}: {'.'.join(map(str, first['loc']))}: {first['msg'].lower()}") from error
