from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.adapters import disk
from assistant.adapters.edge_store import EdgeStore
from assistant.adapters.ingestion import Counts, run_ingestion
from assistant.errors import AuditError, StoreError
from assistant.law.passage import Passage
from tests.adapters.indexed import DIMENSIONS, HashingEmbedder, ask, passage, quick_folder, texts

PASSAGES = [passage(f"Texte numéro {n}.", f"rgpd:art-{n}") for n in range(1, 11)]


class Index:
    """A store, its document store and an embedder that remembers what it embedded."""

    def __init__(self, folder: Path) -> None:
        self.store = EdgeStore.create(folder / "shard", DIMENSIONS)
        self.docstore = folder / "docstore.json"
        self.embedder = HashingEmbedder()
        self.progress: list[tuple[int, int]] = []

    def ingest(self, *passages: Passage) -> Counts:
        self.embedder.embedded.clear()
        self.progress.clear()
        return run_ingestion(
            passages, self.embedder, self.store, self.docstore, lambda *done: self.progress.append(done)
        )


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with quick_folder(tmp_path) as folder:
        opened = Index(folder)
        yield opened
        opened.store.close()


def test_the_first_run_indexes_everything(index: Index) -> None:
    assert index.ingest(*PASSAGES) == Counts(added=10, changed=0, removed=0, unchanged=0)
    assert index.store.fetch([p.id for p in PASSAGES]) == PASSAGES
    assert ask(index.store, "numéro 7")[0].passage == PASSAGES[6]
    assert len(index.embedder.embedded) == 10


def test_a_second_run_embeds_and_writes_nothing(index: Index) -> None:
    index.ingest(*PASSAGES)
    assert index.ingest(*PASSAGES) == Counts(added=0, changed=0, removed=0, unchanged=10)
    assert index.embedder.embedded == []
    assert index.store.count() == 10


def test_only_what_changed_is_embedded_again(index: Index) -> None:
    index.ingest(*PASSAGES)
    corrected = replace(PASSAGES[3], text="Texte rectifié.")
    counts = index.ingest(*PASSAGES[:3], corrected, *PASSAGES[4:9], passage("Texte nouveau.", "rgpd:art-11"))
    assert counts == Counts(added=1, changed=1, removed=1, unchanged=8)
    assert [text.splitlines()[-1] for text in index.embedder.embedded] == ["Texte rectifié.", "Texte nouveau."]
    assert index.store.fetch([corrected.id]) == [corrected]
    assert index.store.fetch([PASSAGES[9].id]) == []
    assert index.store.count() == 10


def test_a_changed_link_is_a_change(index: Index) -> None:
    index.ingest(*PASSAGES)
    moved = replace(PASSAGES[0], url="https://eur-lex.europa.eu/elsewhere")
    assert index.ingest(moved, *PASSAGES[1:]).changed == 1
    assert index.store.fetch([moved.id]) == [moved]


def test_the_same_words_in_two_places_are_two_passages(index: Index) -> None:
    twins = [passage("Les mêmes mots.", "dsa:art-1"), passage("Les mêmes mots.", "dsa:art-2")]
    index.ingest(*twins)
    assert index.ingest(twins[1]) == Counts(added=0, changed=0, removed=1, unchanged=1)
    assert texts(ask(index.store, "mots")) == ["Les mêmes mots."]


def test_everything_can_be_removed(index: Index) -> None:
    index.ingest(*PASSAGES)
    assert index.ingest() == Counts(added=0, changed=0, removed=10, unchanged=0)
    assert index.store.count() == 0
    assert index.ingest(*PASSAGES).added == 10


def test_progress_is_told_from_nothing_to_all(index: Index) -> None:
    many = [passage(f"Texte {n}.", f"dsa:art-{n}") for n in range(1, 601)]
    index.ingest(*many)
    assert index.progress[0] == (0, 600)
    assert index.progress[-1] == (600, 600)
    assert len(index.progress) > 3


def test_two_passages_of_the_same_name_are_refused(index: Index) -> None:
    with pytest.raises(AuditError, match=f"two passages are called {PASSAGES[0].id}"):
        index.ingest(PASSAGES[0], replace(PASSAGES[0], text="autre"))


def test_a_broken_document_store_is_told(index: Index) -> None:
    index.docstore.write_text("{")
    with pytest.raises(StoreError, match=r"docstore\.json cannot be read.*run `assistant ingest`"):
        index.ingest(*PASSAGES)


def test_the_document_store_holds_no_text(index: Index) -> None:
    index.ingest(*PASSAGES)
    assert "Texte" not in index.docstore.read_text()


def test_a_disk_that_fills_up_is_told_before_the_engine_meets_it(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "RESERVE", 2**62)
    with pytest.raises(StoreError, match="MB are needed; nothing was lost"):
        index.ingest(*PASSAGES)
    assert not index.docstore.exists()


def test_llama_index_is_imported_without_its_default_models() -> None:
    code = (
        "import sys, assistant.adapters.ingestion\n"
        "from llama_index.core import Settings\n"
        "assert Settings._embed_model is None and Settings._llm is None\n"
        "print([name for name in ('openai', 'nltk', 'torch', 'transformers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[]\n", "")
