"""What is tuned and what is written of refusals: thresholds, weights, the rules that a refusal quotes.

The failure this prevents: a number in the code that nobody can trace to the curve it was read from.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from assistant.answering.answer import RefusalType


class Rule(BaseModel):
    """A provision that a type of refusal quotes, for one city or (empty) for all, and what the quote is about."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    refusal: RefusalType
    collectivite: str
    ref: str
    words: Mapping[str, str]


class Rules(BaseModel):
    """The file of those rules."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    rule: tuple[Rule, ...]


class Thresholds(BaseModel):
    """How sure the scope model must be of each type, and the weights and limit of the answer's support."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    injection: float
    decision_individuelle: float
    hors_sujet: float
    hors_corpus: float
    bias: float
    weights: Mapping[str, float]


class Weights(BaseModel):
    """Weights of what is measured of a question, and the probability from which it is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    limit: float
    bias: float
    weights: Mapping[str, float]

    def probability(self, values: Mapping[str, float]) -> float:
        """Logistic, 0 to 1."""
        return 1.0 / (1.0 + math.exp(-self.bias - sum(slope * values[name] for name, slope in self.weights.items())))
