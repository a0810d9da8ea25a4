"""What kind of question it is: one for these texts, one they cannot answer, another subject, an attack, a case.

A linear model over readable clues (`clues.py`) and the letters of words, trained by
`python -m benchmarks.train_scope` on examples that we wrote (`corpus/portee/exemples/`) and on the
everyday lines. The failure this prevents: a language model that is asked to refuse, and does not.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.answering.refusal.clues import Clues, features, load_clues, stems
from assistant.errors import ManifestError
from assistant.resources import corpus_folder

ANSWERABLE = "repondable"
"""The label of questions for these texts; the other labels are types of refusal."""

SCALE: Mapping[str, float] = {"=": 2.0, "&": 1.0, "?": 2.0, "1": 1.0, "w": 0.5, "b": 0.5, "c": 0.2}
"""Value of a feature by its kind: a clue says more than a word, a word more than its letters."""

UNKNOWN_STEPS = (0.0, 0.2, 0.34, 0.5, 0.67)
"""Shares of words that no everyday line holds, above which a feature is set."""

HUNDREDTHS = 100
"""Weights are stored as whole hundredths."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The trained model: a bias and a weight a feature for each label, and the words of the everyday lines."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[int, ...]]
    known: Mapping[str, int]
    lines: int
    clues: Clues

    def probabilities(self, text: str) -> dict[str, float]:
        """How likely each label is; they add up to one."""
        values = {f: v for f, v in valued(text, self.clues, self.known) if f in self.weights}
        shrink = math.sqrt(norm(values))
        totals = list(self.bias)
        for feature, value in values.items():
            for place, weight in enumerate(self.weights[feature]):
                totals[place] += value / shrink * weight / HUNDREDTHS
        highest = max(totals)
        powers = [math.exp(total - highest) for total in totals]
        return {label: power / sum(powers) for label, power in zip(self.labels, powers, strict=True)}

    def rarity(self, stem: str) -> float:
        """How rare a stem is among the everyday lines, 0 to 1; 1 for one that they do not hold."""
        return math.log((self.lines + 1) / (self.known.get(stem, 0) + 1)) / math.log(self.lines + 1)


def norm(values: Mapping[str, float]) -> float:
    """Euclidean length of a question's features, 1 where there is none."""
    return math.sqrt(sum(value * value for value in values.values())) or 1.0


def valued(text: str, clues: Clues, known: Mapping[str, int], own: int = 0) -> Iterator[tuple[str, float]]:
    """Features and their values. `own`: how often the text itself was counted in `known`."""
    seen = dict.fromkeys(features(text, clues))
    yield from ((feature, SCALE[feature[0]]) for feature in seen)
    meant = set(stems(text))
    unknown = sum(known.get(stem, 0) - own <= 1 for stem in meant) / len(meant) if meant else 0.0
    yield from ((f"? {step}", SCALE["?"]) for step in UNKNOWN_STEPS if unknown > step)


@lru_cache(maxsize=2)
def load_scope(path: Path | None = None) -> Scope:
    """Read the trained weights; `ManifestError` when the file is missing or something else."""
    path = path or corpus_folder() / "portee" / "poids.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Scope(
            labels=tuple(data["labels"]),
            bias=tuple(data["bias"]),
            weights={feature: tuple(row) for feature, row in data["weights"].items()},
            known=data["known"],
            lines=data["lines"],
            clues=load_clues(),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ManifestError(f"{path.name} cannot be read ({error}): run `python -m benchmarks.train_scope`") from error
