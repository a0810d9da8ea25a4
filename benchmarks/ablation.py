"""The product without a part: taken away at its seams, from the request or from what its store returns.

The failure this prevents: an ablation of a copy of the product, which is not the product.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.adapters import hybrid
from assistant.answering.pipeline import Assistant
from assistant.answering.reading.understand import Request
from assistant.answering.retrieval.ranking import WEIGHTS, Priors
from assistant.answering.retrieval.rerank import rerank
from assistant.answering.retrieval.retrieve import Retriever
from assistant.errors import UnknownReference
from assistant.evaluation.questions import Case
from assistant.evaluation.retrieval import DEPTH, Hit, hit_of
from assistant.law.passage import Passage
from assistant.ports import Hit as StoreHit
from assistant.ports import PassageStore, Query, Vectors

Search = Callable[[Case], list[Hit]]
Change = Callable[[Sequence[StoreHit]], list[StoreHit]]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the product, and how a question is asked without it."""

    name: str
    case: Callable[[Case], Case] = lambda case: case
    request: Callable[[Request], Request] = lambda request: request
    hits: Change = list
    retriever: Callable[[Retriever], Retriever] = lambda retriever: retriever


@dataclass(frozen=True, slots=True)
class Changed:
    """A store whose hits are changed on their way."""

    store: PassageStore
    change: Change

    def search(self, query: Query) -> list[StoreHit]:
        """The changed hits."""
        return self.change(self.store.search(query))

    def write(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """As the store does."""
        self.store.write(passages, vectors)

    def delete(self, ids: Sequence[str]) -> None:
        """As the store does."""
        self.store.delete(ids)


def without(assistant: Assistant, part: Part) -> Search:
    """The product without a part."""
    changed = part.retriever(assistant.retriever)
    retriever = replace(changed, store=Changed(changed.store, part.hits))

    def search(case: Case) -> list[Hit]:
        request = part.request(assistant.understand(part.case(case).question))
        try:
            evidence = retriever.search(request)
        except UnknownReference:
            request = replace(request, references=(), unplaced=())
            evidence = retriever.search(request)
        return [hit_of(piece.passage) for piece in rerank(assistant.reranker, request, evidence)[:DEPTH]]

    return search


def alone(case: Case) -> Case:
    """The question without what was said before it."""
    return replace(case, question=replace(case.question, history=()))


def without_retriever(name: str) -> Change:
    """Takes away what one retriever found and the ranks and scores that it gave."""

    def change(hits: Sequence[StoreHit]) -> list[StoreHit]:
        left = [
            replace(
                hit,
                ranks=tuple(pair for pair in hit.ranks if pair[0] != name),
                scores=tuple(pair for pair in hit.scores if pair[0] != name),
            )
            for hit in hits
        ]
        return [hit for hit in left if hit.scores]

    return change


def without_lines(retriever: Retriever) -> Retriever:
    """The everyday lines no longer compared one by one."""
    return with_weights({**WEIGHTS, "lines": 0.0})(retriever)


def without_priors(retriever: Retriever) -> Retriever:
    """Nothing known beforehand of whose a text is, or which articles concern a city from afar only."""
    return replace(retriever, priors=Priors({}, frozenset()))


def with_weights(weights: Mapping[str, float]) -> Callable[[Retriever], Retriever]:
    """Other weights of the fusion."""
    return lambda retriever: replace(retriever, weights=weights)


def by_ranks(hits: Sequence[StoreHit]) -> list[StoreHit]:
    """Reciprocal ranks instead of scores (Cormack, Clarke and Büttcher, SIGIR 2009)."""
    return [replace(hit, scores=tuple((name, 1.0 / (hybrid.RRF_K + rank)) for name, rank in hit.ranks)) for hit in hits]
