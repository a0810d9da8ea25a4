"""Every way of searching that the quality table compares, in one place.

A variant is a function from a case to the rows of its result. Plain searches add one idea after the
other; the product is measured as it is, and without each of its parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.adapters import hybrid
from assistant.answering.pipeline import Assistant
from assistant.answering.ranking import WEIGHTS
from assistant.law.passage import Passage
from benchmarks.ablation import Part, Search, alone, by_ranks, by_scores, fused, without, without_retriever
from benchmarks.metrics import Hit
from benchmarks.plain_search import Words, pools
from benchmarks.questions import Case
from benchmarks.ranking import DEPTH, hit_of


@dataclass(frozen=True, slots=True)
class Variant:
    """A row of the table."""

    name: str
    search: Search


def by_words(assistant: Assistant, passages: Sequence[Passage]) -> Iterator[Variant]:
    """BM25, one idea after the other."""
    base = Words(assistant, pools(passages))
    text = replace(base, headings=False, recitals=True, reading=False)
    yield Variant("BM25 on passages, text only", text)
    yield Variant("… + heading path", replace(text, headings=True))
    yield Variant("… + recitals out of the ranking", replace(text, headings=True, recitals=False))
    yield Variant("… + named act boosted, references first, follow-ups joined", base)
    yield Variant("… + thesaurus", replace(base, thesaurus=True))
    yield Variant("… + everyday lines (no thesaurus)", replace(base, lines=True))
    yield Variant("… + both", replace(base, thesaurus=True, lines=True))


def full(assistant: Assistant) -> Variant:
    """The product as it is."""

    def search(case: Case) -> list[Hit]:
        _, evidence = assistant.search(case.question)
        return [hit_of(piece.passage) for piece in evidence[:DEPTH]]

    return Variant("**Ours, full default**", search)


def without(assistant: Assistant, part: Part) -> Search:
    """The product without a part."""
    retriever = replace(assistant.retriever, store=Changed(assistant.retriever.store, part.hits))

    def search(case: Case) -> list[Hit]:
        request = part.request(assistant.understand(part.case(case).question))
        try:
            evidence = retriever.search(request)
        except UnknownReference:
            request = replace(request, references=(), unplaced=())
            evidence = retriever.search(request)
        return [hit_of(piece.passage) for piece in rerank(assistant.reranker, request, evidence)[:DEPTH]]

    return search


def ablations(assistant: Assistant) -> Iterator[Variant]:
    """The product without each of its parts."""
    for part in parts():
        yield Variant(f"… minus {part.name}", without(assistant, part))


def parts() -> Iterator[Part]:
    """Each retriever, and each thing that is read out of a question."""
    for vector in (hybrid.DENSE, *hybrid.SPARSE):
        yield Part(f"the retriever “{vector.name}”", hits=lambda hits, name=vector.name: _without_retriever(hits, name))
    yield Part("the thesaurus", request=lambda request: replace(request, expansion=""))
    yield Part("acts named in the question", request=lambda request: replace(request, acts=()))
    yield Part("provisions named in the question", request=lambda r: replace(r, references=(), unplaced=()))
    yield Part("the conversation before the question", case=_alone)


def fusions(assistant: Assistant) -> Iterator[Variant]:
    """The sweep: other weights of the product's retrievers, and weighted reciprocal ranks instead of scores."""
    for weights in _grid():
        label = " : ".join(f"{name} {weight:g}" for name, weight in weights.items())
        yield Variant(f"scores, {label}", without(assistant, Part("", hits=_fused(_by_scores, weights))))
    for weights in (dict.fromkeys(WEIGHTS, 1.0), dict(WEIGHTS)):
        label = " : ".join(f"{name} {weight:g}" for name, weight in weights.items())
        yield Variant(f"reciprocal ranks, {label}", without(assistant, Part("", hits=_fused(_by_ranks, weights))))


def _grid() -> Iterator[dict[str, float]]:
    """The product's weights, then each of them changed alone."""
    yield dict(WEIGHTS)
    for name, weight in WEIGHTS.items():
        for factor in (0.0, 0.5, 0.75, 1.5, 2.0):
            yield {**WEIGHTS, name: round(weight * factor, 3)}
