"""llama-index as it comes, and its hybrid search over Qdrant's local mode, on the same texts.

The failure this prevents: a comparison with a peer that nobody would build that way. The parts are
llama-index's own (splitter, index, store, retriever); only the embedder is ours, behind its class.
"""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from llama_index.core import Document, VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.schema import NodeWithScore, TextNode
from llama_index.core.vector_stores.types import (
    BasePydanticVectorStore,
    MetadataFilter,
    MetadataFilters,
    VectorStoreQueryMode,
)
from llama_index.vector_stores.qdrant import QdrantVectorStore
from pydantic import PrivateAttr
from qdrant_client import QdrantClient, models

from assistant.adapters import bm25
from assistant.evaluation.questions import Case
from assistant.evaluation.retrieval import DEPTH, Hit, hit_of
from assistant.law.passage import Passage
from assistant.ports import Embedder, Vectors
from benchmarks.texts import PlainDocument, headed

Search = Callable[[str, str], list[NodeWithScore]]
"""Question and language to nodes, best first."""

Opening = Callable[[Sequence["Chunk"], Embedder, Path | None], AbstractContextManager[Search]]
"""A retriever over chunks, its files in a folder, or in memory."""

_CANDIDATES = 60
_LANG = "lang"


class PortEmbedding(BaseEmbedding):
    """An embedder of ours as llama-index takes one."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name=embedder.name)
        self._embedder = embedder

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [row.tolist() for row in self._embedder.embed_passages(texts)]

    def _get_query_embedding(self, query: str) -> list[float]:
        vector: list[float] = self._embedder.embed_questions([query])[0].tolist()
        return vector

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)


@dataclass(frozen=True, slots=True)
class Chunk:
    """A node of the splitter and the row of a result that it makes."""

    node: TextNode
    hit: Hit


def split(documents: Sequence[PlainDocument]) -> list[Chunk]:
    """llama-index's default chunks: 1,024 tokens, 200 shared; each shows the provisions whose text it overlaps."""
    splitter = SentenceSplitter()
    chunks = []
    for document in documents:
        for node in splitter.get_nodes_from_documents([Document(text=document.text)]):
            assert isinstance(node, TextNode)
            assert node.start_char_idx is not None
            assert node.end_char_idx is not None
            places = document.places(node.start_char_idx, node.end_char_idx)
            chunks.append(Chunk(node, Hit(places, len(node.get_content().split()))))
    return chunks


def one_per_passage(passages: Sequence[Passage], lang: str = "") -> list[Chunk]:
    """One node a passage, found by its words and headings, as a text of `lang`.

    Without `lang`: as a text of its own language, and of the others too where it has one only.
    """
    return [
        Chunk(
            TextNode(text=headed(passage), metadata={_LANG: each}, excluded_embed_metadata_keys=[_LANG]),
            hit_of(passage),
        )
        for passage in passages
        for each in ((lang,) if lang else _languages(passage))
    ]


def embed(chunks: Sequence[Chunk], vectors: Vectors) -> None:
    """Give nodes their vectors, which llama-index then does not ask for again."""
    for chunk, vector in zip(chunks, vectors, strict=True):
        chunk.node.embedding = vector.tolist()


def results(search: Search, chunks: Sequence[Chunk]) -> Callable[[Case], list[Hit]]:
    """A retriever's nodes as rows of a result."""
    rows = {chunk.node.node_id: chunk.hit for chunk in chunks}
    return lambda case: [rows[found.node.node_id] for found in search(case.question.text, case.lang)]


@contextmanager
def dense_search(chunks: Sequence[Chunk], embedder: Embedder, folder: Path | None) -> Iterator[Search]:
    """The default retriever in Qdrant's local mode."""
    with closing(_client(folder)) as client:
        store = QdrantVectorStore(collection_name="dense", client=client)
        _add(store, chunks)
        retriever = _index(store, embedder).as_retriever(similarity_top_k=DEPTH)
        yield lambda question, _: retriever.retrieve(question)


@contextmanager
def hybrid_search(chunks: Sequence[Chunk], embedder: Embedder, folder: Path | None) -> Iterator[Search]:
    """llama-index's hybrid retriever: dense and our BM25 in Qdrant's local mode, fused by relative scores."""
    lang_of: dict[str, str] = {}
    for chunk in chunks:
        lang_of.setdefault(chunk.node.get_content(), str(chunk.node.metadata[_LANG]))
    asked: dict[str, str] = {}
    with closing(_client(folder)) as client:
        store = QdrantVectorStore(
            collection_name="hybrid",
            client=client,
            enable_hybrid=True,
            sparse_doc_fn=lambda texts: _sparse(texts, lang_of, bm25.encode_passage),
            sparse_query_fn=lambda texts: _sparse(texts, asked, bm25.encode_question),
            sparse_config=models.SparseVectorParams(modifier=models.Modifier.IDF),
        )
        _add(store, chunks)
        index = _index(store, embedder)
        present = sorted(set(lang_of.values()))
        retrievers = {lang: _hybrid(index, lang if present[1:] else "") for lang in present}

        def search(question: str, lang: str) -> list[NodeWithScore]:
            asked[question] = lang
            found: list[NodeWithScore] = retrievers[lang].retrieve(question)
            return found

        yield search


def _add(store: BasePydanticVectorStore, chunks: Sequence[Chunk]) -> None:
    """Write all nodes; that local mode has no payload indexes is known."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Payload indexes have no effect")
        store.add([chunk.node for chunk in chunks])


def _languages(passage: Passage) -> tuple[str, ...]:
    """Those in which a passage is looked for, its own first."""
    own = (passage.lang,)
    return tuple(dict.fromkeys((*own, *bm25.ANALYSERS))) if passage.only_language else own


def _client(folder: Path | None) -> QdrantClient:
    return QdrantClient(path=str(folder)) if folder else QdrantClient(location=":memory:")


def _index(store: BasePydanticVectorStore, embedder: Embedder) -> VectorStoreIndex:
    return VectorStoreIndex.from_vector_store(store, embed_model=PortEmbedding(embedder))


def _hybrid(index: VectorStoreIndex, lang: str) -> Any:
    """Its retriever of one language; without `lang` it need not tell languages apart."""
    return index.as_retriever(
        vector_store_query_mode=VectorStoreQueryMode.HYBRID,
        similarity_top_k=_CANDIDATES,
        sparse_top_k=_CANDIDATES,
        hybrid_top_k=DEPTH,
        filters=MetadataFilters(filters=[MetadataFilter(key=_LANG, value=lang)]) if lang else None,
    )


def _sparse(
    texts: Sequence[str], lang_of: Mapping[str, str], encode: Callable[[str, str], bm25.Sparse]
) -> tuple[list[list[int]], list[list[float]]]:
    vectors = [encode(text, lang_of[text]) for text in texts]
    return [list(vector.indices) for vector in vectors], [list(vector.values) for vector in vectors]
