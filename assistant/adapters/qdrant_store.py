"""The store on a Qdrant server (or on the client's in-memory twin of one, in tests).

The failure this prevents: a city that moves its index to a server gets other answers. The vectors,
the filters and the fusion are those of `hybrid`; only the transport differs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from qdrant_client import QdrantClient, models
from qdrant_client.http.exceptions import ApiException

from assistant.adapters import hybrid, payload
from assistant.adapters.bm25 import Sparse
from assistant.adapters.generations import Backend, Draft, Generation
from assistant.errors import AssistantError, StoreError
from assistant.law.passage import Passage
from assistant.ports import Filter, Hit, Query, Vectors

_BATCH = 200
_TIMEOUT = 30


class QdrantStore:
    """`PassageStore` on one collection of a server."""

    def __init__(self, client: QdrantClient, collection: str) -> None:
        self._client = client
        self._collection = collection

    @classmethod
    def create(cls, client: QdrantClient, collection: str, dimensions: int) -> QdrantStore:
        """An empty collection."""
        keyword, integer = models.PayloadSchemaType.KEYWORD, models.PayloadSchemaType.INTEGER
        fields = {**dict.fromkeys(payload.KEYWORD_FIELDS, keyword), **dict.fromkeys(payload.INTEGER_FIELDS, integer)}
        idf = models.SparseVectorParams(modifier=models.Modifier.IDF)
        with _errors(collection):
            client.create_collection(
                collection,
                vectors_config={hybrid.DENSE.name: models.VectorParams(size=dimensions, distance=models.Distance.DOT)},
                sparse_vectors_config={named.name: idf for named in hybrid.SPARSE},
                hnsw_config=models.HnswConfigDiff(m=0),  # no graph: a full scan is exact, as in the embedded store
            )
            for field, schema in fields.items():
                client.create_payload_index(collection, field, schema)
        return cls(client, collection)

    @classmethod
    def open(cls, client: QdrantClient, collection: str) -> QdrantStore:
        """A collection that exists; `StoreError` when the server holds none of that name."""
        with _errors(collection):
            if not client.collection_exists(collection):
                raise StoreError(f"the Qdrant server holds no collection {collection}: run `assistant ingest`")
        return cls(client, collection)

    def search(self, query: Query) -> list[Hit]:
        """The best passages, best first; both retrievers and the fusion run in the engine, in one request."""
        asked, depth = _filter(query.filter), hybrid.depth(query)
        retrievers = hybrid.retrievers(query)
        prefetch = [
            models.Prefetch(
                query=_vector(r.vector), using=r.name, limit=depth, filter=asked, params=_params(r.vector, query.filter)
            )
            for r in retrievers
        ]
        fused = models.QueryRequest(
            prefetch=prefetch,
            query=models.RrfQuery(rrf=models.Rrf(k=hybrid.RRF_K)),
            limit=query.limit,
            with_payload=True,
        )
        alone = [
            models.QueryRequest(query=p.query, using=p.using, limit=depth, filter=asked, params=p.params)
            for p in prefetch
        ]
        with _errors(self._collection):
            best, *rankings = self._client.query_batch_points(self._collection, [fused, *alone])
        ranked = {
            r.name: [(int(p.id), p.score) for p in found.points] for r, found in zip(retrievers, rankings, strict=True)
        }
        passages = {int(p.id): payload.from_payload(p.payload or {}) for p in best.points}
        return hybrid.hits([(int(p.id), p.score) for p in best.points], ranked, passages)

    def write(self, passages: Sequence[Passage], vectors: Vectors) -> None:
        """Insert or replace passages by their `id`."""
        hybrid.check_rows(passages, vectors)
        for start in range(0, len(passages), _BATCH):
            batch = slice(start, start + _BATCH)
            points = [_point(passage, row) for passage, row in zip(passages[batch], vectors[batch], strict=True)]
            with _errors(self._collection):
                self._client.upsert(self._collection, points)

    def delete(self, ids: Sequence[str]) -> None:
        """Remove passages; unknown ids are no error."""
        if not ids:
            return  # the server refuses an empty list
        with _errors(self._collection):
            selector = models.PointIdsList(points=[payload.point_id(i) for i in ids])
            self._client.delete(self._collection, selector)

    def fetch(self, ids: Sequence[str]) -> list[Passage]:
        """The passages with these ids, in that order; unknown ids are left out."""
        points = [payload.point_id(i) for i in ids]
        with _errors(self._collection):
            records = self._client.retrieve(self._collection, points, with_payload=True)
        found = {int(record.id): payload.from_payload(record.payload or {}) for record in records}
        return [found[point] for point in points if point in found]

    def count(self) -> int:
        """How many passages there are."""
        with _errors(self._collection):
            return self._client.count(self._collection, exact=True).count

    def copy_from(self, collection: str) -> None:
        """Take over all points of another collection of the same server, vectors included."""
        offset: Any = None
        with _errors(collection):
            while True:
                records, offset = self._client.scroll(
                    collection, limit=_BATCH, offset=offset, with_payload=True, with_vectors=True
                )
                points = [models.PointStruct(id=r.id, vector=r.vector or {}, payload=r.payload) for r in records]
                if points:
                    self._client.upsert(self._collection, points)
                if offset is None:
                    return


def drop(client: QdrantClient, collection: str) -> None:
    """Remove a collection; one that does not exist is no error."""
    with _errors(collection):
        client.delete_collection(collection)


def _point(passage: Passage, row: Vectors) -> models.PointStruct:
    vectors: dict[str, Any] = {hybrid.DENSE.name: row.tolist()}
    vectors.update((name, _vector(sparse)) for name, sparse in hybrid.sparse_vectors(passage).items())
    return models.PointStruct(id=payload.point_id(passage.id), vector=vectors, payload=payload.to_payload(passage))


def _vector(vector: list[float] | Sparse) -> Any:
    if isinstance(vector, Sparse):
        return models.SparseVector(indices=list(vector.indices), values=list(vector.values))
    return vector


def _filter(asked: Filter) -> models.Filter:
    day = asked.day.toordinal()
    conditions: list[models.Condition] = [
        _in_language(asked.lang),
        models.FieldCondition(key=payload.FROM, range=models.Range(lte=day)),
        models.FieldCondition(key=payload.UNTIL, range=models.Range(gt=day)),
    ]
    if asked.acts is not None:
        conditions.append(models.FieldCondition(key=payload.ACT, match=models.MatchAny(any=list(asked.acts))))
    recitals = models.FieldCondition(key=payload.KIND, match=models.MatchValue(value=payload.RECITAL))
    return models.Filter(must=conditions, must_not=None if asked.recitals else [recitals])


def _in_language(lang: str) -> models.FieldCondition:
    return models.FieldCondition(key=payload.LANGS, match=models.MatchValue(value=lang))


def _params(vector: list[float] | Sparse, asked: Filter) -> models.SearchParams | None:
    """Rare words are rare among the passages of the question's language, whatever the other one holds."""
    if not isinstance(vector, Sparse):
        return None
    corpus = models.Filter(must=[_in_language(asked.lang)])
    return models.SearchParams(idf=models.IdfCorpusParams(corpus=corpus))


@contextmanager
def _errors(collection: str) -> Iterator[None]:
    """The client raises `ApiException`s for a server, ValueErrors for its in-memory twin."""
    try:
        yield
    except AssistantError:
        raise
    except (ApiException, ValueError, OSError) as error:
        reason = " ".join(str(error).split())[:200]
        raise StoreError(
            f"the Qdrant server cannot use the collection {collection} ({reason}): "
            "check QDRANT_URL, then run `assistant ingest`"
        ) from error


class ServerBackend:
    """The passages are on a Qdrant server, one collection a generation."""

    kind: Backend = "qdrant"

    def __init__(self, client: QdrantClient) -> None:
        self._client = client

    @classmethod
    def at(cls, url: str) -> ServerBackend:
        """The server at an address; it is first spoken to when the index is."""
        return cls(QdrantClient(url=url, timeout=_TIMEOUT, check_compatibility=False))

    @contextmanager
    def writer(self, draft: Draft, dimensions: int) -> Iterator[QdrantStore]:
        """The collection of a draft."""
        store = QdrantStore.create(self._client, _collection(draft.folder.name), dimensions)
        if draft.base is not None:
            store.copy_from(_collection(draft.base.id))
        yield store

    @contextmanager
    def reader(self, generation: Generation, copy: Path) -> Iterator[QdrantStore]:  # noqa: ARG002  (the protocol's)
        """The collection of a generation; it is never written again."""
        yield QdrantStore.open(self._client, _collection(generation.id))

    def remove(self, generation: str) -> None:
        """Drop the collection."""
        drop(self._client, _collection(generation))


def _collection(generation: str) -> str:
    return f"assistant-{generation}"
