"""The words by which names of persons are told from other words, read from the files of `words/`.

`prenoms.txt` holds first names, `everyday.txt` ordinary words (those of the lower-case everyday lines of
`corpus/lexique`), `names.toml` what is explained in it. All without accents and in lower case.
The failure this prevents: a rule about names that hides in a regular expression, where nobody mends it.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TOKEN = re.compile(r"[NDOM]['’](?=[A-ZÀ-Ý])[^\W\d_]+(?:-[^\W\d_]+)*|[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Token:
    """A word and its place."""

    text: str
    start: int
    end: int

    @property
    def folded(self) -> str:
        """Without accents, in lower case."""
        return fold(self.text)

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()

    @property
    def shouted(self) -> bool:
        """Whether it is written in capitals, two letters or more."""
        return len(self.text) > 1 and self.text.isupper()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Sets of folded words; see `words/names.toml`."""

    first_names: frozenset[str]
    everyday: frozenset[str]
    ambiguous: frozenset[str]
    functions: frozenset[str]
    stop: frozenset[str]
    particles: frozenset[str]
    surnames: frozenset[str]
    not_surname: frozenset[str]
    places: frozenset[str]
    introductions: frozenset[str]
    labels: frozenset[str]
    public_figures: frozenset[str]

    def first_name(self, token: Token) -> bool:
        """Whether it is a first name, simple or compound, of which an ambiguous one counts with a capital only."""
        folded = token.folded
        if folded in self.ambiguous and not token.capital:
            return False
        return all(part in self.first_names for part in folded.split("-"))

    def ordinary(self, token: Token) -> bool:
        """Whether it is a word that can hardly be a family name."""
        folded = token.folded
        if folded in self.surnames:
            return False
        return folded in self.stop or folded in self.functions or folded in self.everyday


def fold(text: str) -> str:
    """Without accents, in lower case, ligatures written out."""
    letters = unicodedata.normalize("NFD", text.lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def tokens(text: str) -> list[Token]:
    """The words of a text; `l'` and the like stand alone, "N'Diaye" does not come apart."""
    return [Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]


@cache
def vocabulary() -> Vocabulary:
    """The words, read once."""
    folder = Path(__file__).with_name("words")
    told = tomllib.loads((folder / "names.toml").read_text(encoding="utf-8"))
    figures = frozenset(told.pop("public_figures"))
    return Vocabulary(
        first_names=_words((folder / "prenoms.txt").read_text(encoding="utf-8")),
        everyday=_words((folder / "everyday.txt").read_text(encoding="utf-8")),
        public_figures=figures,
        **{name: _words(text) for name, text in told.items()},
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())
