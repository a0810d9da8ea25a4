"""The folder that Chainlit runs from, written anew at each start: settings, wording, style, script.

The failure this prevents: a setting of an earlier version, or of another port, that stays in a
forgotten file and makes messages vanish (Chainlit says nothing when an origin is not in its list).
"""

from __future__ import annotations

import json
import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from string import Template
from typing import Any

from assistant.chat.security import Site
from assistant.chat.texts import ASSETS, NAME, Texts, texts
from assistant.errors import ServeError
from assistant.manifest import Lang

_PUBLIC = (
    "chat.css",
    "answer.css",
    "chat.js",
    "panel.js",
    "guard.js",
    "actions.js",
    "composer.js",
    "theme.json",
    "favicon.svg",
    "logo_light.svg",
    "logo_dark.svg",
)
_LANGUAGES: tuple[Lang, ...] = ("fr", "en")


def write(root: Path, site: Site) -> None:
    """Write the folder; `ServeError` when it cannot be written."""
    try:
        _write_settings(root / ".chainlit" / "config.toml", site)
        for lang in _LANGUAGES:
            spoken = texts(lang)
            _write_wording(root / ".chainlit" / "translations" / f"{spoken.locale}.json", spoken)
            (root / f"chainlit_{spoken.locale}.md").write_text("", encoding="utf-8")
        public = root / "public"
        public.mkdir(exist_ok=True)
        for name in _PUBLIC:
            shutil.copyfile(ASSETS / name, public / name)
    except OSError as error:
        raise ServeError(f"{error.filename}: {error.strerror}: free space or change the setting 'data'") from error


def _write_settings(path: Path, site: Site) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    template = Template((ASSETS / "config.toml").read_text(encoding="utf-8"))
    filled = template.substitute(
        origins=json.dumps(site.every_origin),
        name=json.dumps(NAME, ensure_ascii=False),
        description=json.dumps(texts("fr").notice.summary, ensure_ascii=False),
        chainlit=json.dumps(version("chainlit")),
    )
    path.write_text(filled, encoding="utf-8")


def _write_wording(path: Path, spoken: Texts) -> None:
    """Chainlit's own translation with our changes; a key that Chainlit does not have is refused."""
    path.parent.mkdir(parents=True, exist_ok=True)
    wording: dict[str, Any] = json.loads((_chainlit() / "translations" / path.name).read_text(encoding="utf-8"))
    for key, text in spoken.chainlit.items():
        *branches, leaf = key.split(".")
        place = wording
        for branch in branches:
            place = place.get(branch, {})
        if not isinstance(place.get(leaf), str):
            raise ServeError(f"{spoken.lang}.toml: Chainlit {version('chainlit')} has no text called '{key}'")
        place[leaf] = text
    path.write_text(json.dumps(wording, ensure_ascii=False, indent=1), encoding="utf-8")


def _chainlit() -> Path:
    """Where Chainlit is installed; found without importing it, since it reads its folder on import."""
    found = find_spec("chainlit")
    if found is None or found.origin is None:
        raise ServeError("chainlit is not installed: run `make install`")
    return Path(found.origin).parent
