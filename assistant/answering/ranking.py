"""From the store's candidates to a ranked list: scores of all retrievers, acts named, whose rules apply.

Each retriever's scores are divided by its best one and added with weights (the sweep that chose
them: `make eval-search`). The failure this prevents: a list ruled by whichever retriever happens
to use the largest numbers, or filled with another city's rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answering.understand import Request
from assistant.law.identifiers import Reference
from assistant.law.passage import Passage
from assistant.ports import Hit

WEIGHTS: Mapping[str, float] = {"words": 1.0, "dense": 0.8, "bm25": 0.5}
"""Weight of each retriever's scores, its best one being 1."""

NAMED_ACT = 1.5
"""Factor on passages of an act that the question names."""

NAMED_CITY = 2.5
"""The same for a collectivité's own text: who names Lyon asks for Lyon's."""

OWN_CITY = 1.5
"""Factor on the own city's text where the question asks whether a tool may be used."""

CHARTER = 0.7
"""Factor on the model charter where it is not named: law and deliberation stand over it."""

REMOTE = 0.8
"""Factor on articles about the institutions' own procedures, which concern a city from afar only."""

CHARTER_ROWS = 2
"""Articles of the charter that a list begins with at most, where the charter is not named."""


@dataclass(frozen=True, slots=True)
class Priors:
    """What is known beforehand: whose a text is (`owners`: collectivité by act), and which articles are remote."""

    owners: Mapping[str, str]
    remote: frozenset[Reference]


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate, its score, and what made it: retriever ranks, and boosts by name."""

    passage: Passage
    score: float
    found_by: tuple[tuple[str, int], ...]
    boosts: tuple[tuple[str, float], ...] = ()


def rank(hits: Sequence[Hit], request: Request, priors: Priors) -> list[Scored]:
    """Candidates, best first."""
    best = {name: max((dict(hit.scores).get(name, 0.0) for hit in hits), default=0.0) for name in WEIGHTS}
    scored = [_score(hit, best, request, priors) for hit in hits]
    return in_order(s for s in scored if s.score > 0)


def _score(hit: Hit, best: Mapping[str, float], request: Request, priors: Priors) -> Scored:
    scores = dict(hit.scores)
    total = sum(
        weight * max(scores.get(name, 0.0), 0.0) / best[name] for name, weight in WEIGHTS.items() if best[name] > 0
    )
    boosts = tuple(_boosts(hit.passage, request, priors))
    for _, factor in boosts:
        total *= factor
    return Scored(hit.passage, total, hit.ranks, boosts)


def _boosts(passage: Passage, request: Request, priors: Priors) -> Iterable[tuple[str, float]]:
    act = passage.reference.act
    owner = priors.owners.get(act, "")
    if owner and owner != request.collectivite and act not in request.acts:
        yield "another collectivité", 0.0
    elif owner and act in request.acts:
        yield "collectivité named", NAMED_CITY
    elif act in request.acts or (owner and "charte" in request.acts):
        yield "act named", NAMED_ACT
    elif owner and request.usage:
        yield "own city's rules", OWN_CITY
    elif act == "charte":
        yield "model charter", CHARTER
    if passage.reference.top in priors.remote:
        yield "remote", REMOTE


def in_order(scored: Iterable[Scored]) -> list[Scored]:
    """By decreasing score; equal ones by the passage's id."""
    return sorted(scored, key=lambda s: (-s.score, s.passage.id))


def add(lists: Sequence[tuple[float, Sequence[Scored]]]) -> list[Scored]:
    """Weighted sum of several rankings, each divided by its best score; a passage keeps what first found it."""
    total: dict[str, Scored] = {}
    for weight, ranked in lists:
        top = ranked[0].score if ranked else 1.0
        for scored in ranked:
            share = weight * scored.score / top
            known = total.get(scored.passage.id)
            total[scored.passage.id] = replace(known or scored, score=(known.score if known else 0.0) + share)
    return in_order(total.values())


def interleave(queues: Sequence[Sequence[Scored]], rest: Sequence[Scored]) -> list[Scored]:
    """The best provision of each queue in turn, then the next of each, then `rest`; scores fall in that order."""
    firsts = [one_per_provision(queue) for queue in queues]
    longest = max((len(queue) for queue in firsts), default=0)
    mixed = [queue[n] for n in range(longest) for queue in firsts if n < len(queue)]
    return _falling([*mixed, *rest])


def one_per_provision(ranked: Sequence[Scored]) -> list[Scored]:
    """The best passage of each article, recital, annex or section."""
    seen: set[Reference] = set()
    kept = []
    for scored in ranked:
        if scored.passage.reference.top not in seen:
            seen.add(scored.passage.reference.top)
            kept.append(scored)
    return kept


def without_flood(ranked: Sequence[Scored], act: str, rows: int) -> list[Scored]:
    """The same list with passages of `act` beyond the first `rows` articles put after the first ten others."""
    early: list[Scored] = []
    late: list[Scored] = []
    tops: set[Reference] = set()
    for scored in ranked:
        top = scored.passage.reference.top
        if top.act == act and top not in tops and len(tops) >= rows:
            late.append(scored)
            continue
        if top.act == act:
            tops.add(top)
        early.append(scored)
    return _falling([*early[:_BEFORE_LATE], *late, *early[_BEFORE_LATE:]])


_BEFORE_LATE = 20


def _falling(ordered: Sequence[Scored]) -> list[Scored]:
    """Scores made to fall, so that their order is that of the list."""
    ceiling = float("inf")
    falling = []
    for scored in ordered:
        ceiling = min(ceiling, scored.score)
        falling.append(replace(scored, score=ceiling))
    return falling
