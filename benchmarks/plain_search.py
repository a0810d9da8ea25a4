"""Plain searches over the product's passages: by their words, or by the vectors of one embedder.

The failure this prevents: a part of the product credited with what two lines of BM25 do as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from assistant.adapters import hybrid
from assistant.answering.pipeline import Assistant
from assistant.answering.reading.understand import Request
from assistant.answering.retrieval.ranking import NAMED_ACT
from assistant.errors import UnknownReference
from assistant.evaluation.questions import Case
from assistant.evaluation.retrieval import Hit
from assistant.law.passage import Passage
from assistant.ports import Vectors
from benchmarks.ranking import Postings, Scores, best, nearest, stems
from benchmarks.texts import LANGUAGES, found_in, headed, is_rule

Embed = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True)
class Pool:
    """What a question of one language can find. `rules` is 0 for recitals, 1 for all else."""

    lang: str
    passages: Sequence[Passage]
    rules: npt.NDArray[np.float64]
    _postings: dict[tuple[bool, bool], Postings] = field(default_factory=dict)

    @classmethod
    def of(cls, lang: str, passages: Sequence[Passage]) -> Pool:
        """The pool of a language."""
        return cls(lang, passages, np.array([float(is_rule(passage)) for passage in passages]))

    def postings(self, *, headings: bool, lines: bool) -> Postings:
        """The words of the passages, with their headings and everyday lines where asked."""
        key = (headings, lines)
        if key not in self._postings:
            texts = [headed(p) if headings else p.text for p in self.passages]
            if lines:
                texts = [f"{text}\n{p.words}" for text, p in zip(texts, self.passages, strict=True)]
            self._postings[key] = Postings.of(texts, self.lang)
        return self._postings[key]


def pools(passages: Sequence[Passage]) -> dict[str, Pool]:
    """One pool a language."""
    return {lang: Pool.of(lang, found_in(lang, passages)) for lang in LANGUAGES}


@dataclass(frozen=True, slots=True)
class Words:
    """BM25 over the passages, with more or fewer of the ideas of the product."""

    assistant: Assistant
    pools: Mapping[str, Pool]
    headings: bool = True
    recitals: bool = False
    reading: bool = True
    thesaurus: bool = False
    lines: bool = False

    def __call__(self, case: Case) -> list[Hit]:
        """Rows of the result, best first."""
        pool = self.pools[case.lang]
        request = self.assistant.understand(case.question)
        text = request.search_text if self.reading else case.question.text
        expansion = request.expansion_of(text) if self.thesaurus else ""
        postings = pool.postings(headings=self.headings, lines=self.lines)
        scores = postings.scores(stems(text, case.lang, expansion, hybrid.EXPANSION))
        if not self.recitals:
            scores *= pool.rules
        if not self.reading:
            return best(pool.passages, scores)
        return best(pool.passages, boosted(scores, pool, request), named(self.assistant, request))


@dataclass(frozen=True, slots=True)
class Nearest:
    """The passages whose vectors are nearest to the question's; `plain` leaves out what the product adds."""

    assistant: Assistant
    pools: Mapping[str, Pool]
    vectors: Mapping[str, Vectors]
    embed_questions: Embed
    plain: bool = False

    def __call__(self, case: Case) -> list[Hit]:
        """Rows of the result, best first."""
        pool = self.pools[case.lang]
        if self.plain:
            return best(pool.passages, nearest(self.vectors[case.lang], self.embed_questions([case.question.text])[0]))
        request = self.assistant.understand(case.question)
        scores = nearest(self.vectors[case.lang], self.embed_questions([request.search_text])[0])
        return best(pool.passages, boosted(scores * pool.rules, pool, request))


def boosted(scores: Scores, pool: Pool, request: Request) -> Scores:
    """Passages of an act that the question names, raised as the product does."""
    factors = [NAMED_ACT if passage.reference.act in request.acts else 1.0 for passage in pool.passages]
    return np.multiply(scores, factors)


def named(assistant: Assistant, request: Request) -> list[Passage]:
    """The provisions that the question names and that exist."""
    found = []
    for reference in request.references:
        try:
            found.append(assistant.library.passage(reference, request.lang, request.day))
        except UnknownReference:
            continue  # the question is wrong about it, and is searched as words
    return found
