"""Words to BM25 sparse vectors, offline and the same for every store.

The failure this prevents: "données" in the law and "donnees" in a question counted as two words,
and two stores that rank the same words differently because each has its own tokeniser.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from qdrant_edge import Bm25, Bm25Config, Language, StopwordsSet

from assistant.errors import StoreError

# Term-frequency saturation and length normalisation of Robertson and Zaragoza (2009), and the mean
# number of words of this corpus's passages (headings included) once the stop words are gone.
K = 1.2
B = 0.75
AVERAGE_LENGTH = 66.0


@dataclass(frozen=True, slots=True)
class Analyser:
    """How a language is cut into stems. `folded` are stop words as they read without their accents."""

    name: str
    language: Any
    folded: tuple[str, ...] = ()


ANALYSERS: Mapping[str, Analyser] = {
    "fr": Analyser(
        "french",
        Language.French,
        ("a", "ete", "etee", "etees", "etes", "etant", "etais", "etait", "etions", "etiez", "etaient", "meme"),
    ),
    "en": Analyser("english", Language.English),
}


@dataclass(frozen=True, slots=True)
class Sparse:
    """A sparse vector: one index a stem, in any order; no index stands for a text without words."""

    indices: tuple[int, ...]
    values: tuple[float, ...]

    def __bool__(self) -> bool:
        return bool(self.indices)


def encode_passage(text: str, lang: str) -> Sparse:
    """Term frequencies of a text, saturated and normalised by its length; inverse frequencies are the store's."""
    return _sparse(_encoder(lang).embed_document(text))


def encode_question(text: str, lang: str) -> Sparse:
    """The stems of a question, each with weight one."""
    return _sparse(_encoder(lang).embed_query(text))


def add(one: Sparse, other: Sparse, weight: float) -> Sparse:
    """The sum of two sparse vectors, the second one weighted; a stem of both counts for both."""
    total = dict(zip(one.indices, one.values, strict=True))
    for index, value in zip(other.indices, other.values, strict=True):
        total[index] = total.get(index, 0.0) + weight * value
    return Sparse(tuple(total), tuple(total.values()))


@cache
def _encoder(lang: str) -> Any:
    analyser = ANALYSERS.get(lang)
    if analyser is None:
        raise StoreError(f"no stemmer for the language '{lang}': passages are in {' or '.join(ANALYSERS)}")
    stopwords = StopwordsSet(languages={analyser.language}, custom=set(analyser.folded))
    return Bm25(
        Bm25Config(k=K, b=B, avg_len=AVERAGE_LENGTH, language=analyser.name, ascii_folding=True, stopwords=stopwords)
    )


def _sparse(vector: Any) -> Sparse:
    return Sparse(tuple(vector.indices), tuple(vector.values))
