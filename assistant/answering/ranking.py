"""From the store's candidates to a ranked list: scores of all retrievers, acts named, whose rules apply.

Each retriever's scores are divided by its best one and added with weights (the sweep that chose
them: `make eval-search`). The failure this prevents: a list ruled by whichever retriever happens
to use the largest numbers, or filled with another city's rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answering.understand import Request
from assistant.law.passage import Passage
from assistant.ports import Hit

WEIGHTS: Mapping[str, float] = {"words": 1.0, "dense": 0.8, "bm25": 0.3}
"""Weight of each retriever's scores, its best one being 1."""

NAMED_ACT = 1.5
"""Factor on passages of an act that the question names."""

CHARTER = 0.75
"""Factor on the model charter where the question does not name it: law and deliberation stand over it."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate, its score, and what made it: retriever ranks, and boosts by name."""

    passage: Passage
    score: float
    found_by: tuple[tuple[str, int], ...]
    boosts: tuple[tuple[str, float], ...]


def rank(hits: Sequence[Hit], request: Request, owners: Mapping[str, str]) -> list[Scored]:
    """Candidates, best first. `owners` says which collectivité a local text belongs to."""
    best = {name: max((dict(hit.scores).get(name, 0.0) for hit in hits), default=0.0) for name in WEIGHTS}
    scored = [_score(hit, best, request, owners) for hit in hits]
    return sorted((s for s in scored if s.score > 0), key=lambda s: (-s.score, s.passage.id))


def _score(hit: Hit, best: Mapping[str, float], request: Request, owners: Mapping[str, str]) -> Scored:
    scores = dict(hit.scores)
    total = sum(
        weight * max(scores.get(name, 0.0), 0.0) / best[name] for name, weight in WEIGHTS.items() if best[name] > 0
    )
    boosts = tuple(_boosts(hit.passage, request, owners))
    for _, factor in boosts:
        total *= factor
    return Scored(hit.passage, total, hit.ranks, boosts)


def _boosts(passage: Passage, request: Request, owners: Mapping[str, str]) -> list[tuple[str, float]]:
    act = passage.reference.act
    owner = owners.get(act, "")
    if act in request.acts:
        return [("act named", NAMED_ACT)]
    if owner and owner != request.collectivite:
        return [("another collectivité", 0.0)]
    if act == "charte":
        return [("model charter", CHARTER)]
    return []


def interleave(ranked: Sequence[Scored], acts: Sequence[str]) -> list[Scored]:
    """Where several acts are named, their best candidates in turn, then the rest in order."""
    queues = [[s for s in ranked if s.passage.reference.act == act] for act in acts]
    rest = [s for s in ranked if s.passage.reference.act not in acts]
    mixed = [s for row in _rows(queues) for s in row]
    return sorted_after(mixed, rest)


def _rows(queues: Sequence[Sequence[Scored]]) -> list[list[Scored]]:
    longest = max((len(queue) for queue in queues), default=0)
    return [[queue[n] for queue in queues if n < len(queue)] for n in range(longest)]


def sorted_after(first: Sequence[Scored], rest: Sequence[Scored]) -> list[Scored]:
    """`first` then `rest`, their scores made to fall so that the order is also that of the scores."""
    ordered = [*first, *rest]
    ceiling = float("inf")
    falling = []
    for scored in ordered:
        ceiling = min(ceiling, scored.score)
        falling.append(replace(scored, score=ceiling))
    return falling
