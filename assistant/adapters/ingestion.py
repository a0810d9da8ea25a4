"""llama-index's ingestion pipeline, from passages to the store.

The failure this prevents: an hour of embedding for one corrected paragraph. The pipeline's document
store remembers each passage by the hash of all that is indexed of it; what has the same hash is
neither embedded nor written again, what is gone is deleted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.ingestion import DocstoreStrategy, IngestionPipeline
from llama_index.core.schema import BaseNode, TextNode, TransformComponent
from llama_index.core.storage.docstore import SimpleDocumentStore
from llama_index.core.storage.kvstore import SimpleKVStore
from llama_index.core.vector_stores.types import BasePydanticVectorStore, VectorStoreQuery, VectorStoreQueryResult

from assistant.adapters import disk, hybrid, payload
from assistant.errors import AuditError, StoreError
from assistant.law.passage import Passage
from assistant.ports import Embedder, PassageStore

Progress = Callable[[int, int], None]
_BATCH = 256


@dataclass(frozen=True, slots=True)
class Counts:
    """What a run did, in passages."""

    added: int
    changed: int
    removed: int
    unchanged: int


def run_ingestion(
    passages: Sequence[Passage], embedder: Embedder, store: PassageStore, docstore_path: Path, progress: Progress
) -> Counts:
    """Bring the store to hold exactly `passages`; `progress` is told how many of the new ones are embedded.

    `docstore_path` is the document store that goes with the store: read where it exists, then
    written. `AuditError` when two passages share an id.
    """
    _refuse_doubles(passages)
    docstore = _HashStore.load(docstore_path)
    before = docstore.hashes()
    points = _Points(store=store)
    pipeline = IngestionPipeline(
        transformations=[_Embedding(embedder=embedder, progress=progress)],
        vector_store=points,
        docstore=docstore,
        docstore_strategy=DocstoreStrategy.UPSERTS_AND_DELETE,
        disable_cache=True,
    )
    pipeline.run(nodes=[_node(passage) for passage in passages], store_doc_text=False)
    points.flush()
    with disk.errors(docstore_path.parent, "write the index"):
        docstore.persist(str(docstore_path))
    return _counts(before, docstore.hashes())


def _counts(before: dict[str, str], after: dict[str, str]) -> Counts:
    common = before.keys() & after.keys()
    unchanged = sum(before[i] == after[i] for i in common)
    return Counts(
        added=len(after) - len(common),
        changed=len(common) - unchanged,
        removed=len(before) - len(common),
        unchanged=unchanged,
    )


def _refuse_doubles(passages: Sequence[Passage]) -> None:
    seen: set[str] = set()
    for passage in passages:
        if passage.id in seen:
            raise AuditError(f"two passages are called {passage.id}: each place in a text must have its own")
        seen.add(passage.id)


def _node(passage: Passage) -> TextNode:
    """The pipeline hashes text and metadata of a node: here all that is indexed, and the id through its parts."""
    return TextNode(id_=passage.id, text=hybrid.DENSE.text(passage), metadata=payload.to_dict(passage))


class _HashStore(SimpleDocumentStore):
    """A document store of hashes alone: the texts are in the acts and in the passages' store already."""

    @classmethod
    def load(cls, path: Path) -> _HashStore:
        if not path.is_file():
            return cls()
        try:
            return cls(SimpleKVStore.from_dict(json.loads(path.read_text(encoding="utf-8"))))
        except (OSError, ValueError) as error:
            raise StoreError(f"{path} cannot be read ({error}): run `assistant ingest`") from error

    def hashes(self) -> dict[str, str]:
        """The hash of each passage by its id."""
        return {passage_id: seen for seen, passage_id in self.get_all_document_hashes().items()}

    def delete_document(self, doc_id: str, raise_error: bool = True) -> None:  # noqa: ARG002  (llama-index's)
        """Forget a passage; the pipeline takes one without its text for an unknown one, and would stop."""
        super().delete_document(doc_id, raise_error=False)


class _Embedding(TransformComponent):
    """Gives each node the vector of its text, by the port's embedder."""

    embedder: Any
    progress: Any

    def __call__(self, nodes: Sequence[BaseNode], **_: Any) -> Sequence[BaseNode]:
        self.progress(0, len(nodes))
        for start in range(0, len(nodes), _BATCH):
            batch = nodes[start : start + _BATCH]
            vectors = self.embedder.embed_passages([node.get_content() for node in batch])
            for node, vector in zip(batch, vectors, strict=True):
                node.embedding = vector.tolist()
            self.progress(start + len(batch), len(nodes))
        return nodes


class _Points(BasePydanticVectorStore):
    """The pipeline's way into our store: it adds and deletes, and is never searched."""

    stores_text: bool = True
    store: Any
    _gone: list[str] = PrivateAttr(default_factory=list)

    @property
    def client(self) -> Any:
        """The store itself."""
        return self.store

    def add(self, nodes: Sequence[BaseNode], **_: Any) -> list[str]:
        """Write the passages that the nodes carry."""
        self.flush()
        passages = [payload.from_dict(node.metadata) for node in nodes]
        self.store.write(passages, np.array([node.embedding for node in nodes], dtype=np.float32))
        return [node.node_id for node in nodes]

    def delete(self, ref_doc_id: str, **_: Any) -> None:
        """Delete a passage by its id, with the next ones: the pipeline names them one by one."""
        self._gone.append(ref_doc_id)

    def flush(self) -> None:
        """Delete what was named."""
        self.store.delete(self._gone)
        self._gone = []

    def query(self, query: VectorStoreQuery, **_: Any) -> VectorStoreQueryResult:
        """Passages are searched through the port."""
        raise NotImplementedError("search through assistant.ports.PassageStore")
