"""The thesaurus: abbreviations, tools and everyday words, and what to search beside them.

Data in `corpus/lexique/sigles.toml`. The failure this prevents: "AIPD", "CR" or "Copilot" that no
text holds, and a question that finds nothing for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.data_files import read_toml
from assistant.law.folding import fold
from assistant.resources import corpus_folder


class _Expansion(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    when: tuple[str, ...]
    fr: str
    en: str
    tool: bool = False


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    expansion: tuple[_Expansion, ...]


@dataclass(frozen=True, slots=True)
class Expansion:
    """Words that are added to a question which holds one of the phrases of `pattern`.

    `tool`: they name an AI tool.
    """

    phrases: tuple[str, ...]
    pattern: re.Pattern[str]
    fr: str
    en: str
    tool: bool

    def added(self, lang: str) -> str:
        """The words added in a language."""
        return self.en if lang == "en" else self.fr


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """All expansions, in the order of the file."""

    expansions: tuple[Expansion, ...]

    def expand(self, question: str, lang: str) -> str:
        """Everything to search beside a question, empty when nothing applies."""
        folded = fold(question)
        return " ".join(e.added(lang) for e in self.expansions if e.pattern.search(folded))

    def names_tool(self, question: str) -> bool:
        """Whether a question names an AI tool."""
        folded = fold(question)
        return any(e.tool and e.pattern.search(folded) for e in self.expansions)


@lru_cache(maxsize=4)
def load_thesaurus(path: Path | None = None) -> Thesaurus:
    """Read the file; `ManifestError` names the wrong field."""
    path = path or corpus_folder() / "lexique" / "sigles.toml"
    file = read_toml(path, _File)
    return Thesaurus(tuple(Expansion(row.when, _pattern(row.when), row.fr, row.en, row.tool) for row in file.expansion))


def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the phrases as whole words, a plural ending allowed."""
    choices = "|".join(re.escape(fold(phrase)) for phrase in phrases)
    return re.compile(rf"(?<![a-z0-9])(?:{choices})[sx]?(?![a-z0-9])")
