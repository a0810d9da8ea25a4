from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from assistant.adapters.edge_store import EdgeStore
from assistant.answering.question import Question
from benchmarks.remembered import RememberingEmbedder, RememberingReader, RememberingStore
from tests.adapters.indexed import DIMENSIONS, HashingEmbedder, ask, passage, write
from tests.benchmarks.cases import reader


def test_a_store_that_remembers_answers_as_the_store_until_it_changes(tmp_path: Path) -> None:
    store = EdgeStore.create(tmp_path / "shard", DIMENSIONS)
    write(store, passage("une fuite de données"), passage("un registre", "rgpd:art-30"))
    memory = RememberingStore(store)
    assert ask(memory, "fuite") == ask(store, "fuite") == ask(memory, "fuite")
    assert len(memory.known) == 1
    memory.delete([passage("").id])
    assert ask(memory, "fuite") == ask(store, "fuite")
    store.close()


def test_an_embedder_that_remembers_gives_the_same_vectors() -> None:
    embedder = HashingEmbedder()
    memory = RememberingEmbedder(embedder)
    texts = ["une fuite", "un registre", "une fuite"]
    assert np.array_equal(memory.embed_questions(texts), embedder.embed_questions(texts))
    assert len(memory.known) == 2


def test_a_reader_that_remembers_reads_as_the_reader() -> None:
    question, day = Question("que dit l'article 33 du RGPD ?"), date(2026, 11, 21)
    memory = reader(RememberingReader)
    assert memory.read(question, day) == reader().read(question, day)
    assert memory.read(question, day) is memory.read(question, day)
