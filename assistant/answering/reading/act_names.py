"""Names of the acts in a text: found in one pass, longer names first, and taken out where only the act is searched.

The failure this prevents: "protection des données" of a law's name that makes another law's
articles look like the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.law.folding import fold

OTHERS = (
    "charte des droits fondamentaux",
    "charter of fundamental rights",
    "charte de la laicite",
    "charte de l'environnement",
)
"""Names of texts that are none of the acts, though a part of them names one."""

_LEFT_OUT = re.compile(
    r"(?:(?<!n'est-ce )\bpas|\bhors|\bsauf|\bexcepte|\ben dehors|\bautres? que|\bnot|\bexcept|\bother than|\boutside)"
    r" (?:(?:le|la|les|du|de la|des|de|the|of the|under the|under) |l'|de l')?$"
)
_NEARBY = re.compile(
    r"\b(?:pres|proche|autour|alentours|a cote|voisin\w*|banlieue|environs|near|nearby|outside|around|close to|next to"
    r"|suburbs? of)(?: (?:de|d'|du|of|to|from))? ?$"
)
"""Before the name of a city: a place near it, whose rules are not asked about."""

_BEFORE = 40
"""What stands before a text that the question does not ask about: "pas le RGPD", "other than the GDPR"."""


@dataclass(frozen=True, slots=True)
class ActNames:
    """What people call each act, compiled.

    `codes`: act by folded name, empty for a text that is none of them; `cities`: names that are a place as well.
    """

    codes: Mapping[str, str]
    pattern: re.Pattern[str]
    cities: frozenset[str] = frozenset()

    @classmethod
    def of(cls, names: Mapping[str, Sequence[str]], cities: Iterable[str] = ()) -> ActNames:
        """From names by act code; where two acts share a name, the first has it. `cities`: names of places too."""
        codes = dict.fromkeys(OTHERS, "")
        for act, spellings in names.items():
            for spelling in spellings:
                codes.setdefault(fold(spelling), act)
        longest_first = sorted(codes, key=lambda name: (-len(name), name))
        choices = "|".join(re.escape(name) for name in longest_first) or r"(?!)"
        return cls(
            codes,
            re.compile(rf"(?<![a-z0-9])(?:{choices})(?![a-z0-9]|\.(?:eu|fr|com|org|net)\b)"),
            frozenset(map(fold, cities)),
        )

    def found(self, text: str) -> list[tuple[int, str]]:
        """Position (in the folded text) and code of every act that a text asks about, in order."""
        return [(start, act) for start, _, act in self.spans(text)]

    def spans(self, text: str) -> list[tuple[int, int, str]]:
        """The same with where each name ends."""
        return [(*match.span(), act) for match, act, left_out in self._all(text) if not left_out]

    def left_out(self, text: str) -> frozenset[str]:
        """Codes of the acts that a text sets aside: "pas le RGPD", "other than the GDPR"."""
        return frozenset(act for _, act, left_out in self._all(text) if left_out)

    def _all(self, text: str) -> Iterator[tuple[re.Match[str], str, bool]]:
        plain = fold(text)
        for match in self.pattern.finditer(plain):
            if act := self.codes[match[0]]:
                window = max(0, match.start() - _BEFORE)
                if match[0] in self.cities and _NEARBY.search(plain, window, match.start()):
                    continue
                yield match, act, _LEFT_OUT.search(plain, window, match.start()) is not None

    def acts(self, text: str) -> tuple[str, ...]:
        """Codes of the acts that a text names, each once, in order."""
        return tuple(dict.fromkeys(act for _, act in self.found(text)))

    def without(self, text: str) -> str:
        """The folded text with the names taken out."""
        return " ".join(self.pattern.sub(" ", fold(text)).split())
