"""Clues of a question's kind: phrases in named groups, and the features that the scope model weighs.

Data in `corpus/portee/indices.toml`, written by us. The failure this prevents: a classifier that
knows only the exact wordings it was trained on, and of which nobody can say why it decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.answering.text import content_words, words
from assistant.data_files import read_toml
from assistant.law.folding import fold
from assistant.resources import corpus_folder

GAP = 4
"""Words that ` .. ` in a phrase may stand for, at most."""

OTHER_LAW = "autre loi"
"""The group of laws and standards that are not held here."""

BEGIN = 2
"""First letters by which cut words are kept; shorter ones cannot be cut."""

STEM = 6
"""Letters of a word that are compared."""

_PERSON = re.compile(
    r"\b(?:m|mme|mlle|mr|mrs|ms|monsieur|madame|mademoiselle)\b\.?\s+"
    r"(?!le\b|la\b|l'|les\b|et\b|ou\b|the\b)[a-z]"
)
_ROLES = (
    r"(?:inst|sys|system|systeme|user|assistant|admin|instructions?|prompt|consignes?|regles|rules|im_start|im_end)"
)
_MARKUP = re.compile(rf"[<\[|]/?\s*{_ROLES}\s*[>\]|]|^\s*#{{2,}}\s*{_ROLES}\b|^\s*{_ROLES}\s*:", re.MULTILINE)
_CODED = re.compile(r"\b(?=[A-Za-z+/]*\d)(?=[a-z+/\d]*[A-Z])[A-Za-z0-9+/]{16,}={0,2}|(?:\b\w-){4,}\w\b")
_PLACE = re.compile(r"\b(?:art(?:icle)?s?|considerants?|recitals?|annexe?s?|engagement)\b\.?\s*[0-9ivx]+")


class _Clue(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    phrases: tuple[str, ...]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    clue: tuple[_Clue, ...]


@dataclass(frozen=True, slots=True)
class Clues:
    """Phrases by their first word: `exact` ones, and by its first letters where it is cut (`begun`)."""

    exact: dict[str, list[tuple[str, tuple[str, ...]]]]
    begun: dict[str, list[tuple[str, str, tuple[str, ...]]]]

    def found(self, text: str) -> tuple[str, ...]:
        """Names of the groups of which a text holds a phrase, in the order of their names."""
        tokens = words(text)
        names = set(_signs(text))
        for position, token in enumerate(tokens):
            shape = _shape(token)
            candidates = [*self.exact.get(token, ()), *(self.exact.get(shape, ()) if shape != token else ())]
            if position == 0:
                candidates += self.exact.get(f"^{token}", ())
            for start, name, rest in (*self.begun.get(token[:BEGIN], ()), *self._begun_numbers(token, shape)):
                if token.startswith(start) or shape.startswith(start):
                    candidates.append((name, rest))
            names |= {name for name, rest in candidates if name not in names and _follows(tokens, position + 1, rest)}
        return tuple(sorted(names))

    def _begun_numbers(self, token: str, shape: str) -> Sequence[tuple[str, str, tuple[str, ...]]]:
        return self.begun.get(shape[:BEGIN], ()) if shape[:BEGIN] != token[:BEGIN] else ()


@lru_cache(maxsize=2)
def load_clues(path: Path | None = None) -> Clues:
    """Read the groups of phrases; `ManifestError` names the wrong field."""
    path = path or corpus_folder() / "portee" / "indices.toml"
    file = read_toml(path, _File)
    clues = Clues({}, {})
    for clue in file.clue:
        for phrase in clue.phrases:
            first, *rest = _pieces(phrase)
            if first.endswith("*") and not first.startswith("^"):
                clues.begun.setdefault(first[:BEGIN], []).append((first[:-1], clue.name, tuple(rest)))
            else:
                clues.exact.setdefault(first, []).append((clue.name, tuple(rest)))
    return clues


def features(text: str, clues: Clues) -> Iterator[str]:
    """What the model weighs: clues (`=`), pairs of them (`&`), words (`w`), pairs of words (`b`), letters (`c`)."""
    names = clues.found(text)
    yield from (f"= {name}" for name in names)
    yield from (f"& {one} + {other}" for one, other in combinations(names, 2))
    tokens = [_shape(token) for token in words(text)]
    yield from (f"w {token}" for token in tokens)
    yield from (f"b {one} {other}" for one, other in pairwise(tokens))
    if tokens:
        yield f"1 {tokens[0]}"
    for token in tokens:
        whole = f"_{token}_"
        yield from (f"c {whole[n : n + size]}" for size in (3, 4, 5) for n in range(len(whole) - size + 1))


def stems(text: str) -> list[str]:
    """The words of a text that carry meaning, numbers left out, cut to their first letters."""
    return [word[:STEM] for word in content_words(text) if not word[0].isdigit()]


def _signs(text: str) -> Iterator[str]:
    """Groups that are no phrases: a person's title and name, markup of prompts, a coded text, a place of an act."""
    folded = fold(text)
    if _PERSON.search(folded):
        yield "personne nommée"
    if _MARKUP.search(folded):
        yield "balise"
    if _CODED.search(text):
        yield "texte codé"
    if _PLACE.search(folded):
        yield "place d'un texte"


def _pieces(phrase: str) -> list[str]:
    return [piece for piece in re.findall(r"\.\.|\^?[a-z0-9]+\*?|\*", fold(phrase)) if piece]


def _shape(token: str) -> str:
    """Every number as 0: `l311` and `l300` have one shape."""
    return re.sub(r"\d+", "0", token)


def _fits(token: str, piece: str) -> bool:
    if piece == "*":
        return True
    if piece.endswith("*"):
        return token.startswith(piece[:-1]) or _shape(token).startswith(piece[:-1])
    return piece in {token, _shape(token)}


def _follows(tokens: Sequence[str], position: int, rest: Sequence[str]) -> bool:
    """Whether the rest of a phrase stands at `position`."""
    for number, piece in enumerate(rest):
        if piece == "..":
            last = min(position + GAP, len(tokens))
            return any(_follows(tokens, start, rest[number + 1 :]) for start in range(position, last + 1))
        if position >= len(tokens) or not _fits(tokens[position], piece):
            return False
        position += 1
    return True
