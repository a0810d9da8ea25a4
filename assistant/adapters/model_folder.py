"""What embedders and rerankers share: a model's folder, identified by its bytes and read without any network.

The failure this prevents: vectors of two different models in one index because both bear the same
name, and a program that asks a hub for files when it should use those it has.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import ModelBroken

_READ = {".safetensors", ".bin", ".json", ".txt", ".model"}
_NOT_THE_MODEL = {"pulled.json"}


def revision(folder: Path, *more: str) -> str:
    """Twelve hexadecimal digits over the weights, the configuration and the vocabulary, and over `more`."""
    digest = hashlib.sha256("\0".join(more).encode())
    for file in sorted(folder.rglob("*")):
        relative = file.relative_to(folder)
        if file.suffix in _READ and file.name not in _NOT_THE_MODEL and not _hidden(relative) and file.is_file():
            with file.open("rb") as data:
                digest.update(str(relative).encode() + hashlib.file_digest(data, "sha256").digest())
    return digest.hexdigest()[:12]


@contextmanager
def loading(folder: Path, needed: str) -> Iterator[None]:
    """Load a model from `folder`, which must hold the file `needed`, with the hub's client switched off.

    Whatever the libraries raise over a damaged folder becomes `ModelBroken`.
    """
    from huggingface_hub import constants
    from safetensors import SafetensorError
    from transformers.utils import logging

    cure = f"{folder} holds no usable model ({{}}): run `assistant models check`, then pull the model again"
    if not (folder / needed).is_file():
        raise ModelBroken(cure.format(f"no {needed}"))
    before = constants.HF_HUB_OFFLINE
    constants.HF_HUB_OFFLINE = True
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers leaves it untyped
    try:
        yield
    except (
        OSError,
        ValueError,
        RuntimeError,
        LookupError,
        TypeError,
        AttributeError,
        ImportError,
        SafetensorError,
    ) as e:
        reason = next(iter(str(e).strip().splitlines()), type(e).__name__)
        raise ModelBroken(cure.format(reason)) from e
    finally:
        constants.HF_HUB_OFFLINE = before


def _hidden(relative: Path) -> bool:
    return any(part.startswith(".") for part in relative.parts)
