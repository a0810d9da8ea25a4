"""Every way of searching that the quality table compares, in one place.

A variant is a function from a case to the rows of its result. Plain searches add one idea after the
other; the product is measured as it is, and without each of its parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace

from assistant.adapters import hybrid
from assistant.answering.pipeline import Assistant
from assistant.answering.retrieval.ranking import WEIGHTS
from assistant.evaluation.questions import TODAY, Case
from assistant.evaluation.retrieval import DEPTH, Hit, hit_of
from assistant.law.passage import Passage
from assistant.thesaurus import Thesaurus
from benchmarks.ablation import (
    Part,
    Search,
    alone,
    by_ranks,
    with_weights,
    without,
    without_lines,
    without_priors,
    without_retriever,
)
from benchmarks.embedders import Bench
from benchmarks.plain_search import Words, pools
from benchmarks.texts import LANGUAGES, documents, found_in

FULL = "**ours, full default**"
SWEEP = (0.0, 0.5, 0.75, 1.5, 2.0)
"""What each weight of the fusion is multiplied by, one at a time."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A row of the table."""

    name: str
    search: Search


@contextmanager
def peers(minilm: Bench) -> Iterator[list[Variant]]:
    """llama-index as it comes and its hybrid over our paragraphs, both over the texts of the question's language."""
    from benchmarks import peers as llama

    with ExitStack() as opened:

        def ready(chunks: Sequence[llama.Chunk], opening: llama.Opening) -> Search:
            llama.embed(chunks, minilm.kept.of(minilm.embedder, [chunk.node.get_content() for chunk in chunks]))
            return llama.results(opened.enter_context(opening(chunks, minilm.embedder, None)), chunks)

        texts = documents(minilm.assistant.library, TODAY)
        dense = {
            lang: ready(llama.split([text for text in texts if lang in text.langs]), llama.dense_search)
            for lang in LANGUAGES
        }
        both = {
            lang: ready(llama.one_per_passage(found_in(lang, minilm.paragraphs), lang), llama.hybrid_search)
            for lang in LANGUAGES
        }
        yield [
            Variant("llama-index defaults (SentenceSplitter 1024, dense MiniLM)", lambda case: dense[case.lang](case)),
            Variant("llama-index hybrid (MiniLM and our BM25, our paragraphs)", lambda case: both[case.lang](case)),
        ]


def by_vectors(minilm: Bench | None, ours: Bench) -> Iterator[Variant]:
    """One embedder at a time, without words."""
    if minilm is not None:
        yield Variant("dense MiniLM on structured passages (paragraphs)", replace(minilm.search, plain=True))
        yield Variant("MiniLM alone: + recitals out, named act boosted", minilm.search)
    yield Variant("our embedder alone, same texts and treatment", ours.search)
    yield Variant("our embedder alone, as indexed (with everyday lines)", ours.as_indexed())


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

    return Variant(FULL, search)


def ablations(assistant: Assistant) -> Iterator[Variant]:
    """The product without each of its parts."""
    for part in parts():
        yield Variant(f"… minus {part.name}", without(assistant, part))


def parts() -> Iterator[Part]:
    """Each retriever, and each thing that is read out of a question."""
    for vector in (hybrid.DENSE, *hybrid.SPARSE):
        yield Part(f"the retriever “{vector.name}”", hits=without_retriever(vector.name))
    yield Part("the thesaurus", request=lambda request: replace(request, thesaurus=Thesaurus(())))
    yield Part("acts named in the question", request=lambda request: replace(request, acts=()))
    yield Part("the everyday lines compared one by one", retriever=without_lines)
    yield Part("knowing that a use is asked about", request=lambda request: replace(request, usage=False))
    yield Part("provisions named in the question", request=lambda r: replace(r, references=(), unplaced=()))
    yield Part("the conversation before the question", case=alone)
    yield Part("whose a text is, and which articles are remote", retriever=without_priors)


def fusions(assistant: Assistant) -> Iterator[Variant]:
    """The sweep: other weights of the product's retrievers, and weighted reciprocal ranks instead of scores."""
    for weights in _grid():
        yield Variant(_named(weights, "scores"), without(assistant, Part("", retriever=with_weights(weights))))
    for weights in (dict.fromkeys(WEIGHTS, 1.0), WEIGHTS):
        part = Part("", hits=by_ranks, retriever=with_weights(weights))
        yield Variant(_named(weights, "reciprocal ranks"), without(assistant, part))


def _named(weights: Mapping[str, float], what: str) -> str:
    return f"{what}, " + ", ".join(f"{name} {weight:g}" for name, weight in weights.items())


def _grid() -> Iterator[Mapping[str, float]]:
    """The product's weights, then each of them changed alone."""
    yield WEIGHTS
    for name, weight in WEIGHTS.items():
        for factor in SWEEP:
            yield {**WEIGHTS, name: round(weight * factor, 3)}
