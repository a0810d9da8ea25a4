"""axe-core, fetched once from the npm registry by its ordinary client, checked against its hash, kept in a cache.

The failure this prevents: an accessibility check that silently runs another version, or none.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

VERSION = "4.14.1"
INTEGRITY = "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
"""As the registry gives it for this version (Subresource Integrity)."""
CACHE = Path(__file__).resolve().parents[2] / ".cache" / "axe"

_RUN = """
async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
    .filter((rule) => ["serious", "critical"].includes(rule.impact))
    .map((rule) => `${rule.id} (${rule.impact}): ${rule.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`)
"""


class AxeMissing(Exception):
    """axe-core cannot be had; the message says what to do."""


def script() -> str:
    """The source of axe-core; `AxeMissing` when it is neither in the cache nor to be fetched."""
    archive = CACHE / f"axe-core-{VERSION}.tgz"
    if not archive.is_file():
        _fetch(archive)
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != INTEGRITY:
        archive.unlink()
        raise AxeMissing(f"axe-core {VERSION} has another hash than the one pinned in {Path(__file__).name}")
    with tarfile.open(archive) as package:
        member = package.extractfile("package/axe.min.js")
        assert member is not None
        return member.read().decode()


def _fetch(archive: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise AxeMissing("npm is not installed, so axe-core cannot be fetched: run `apt-get install npm`")
    archive.parent.mkdir(parents=True, exist_ok=True)
    command = [npm, "pack", "--silent", f"axe-core@{VERSION}"]
    done = subprocess.run(command, cwd=archive.parent, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode or not archive.is_file():
        raise AxeMissing(f"`npm pack axe-core@{VERSION}` failed: {done.stderr.strip()[:500]}")


def findings(page: Page, source: str) -> list[Any]:
    """Serious and critical findings on the page as it stands."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(source)
    found = page.evaluate(_RUN)
    assert isinstance(found, list)
    return found
