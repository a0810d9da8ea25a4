"""What a plain sentence may say otherwise than its provision: `corpus/lexique/substitutions.toml`, as types.

The failure this prevents: exceptions to a check hidden in its code, where no juriste can judge them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.answering.proof.equivalents import Equivalents, equivalents, load_equivalents
from assistant.data_files import read_toml
from assistant.law.folding import fold
from assistant.resources import corpus_folder


class _Phrases(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    fr: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class _StandsFor(_Phrases):
    said: str


class _Accepted(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    ref: str
    lang: str
    says: str
    reason: str


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    same: tuple[_Phrases, ...] = ()
    aside: tuple[_Phrases, ...] = ()
    stands_for: tuple[_StandsFor, ...] = ()
    accepted: tuple[_Accepted, ...] = ()


@dataclass(frozen=True, slots=True)
class Substitutions:
    """Phrases held equal; our own remarks; by word of force and language what else may stand for it; accepted gaps."""

    equivalents: Equivalents
    asides: Mapping[str, re.Pattern[str]]
    stands_for: Mapping[tuple[str, str], re.Pattern[str]]
    accepted: Mapping[tuple[str, str], frozenset[str]]

    def compared(self, sentence: str, lang: str) -> str:
        """A plain sentence without the clauses that only say how far the text concerns a city."""
        clauses = re.split(r"(?<=[;.:,]) ", sentence)
        return " ".join(clause for clause in clauses if not self.asides[lang].search(fold(clause)))


@lru_cache(maxsize=2)
def load_substitutions(path: Path | None = None) -> Substitutions:
    """Read the file; `ManifestError` names the wrong field."""
    path = path or corpus_folder() / "lexique" / "substitutions.toml"
    file = read_toml(path, _File)
    return _substitutions(file)


def _substitutions(file: _File) -> Substitutions:
    accepted: dict[tuple[str, str], set[str]] = {}
    for row in file.accepted:
        accepted.setdefault((row.ref, row.lang), set()).add(row.says)
    groups = load_equivalents().groups
    return Substitutions(
        equivalents=equivalents(
            {
                "fr": groups["fr"] + tuple(group.fr for group in file.same if group.fr),
                "en": groups["en"] + tuple(group.en for group in file.same if group.en),
            }
        ),
        asides={
            "fr": _any([phrase for group in file.aside for phrase in group.fr]),
            "en": _any([phrase for group in file.aside for phrase in group.en]),
        },
        stands_for={
            (row.said, lang): _any(list(phrases))
            for row in file.stands_for
            for lang, phrases in (("fr", row.fr), ("en", row.en))
        },
        accepted={place: frozenset(says) for place, says in accepted.items()},
    )


def _any(phrases: list[str]) -> re.Pattern[str]:
    """Any of the phrases as whole words in a folded text; none where there are no phrases."""
    choices = "|".join(re.escape(fold(phrase)) for phrase in phrases) or r"(?!)"
    return re.compile(rf"(?<![a-z0-9])(?:{choices})(?![a-z0-9])")
