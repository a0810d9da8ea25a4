"""A built wheel works outside the repository: it carries the prompts, the manifest, the charter and the embedder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_carries_its_data_and_no_official_text(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for needed in (
        "prompts/answer.fr.md",
        "corpus/manifest.toml",
        "corpus/charte/charte.md",
        "corpus/lexique/rgpd.toml",
    ):
        assert f"assistant/_data/{needed}" in names
    assert "assistant/py.typed" in names
    assert any(name.endswith("model.safetensors") for name in names)
    assert not any(name.endswith((".xhtml", ".fmx4.xml", ".gguf")) for name in names)


def test_installed_in_an_empty_environment_it_answers_a_question(wheel: Path, mirror: Path, tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", str(wheel)], check=True, cwd=tmp_path
    )
    # What the wheel needs is installed already, beside these tests: made visible rather than installed again.
    (site,) = (environment / "lib").glob("python*/site-packages")
    dependencies = Path(next(p for p in sys.path if p.endswith("site-packages")))
    (site / "dependencies.pth").write_text(f"{dependencies}\n", encoding="utf-8")
    settings = {
        "ASSISTANT_DATA": str(tmp_path / "data"),
        "ASSISTANT_MIRROR": str(mirror.resolve()),
        "ASSISTANT_OFFLINE": "true",
    }
    variables = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")} | settings
    assistant = environment / "bin" / "assistant"

    def run(*arguments: str) -> str:
        ended = subprocess.run(
            [assistant, *arguments], cwd=tmp_path, env=variables, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    assert "15 texts" in run("ingest")
    answer = json.loads(run("ask", "Que dit l'article 33 du RGPD ?", "--json"))
    assert answer["citations"][0]["ref"] == "art-33"
    where = subprocess.run(
        [python, "-c", "import assistant; print(assistant.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(environment) in where.stdout
