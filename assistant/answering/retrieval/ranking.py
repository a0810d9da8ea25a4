"""From the store's candidates to a ranked list: scores of all retrievers, acts named, whose rules apply.

Each retriever's scores are divided by its best one and added with weights (the sweep that chose
them: `make eval-search`). The failure this prevents: a list ruled by whichever retriever happens
to use the largest numbers, or filled with another city's rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answering.reading.asked_for import asked_for, has_amount, has_duration
from assistant.answering.reading.understand import CHARTER_ACT, Request
from assistant.everyday_lines import Nearest
from assistant.law.identifiers import Reference
from assistant.law.passage import Passage
from assistant.ports import Hit

WEIGHTS: Mapping[str, float] = {"words": 1.0, "dense": 0.8, "lines": 0.6, "bm25": 0.3}
"""Weight of each retriever's scores, its best one being 1."""

NAMED_ACT = 1.5
"""Factor on passages of an act that the question names."""

NAMED_CITY = 2.5
"""The same for a collectivité's own text: who names Lyon asks for Lyon's."""

OWN_CITY = 1.5
"""Factor on the own city's text where the question asks whether a tool may be used."""

OWN_CITY_ASKED = 2.0
"""The same where it asks what the city itself decided."""

LEFT_OUT = 0.4
"""Factor on an act that the question sets aside: "pas le RGPD"."""

CHARTER = 0.7
"""Factor on the model charter where it is not named: law and deliberation stand over it."""

REMOTE = 0.8
"""Factor on articles about the institutions' own procedures, which concern a city from afar only."""

DEFINED, HAS_DURATION, HAS_AMOUNT = 1.5, 1.3, 1.3
"""Factors on what a question asks for: a definition, a provision with a time limit, one with an amount."""

APPLICATION, NOT_APPLICATION = 1.1, 0.8
"""Factors on the articles that say from when an act applies: where a day is asked, and where none is."""

CHARTER_ROWS = 2
"""Articles of the charter that a list begins with at most: it repeats what stands over it."""


@dataclass(frozen=True, slots=True)
class Priors:
    """What is known beforehand: whose a text is (`owners`: collectivité by act), and what some articles are for.

    `remote`: they concern a city from afar only; `definitions`, `application`: they define terms, say from when an
    act applies.
    """

    owners: Mapping[str, str]
    remote: frozenset[Reference]
    definitions: frozenset[Reference] = frozenset()
    application: frozenset[Reference] = frozenset()


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate, its score, and what made it: retriever ranks, and boosts by name."""

    passage: Passage
    score: float
    found_by: tuple[tuple[str, int], ...]
    boosts: tuple[tuple[str, float], ...] = ()


def rank(
    hits: Sequence[Hit], nearest: Nearest, request: Request, priors: Priors, weights: Mapping[str, float] = WEIGHTS
) -> list[Scored]:
    """Candidates, best first; `nearest` scores their everyday lines one by one."""
    lines = [nearest.score(hit.passage.reference) for hit in hits]
    shares = _shares(hits, lines, weights)
    boosts_of = _Boosts(request, priors)
    ranked = []
    for hit, line in zip(hits, lines, strict=True):
        total = shares.get("lines", 0.0) * line
        for name, score in hit.scores:
            if score > 0:
                total += shares.get(name, 0.0) * score
        boosts = boosts_of(hit.passage)
        for _, factor in boosts:
            total *= factor
        if total > 0:
            ranked.append(Scored(hit.passage, total, hit.ranks, boosts))
    return in_order(ranked)


def _shares(hits: Sequence[Hit], lines: Sequence[float], weights: Mapping[str, float]) -> dict[str, float]:
    """The weight of each retriever over its best score; none for one that found nothing."""
    best = {"lines": max(lines, default=0.0)}
    for hit in hits:
        for name, score in hit.scores:
            if score > best.get(name, 0.0):
                best[name] = score
    return {name: weight / best[name] for name, weight in weights.items() if best.get(name, 0.0) > 0}


class _Boosts:
    """What speaks for or against the passages of an act, worked out once an act."""

    def __init__(self, request: Request, priors: Priors) -> None:
        self._request = request
        self._priors = priors
        self._asked = asked_for(request.search_text)
        self._left_out = request.names.left_out(request.search_text)
        self._known: dict[str, tuple[tuple[str, float], ...]] = {}

    def __call__(self, passage: Passage) -> tuple[tuple[str, float], ...]:
        act = passage.reference.act
        if act not in self._known:
            self._known[act] = tuple(self._of(act))
        return (*self._known[act], *self._of_passage(passage))

    def _of_passage(self, passage: Passage) -> Iterable[tuple[str, float]]:
        asked = self._asked
        if passage.top in self._priors.remote:
            yield "remote", REMOTE
        if passage.top in self._priors.application:
            yield "application", APPLICATION if asked.day else NOT_APPLICATION
        if asked.definition and passage.top in self._priors.definitions:
            yield "definition asked", DEFINED
        if asked.duration and has_duration(passage):
            yield "time limit asked", HAS_DURATION
        if asked.amount and has_amount(passage):
            yield "amount asked", HAS_AMOUNT

    def _of(self, act: str) -> Iterable[tuple[str, float]]:
        named = self._request.acts
        owner = self._priors.owners.get(act, "")
        if act in self._left_out:
            yield "left out", LEFT_OUT
        if owner and owner != self._request.collectivite and act not in named:
            yield "another collectivité", 0.0
        elif owner and act in named:
            yield "collectivité named", NAMED_CITY
        elif act in named or (owner and CHARTER_ACT in named):
            yield "act named", NAMED_ACT
        elif owner and (self._request.usage or self._asked.city):
            yield "own city's rules", OWN_CITY_ASKED if self._asked.city else OWN_CITY
        elif act == CHARTER_ACT:
            yield "model charter", CHARTER


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
        if scored.passage.top not in seen:
            seen.add(scored.passage.top)
            kept.append(scored)
    return kept


def without_flood(ranked: Sequence[Scored], act: str, rows: int) -> list[Scored]:
    """The same list with passages of `act` beyond the first `rows` articles put after the first ten others."""
    early: list[Scored] = []
    late: list[Scored] = []
    tops: set[Reference] = set()
    for scored in ranked:
        top = scored.passage.top
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
        falling.append(scored if scored.score <= ceiling else replace(scored, score=ceiling))
        ceiling = falling[-1].score
    return falling
