"""Prompts are files: one per prompt and language, `system` and `user` parted by a line of dashes.

The failure this prevents: a variable misspelt in a prompt that reaches the model as `{pasages}`.
"""

from __future__ import annotations

import string
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import SettingsError

_PARTING = "\n---\n"


@dataclass(frozen=True, slots=True)
class Template:
    """A prompt's two messages, with `{variables}`."""

    system: str
    user: str

    def fill(self, **values: str) -> tuple[str, str]:
        """Both messages with their variables replaced."""
        return self.system.format(**values), self.user.format(**values)


def load_template(folder: Path, name: str, lang: str, variables: frozenset[str]) -> Template:
    """Read `name.lang.md`; its variables must be exactly `variables`, else `SettingsError`."""
    path = folder / f"{name}.{lang}.md"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"the prompt {path.name} cannot be read: install the program again") from error
    system, parting, user = text.partition(_PARTING)
    if not parting:
        raise SettingsError(f"the prompt {path.name} has no line of dashes between system and user: add one")
    found = {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}
    if found != variables:
        wrong = ", ".join(sorted(found ^ variables))
        raise SettingsError(f"the prompt {path.name} misses or misspells these variables: {wrong}")
    return Template(system.strip(), user.strip())
