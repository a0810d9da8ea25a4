"""Everyday lines one by one: which line of a provision a question sounds most like.

A passage is indexed with all its lines together, which finds it; the single nearest line then tells
two provisions apart whose lines share their words, and can be shown ("trouvé par : fuite de
données"). The failure this prevents: a long bag of lines that is a little like every question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from assistant.law.identifiers import Locator, Reference
from assistant.ports import Vectors

INHERITED = 0.9
"""Factor on a line of the provision that holds a passage, for each level between them."""


@dataclass(frozen=True)
class Table:
    """The lines of one language, those of a provision side by side.

    `vectors`: one row a line, length one; `starts`: the first row of each provision; `rows`: the
    place of a provision in `starts`; `chains` remembers for a passage which places concern it.
    """

    texts: Sequence[str]
    vectors: Vectors
    starts: npt.NDArray[np.int64]
    rows: Mapping[Reference, int]
    chains: dict[Reference, tuple[tuple[int, float], ...]] = field(default_factory=dict)

    @cached_property
    def owners(self) -> tuple[Reference, ...]:
        """The provisions, in the order of `starts`."""
        return tuple(self.rows)

    def chain(self, reference: Reference) -> tuple[tuple[int, float], ...]:
        """The provisions with lines that are this one or hold it: place, and factor on their lines."""
        known = self.chains.get(reference)
        if known is None:
            known = self.chains[reference] = tuple(self._chain(reference))
        return known

    def _chain(self, reference: Reference) -> Iterator[tuple[int, float]]:
        locator: Locator | None = reference.locator
        factor = 1.0
        while locator is not None:
            row = self.rows.get(Reference(reference.act, locator))
            if row is not None:
                yield row, factor
            factor *= INHERITED
            locator = locator.parent


@dataclass(frozen=True, slots=True)
class Nearest:
    """The similarities of one question with every line; `best`: the highest of each provision."""

    table: Table
    similarities: Vectors
    best: Sequence[float]

    def score(self, reference: Reference) -> float:
        """How near the nearest line of a provision, or of those that hold it, is: cosine, `INHERITED`, squared."""
        found = 0.0
        for row, factor in self.table.chain(reference):
            found = max(found, factor * self.best[row])
        return found * found

    def owners_from(self, score: float) -> list[Reference]:
        """The provisions one of whose lines has that score."""
        least = score**0.5
        return [owner for owner, best in zip(self.table.owners, self.best, strict=True) if best >= least]

    def owner(self, reference: Reference) -> Reference:
        """Whose the nearest line is: the provision itself, or one that holds it."""
        row = self._row(reference)
        return reference if row is None else self.table.owners[row]

    def _row(self, reference: Reference) -> int | None:
        chain = self.table.chain(reference)
        return max(chain, key=lambda place: place[1] * self.best[place[0]])[0] if chain else None

    def line(self, reference: Reference) -> str:
        """The nearest line itself; empty where none has lines."""
        row = self._row(reference)
        if row is None:
            return ""
        start = int(self.table.starts[row])
        end = int(self.table.starts[row + 1]) if row + 1 < len(self.table.starts) else len(self.table.texts)
        return self.table.texts[start + int(self.similarities[start:end].argmax())]


@dataclass(frozen=True, slots=True)
class EverydayLines:
    """All lines, by language."""

    tables: Mapping[str, Table]

    def nearest(self, vector: Vectors, lang: str) -> Nearest:
        """Every line of a language beside a question's vector (of length one)."""
        table = self.tables[lang]
        if not table.texts:
            return Nearest(table, np.zeros(0, np.float32), ())
        # Not `@`: BLAS would start its threads for a product of a millisecond, and wait for busy cores.
        similarities = np.einsum("ij,j->i", table.vectors, vector)
        return Nearest(table, similarities, np.maximum.reduceat(similarities, table.starts).tolist())
