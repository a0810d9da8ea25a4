"""The embedded store: Qdrant's engine in this process, on one folder.

The failure this prevents: a question answered from half an index. There is no write-ahead log, so
that a generation stays small: what was written is there for good once `commit` has returned, and an
index is swapped in only after that (`generations`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import qdrant_edge as edge

from assistant.adapters import disk, hybrid, payload
from assistant.adapters.bm25 import Sparse
from assistant.adapters.generations import Backend, Draft, Generation
from assistant.errors import AssistantError, StoreError
from assistant.law.passage import Passage
from assistant.ports import Filter, Hit, Query, Vectors

_BATCH = 500
_SHARD = "shard"
# Kilobytes of vectors from which a graph is built. Never: on corpora of this size a full scan is
# as fast, exact, and costs nothing at ingestion.
_GRAPH_FROM = 2**40
_OS_ERROR = re.compile(r"\(os error (\d+)\)")


class EdgeStore:
    """`PassageStore` on a folder that this process alone has open."""

    def __init__(self, shard: edge.EdgeShard, folder: Path) -> None:
        self._shard = shard
        self._folder = folder
        self._decoded: dict[int, Passage] = {}

    @classmethod
    def create(cls, folder: Path, dimensions: int) -> EdgeStore:
        """An empty store in a new folder."""
        config = edge.EdgeConfig(
            vectors={hybrid.DENSE.name: edge.EdgeVectorParams(size=dimensions, distance=edge.Distance.Dot)},
            sparse_vectors={
                named.name: edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf) for named in hybrid.SPARSE
            },
            optimizers=edge.EdgeOptimizersConfig(indexing_threshold=_GRAPH_FROM, default_segment_number=1),
            wal_enabled=False,
        )
        keyword, integer = edge.PayloadSchemaType.Keyword, edge.PayloadSchemaType.Integer
        fields = {**dict.fromkeys(payload.KEYWORD_FIELDS, keyword), **dict.fromkeys(payload.INTEGER_FIELDS, integer)}
        with _errors(folder):
            folder.mkdir(parents=True)
            disk.require_space(folder)
            shard = edge.EdgeShard.create(str(folder), config)
            for field, schema in fields.items():
                shard.update(edge.UpdateOperation.create_field_index(field, schema))
        return cls(shard, folder)

    @classmethod
    def open(cls, folder: Path) -> EdgeStore:
        """The store in a folder; `StoreError` when it holds none or a broken one."""
        with _errors(folder):
            return cls(edge.EdgeShard.load(str(folder)), folder)

    def search(self, query: Query) -> list[Hit]:
        """The best passages, best first: every retriever runs in the engine, in one batch.

        Their lists are fused here: the engine's own fusion would look for the same candidates again.
        """
        depth, asked = hybrid.depth(query), _filter(query.filter)
        retrievers = hybrid.retrievers(query)
        requests = [
            edge.QueryRequest(
                limit=depth,
                query=edge.Query.Nearest(_vector(r.vector), using=r.name),
                filter=asked,
                params=_params(r.vector, query.filter),
                with_payload=False,
            )
            for r in retrievers
        ]
        with _errors(self._folder):
            rankings = [
                [(int(point.id), point.score) for point in found]
                for found in self._shard.query_batch(edge.QueryBatchRequest(requests))
            ]
        best = hybrid.fuse(rankings, query.limit)
        ranked = {r.name: points for r, points in zip(retrievers, rankings, strict=True)}
        return hybrid.hits(best, ranked, self._passages([point for point, _ in best]))

    def write(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Insert or replace passages by their `id`."""
        hybrid.check_rows(passages, vectors)
        for start in range(0, len(passages), _BATCH):
            batch = slice(start, start + _BATCH)
            disk.require_space(self._folder)
            points = [_point(passage, row) for passage, row in zip(passages[batch], vectors[batch], strict=True)]
            with _errors(self._folder):
                self._shard.update(edge.UpdateOperation.upsert_points(points))
        self._forget(passages)

    def delete(self, ids: Sequence[str]) -> None:
        """Remove passages; unknown ids are no error."""
        points = [payload.point_id(i) for i in ids]
        with _errors(self._folder):
            self._shard.update(edge.UpdateOperation.delete_points(list(points)))
        for point in points:
            self._decoded.pop(point, None)

    def fetch(self, ids: Sequence[str]) -> list[Passage]:
        """The passages with these ids, in that order; unknown ids are left out."""
        points = [payload.point_id(i) for i in ids]
        found = self._passages(points)
        return [found[point] for point in points if point in found]

    def count(self) -> int:
        """How many passages there are."""
        with _errors(self._folder):
            return int(self._shard.count(edge.CountRequest(exact=True)))

    def commit(self) -> None:
        """Give deleted passages' room back, and write everything to the disk."""
        disk.require_space(self._folder)
        with _errors(self._folder):
            self._shard.optimize()
            self._shard.flush()

    def close(self) -> None:
        """Let go of the folder."""
        self._decoded.clear()
        with _errors(self._folder):
            self._shard.close()

    def _passages(self, points: Sequence[int]) -> dict[int, Passage]:
        """Passages by point; each is decoded once, for decoding sixty of them costs more than the search."""
        missing = [point for point in points if point not in self._decoded]
        if missing:
            with _errors(self._folder):
                records = self._shard.retrieve(list(missing), with_payload=True, with_vector=False)
            self._decoded.update((int(record.id), payload.from_payload(record.payload or {})) for record in records)
        return {point: self._decoded[point] for point in points if point in self._decoded}

    def _forget(self, passages: Sequence[Passage]) -> None:
        for passage in passages:
            self._decoded.pop(payload.point_id(passage.id), None)


def _point(passage: Passage, row: Vectors) -> edge.Point:
    vectors: dict[str, Any] = {hybrid.DENSE.name: row.tolist()}
    vectors.update((name, _vector(sparse)) for name, sparse in hybrid.sparse_vectors(passage).items())
    return edge.Point(payload.point_id(passage.id), vectors, payload.to_payload(passage))


def _vector(vector: list[float] | Sparse) -> list[float] | edge.SparseVector:
    if isinstance(vector, Sparse):
        return edge.SparseVector(list(vector.indices), list(vector.values))
    return vector


def _filter(asked: Filter) -> edge.Filter:
    day = asked.day.toordinal()
    conditions: list[edge.ConditionType] = [
        edge.FieldCondition(payload.LANGS, match=edge.MatchValue(asked.lang)),
        edge.FieldCondition(payload.FROM, range=edge.RangeFloat(lte=day)),
        edge.FieldCondition(payload.UNTIL, range=edge.RangeFloat(gt=day)),
    ]
    if asked.acts is not None:
        conditions.append(edge.FieldCondition(payload.ACT, match=edge.MatchAny(list(asked.acts))))
    recitals = edge.FieldCondition(payload.KIND, match=edge.MatchValue(payload.RECITAL))
    return edge.Filter(must=conditions, must_not=None if asked.recitals else [recitals])


def _params(vector: list[float] | Sparse, asked: Filter) -> edge.SearchParams:
    """Rare words are rare among the passages of the question's language, whatever the other one holds."""
    if not isinstance(vector, Sparse):
        return edge.SearchParams(exact=True)
    language = edge.Filter(must=[edge.FieldCondition(payload.LANGS, match=edge.MatchValue(asked.lang))])
    return edge.SearchParams(idf=edge.IdfParams(corpus=language))


@contextmanager
def _errors(folder: Path) -> Iterator[None]:
    """The engine raises bare `Exception`s; their text says which error of the system was behind them."""
    try:
        yield
    except AssistantError:
        raise
    except Exception as error:
        message = str(error).splitlines()[0] if str(error) else type(error).__name__
        system = error if isinstance(error, OSError) else _system_error(message)
        if system is not None:
            raise disk.explain(system, folder, "use the index") from error
        raise StoreError(f"the index in {folder} cannot be used ({message}): run `assistant ingest`") from error


def _system_error(message: str) -> OSError | None:
    found = _OS_ERROR.search(message)
    return OSError(int(found[1]), os.strerror(int(found[1]))) if found else None


class EmbeddedBackend:
    """The passages are in the generation's folder."""

    kind: Backend = "edge"

    @contextmanager
    def writer(self, draft: Draft, dimensions: int) -> Iterator[EdgeStore]:
        """The shard of a draft."""
        shard = draft.folder / _SHARD
        store = EdgeStore.open(shard) if draft.base else EdgeStore.create(shard, dimensions)
        try:
            yield store
            store.commit()
        finally:
            store.close()

    @contextmanager
    def reader(self, generation: Generation, copy: Path) -> Iterator[EdgeStore]:  # noqa: ARG002  (the protocol's)
        """The shard of a private copy."""
        store = EdgeStore.open(copy / _SHARD)
        try:
            yield store
        finally:
            store.close()

    def remove(self, generation: str) -> None:
        """Everything is in the folder."""
