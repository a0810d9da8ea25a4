"""Phrases that say the same thing: data in `corpus/lexique/synonymes.toml`, written by us.

The failure this prevents: a right sentence withheld because it says "signaler" where the law says
"notifier"; and a list of synonyms in code, where no juriste would ever read it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from assistant.data_files import read_toml
from assistant.law.folding import fold
from assistant.resources import corpus_folder


class _Group(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    fr: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    same: tuple[_Group, ...]


@dataclass(frozen=True, slots=True)
class Equivalents:
    """Groups of phrases by language, the first of a group standing for all of it."""

    groups: Mapping[str, tuple[tuple[str, ...], ...]]
    _patterns: Mapping[str, tuple[re.Pattern[str], Mapping[str, str]]] = field(repr=False)

    def apply(self, folded: str, lang: str) -> str:
        """A folded text with each phrase replaced by the first of its group."""
        pattern, first = self._patterns[lang]
        return pattern.sub(lambda match: first[match[0]], folded) if first else folded


def equivalents(groups: Mapping[str, tuple[tuple[str, ...], ...]]) -> Equivalents:
    """Compile groups; phrases are compared without case and accents, the longest first."""
    return Equivalents(groups, {lang: _compile(groups.get(lang, ())) for lang in ("fr", "en")})


def _compile(groups: tuple[tuple[str, ...], ...]) -> tuple[re.Pattern[str], Mapping[str, str]]:
    first = {fold(phrase): fold(group[0]) for group in groups for phrase in group}
    choices = "|".join(re.escape(phrase) for phrase in sorted(first, key=len, reverse=True))
    return re.compile(rf"(?<![a-z0-9])(?:{choices})(?![a-z0-9])"), first


@lru_cache(maxsize=8)
def load_equivalents(*names: str) -> Equivalents:
    """The groups of the named files of `corpus/lexique/`; `ManifestError` names the file and the wrong field."""
    found: dict[str, list[tuple[str, ...]]] = {"fr": [], "en": []}
    for name in names or ("synonymes",):
        path = corpus_folder() / "lexique" / f"{name}.toml"
        for group in read_toml(path, _File).same:
            found["fr"] += [group.fr] if group.fr else []
            found["en"] += [group.en] if group.en else []
    return equivalents({lang: tuple(groups) for lang, groups in found.items()})
