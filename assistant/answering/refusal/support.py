"""Whether the passages found can answer a question: which of its words they hold, how rare the missing ones are.

The failure this prevents: an answer put together from the nearest passages to a question that no
text here answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.reading.understand import Request
from assistant.answering.refusal.clues import stems
from assistant.answering.refusal.scope import Scope
from assistant.answering.retrieval.retrieve import Evidence
from assistant.law.folding import fold
from assistant.law.passage import Passage

NEAREST = 6
"""Passages that are looked at."""

FEATURES = ("covered by one", "covered by all", "missing", "rarest missing", "nearest line", "named place", "act named")
"""What `measure` returns, in order."""


@dataclass(frozen=True, slots=True)
class Support:
    """How far the passages found hold a question's words; shares are of its words weighed by their rarity."""

    one: float
    all: float
    missing: float
    rarest: float
    nearest: float
    named: bool
    act: bool

    def values(self) -> Mapping[str, float]:
        """By the names of `FEATURES`."""
        figures = (self.one, self.all, self.missing, self.rarest, self.nearest, float(self.named), float(self.act))
        return dict(zip(FEATURES, figures, strict=True))


def measure(request: Request, evidence: Sequence[Evidence], scope: Scope) -> Support:
    """The support of a question; words that the thesaurus explains, and names of the texts, count as held."""
    explained = _explained(request)
    said = stems(request.names.without(request.search_text))
    asked = {stem: scope.rarity(stem) for stem in said if stem not in explained}
    held = [_held(piece.passage) for piece in evidence[:NEAREST]]
    together = frozenset().union(*held)
    missing = {stem: weight for stem, weight in asked.items() if stem not in together}
    whole = sum(asked.values())
    return Support(
        one=max((_share(asked, words) for words in held), default=0.0) / whole if whole else 1.0,
        all=1.0 - sum(missing.values()) / whole if whole else 1.0,
        missing=float(len(missing)),
        rarest=max(missing.values(), default=0.0),
        nearest=_nearest(evidence),
        named=any(piece.named for piece in evidence),
        act=bool(request.acts),
    )


def _nearest(evidence: Sequence[Evidence]) -> float:
    """How near the nearest of all everyday lines is to the question, as a cosine."""
    found = next((piece.nearest for piece in evidence if piece.nearest is not None), None)
    return max(found.best, default=0.0) if found else 0.0


def _share(asked: Mapping[str, float], held: frozenset[str]) -> float:
    return sum(weight for stem, weight in asked.items() if stem in held)


def _held(passage: Passage) -> frozenset[str]:
    """The words of a passage, its title and what introduces it, and its everyday lines."""
    return frozenset(stems(f"{passage.label} {passage.title} {passage.context} {passage.text} {passage.words}"))


def _explained(request: Request) -> frozenset[str]:
    folded = fold(request.search_text)
    found = (match[0] for e in request.thesaurus.expansions for match in e.pattern.finditer(folded))
    return frozenset(stem for phrase in found for stem in stems(phrase))
