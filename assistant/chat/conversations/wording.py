"""What the page about one's conversations and its files say, in French and in English.

The failure this prevents: a sentence that exists in one language only.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.manifest import Lang

_FILE = Path(__file__).with_name("wording.toml")


class Wording(BaseModel):
    """Every text of this package in one language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lang: Lang
    colon: str
    title: str
    back: str
    intro: str
    who: str
    none: str
    retention: str
    list: str
    untitled: str
    begun: str
    export: str
    export_json: str
    export_markdown: str
    export_notice: str
    erase_one: str
    erase_all: str
    erase_all_open: str
    erase_all_why: str
    erase_all_confirm: str
    erased: str
    private: str
    private_why: str
    private_not_erased: str
    opinion: str
    useful: str
    not_useful: str


@lru_cache(maxsize=2)
def wording(lang: Lang) -> Wording:
    """The texts in `lang`."""
    return Wording.model_validate(tomllib.loads(_FILE.read_text(encoding="utf-8"))[lang] | {"lang": lang})
