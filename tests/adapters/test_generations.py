"""Building an index beside the one in use, and opening it, whatever goes wrong meanwhile."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from qdrant_client import QdrantClient

from assistant.adapters.edge_store import EmbeddedBackend
from assistant.adapters.generations import Generations, Recipe
from assistant.adapters.index import IndexBackend, OpenIndex, backend, open_index
from assistant.adapters.line_files import write_lines
from assistant.adapters.qdrant_store import ServerBackend
from assistant.errors import IndexMismatch, IndexMissing, StoreError
from assistant.law.passage import Passage
from tests.adapters.indexed import DIMENSIONS, HashingEmbedder, ask, passage, quick_folder, texts, write

pytestmark = pytest.mark.filterwarnings("ignore:Payload indexes have no effect in the local Qdrant")

RECIPE = Recipe.of("hashing-64", "edge")
EMBEDDED = EmbeddedBackend()
NOW = datetime(2026, 11, 21, tzinfo=UTC)
FIRST, SECOND = passage("Premier texte."), passage("Second texte.", "rgpd:art-2")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Where the index of a test lies."""
    with quick_folder(tmp_path) as quick:
        yield quick / "index"


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    private = tmp_path / "temporary"
    private.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(private))
    return private


@pytest.fixture
def generations(folder: Path) -> Generations:
    return Generations(folder)


def build(generations: Generations, *passages: Passage, where: IndexBackend = EMBEDDED, complete: bool = True) -> str:
    with generations.build(Recipe.of("hashing-64", where.kind)) as draft:
        (draft.acts / "rgpd.fr.json").write_text("{}")
        write_lines(draft.lines, [], HashingEmbedder())
        with where.writer(draft, DIMENSIONS) as store:
            write(store, *passages)
            count = store.count()
        draft.docstore.write_text("{}")
        if complete:
            draft.complete("corpus-hash", count, {"added": len(passages)}, NOW)
    return draft.folder.name


@contextmanager
def opened(generations: Generations, where: IndexBackend = EMBEDDED) -> Iterator[OpenIndex]:
    index = open_index(generations, Recipe.of("hashing-64", where.kind), where)
    yield index
    index.close()


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in (folder / "generations").iterdir())


def found(generations: Generations, where: IndexBackend = EMBEDDED) -> set[str]:
    with opened(generations, where) as index:
        return set(texts(ask(index.store, "texte")))


def test_before_the_first_ingestion_the_index_is_missing(generations: Generations) -> None:
    assert generations.current() is None
    with pytest.raises(IndexMissing, match="run `assistant ingest`"):
        open_index(generations, RECIPE, EMBEDDED)


def test_a_complete_generation_is_found_by_readers(generations: Generations) -> None:
    name = build(generations, FIRST)
    with opened(generations) as index:
        assert texts(ask(index.store, "texte")) == [FIRST.text]
        assert index.generation.id == name
        assert index.generation.meta.corpus == "corpus-hash"
        assert index.generation.meta.counts == {"added": 1}
        assert index.generation.meta.created == NOW
        assert (index.acts / "rgpd.fr.json").read_text() == "{}"


def test_the_next_generation_starts_from_the_one_in_use(generations: Generations) -> None:
    build(generations, FIRST)
    build(generations, SECOND)
    assert found(generations) == {FIRST.text, SECOND.text}


def test_the_acts_are_not_taken_over(generations: Generations, folder: Path) -> None:
    build(generations, FIRST)
    with generations.build(RECIPE) as draft:
        assert list(draft.acts.iterdir()) == []
        assert draft.docstore.is_file()


def test_another_embedder_starts_from_nothing(generations: Generations) -> None:
    build(generations, FIRST)
    with generations.build(Recipe.of("another", "edge")) as draft:
        assert draft.base is None
        assert [p.name for p in draft.folder.iterdir()] == ["acts"]


def test_an_index_of_another_embedder_is_refused(generations: Generations) -> None:
    build(generations, FIRST)
    with pytest.raises(IndexMismatch, match="built with embedder hashing-64, settings ask for e5: run `assistant"):
        open_index(generations, Recipe.of("e5", "edge"), EMBEDDED)


def test_an_index_of_another_store_is_refused(generations: Generations) -> None:
    build(generations, FIRST)
    with pytest.raises(IndexMismatch, match="built with store edge, settings ask for qdrant"):
        generations.require(Recipe.of("hashing-64", "qdrant"))


def test_an_incomplete_draft_changes_nothing(generations: Generations, folder: Path) -> None:
    name = build(generations, FIRST)
    build(generations, SECOND, complete=False)
    assert names(folder) == [name]
    assert found(generations) == {FIRST.text}


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, RuntimeError])
def test_an_interrupted_build_changes_nothing(
    generations: Generations, folder: Path, interruption: type[BaseException]
) -> None:
    name = build(generations, FIRST)

    def interrupted() -> None:
        with generations.build(RECIPE) as draft, EMBEDDED.writer(draft, DIMENSIONS) as store:
            write(store, SECOND)
            raise interruption

    with pytest.raises(interruption):
        interrupted()
    assert names(folder) == [name]
    assert found(generations) == {FIRST.text}


def test_a_half_written_generation_is_removed_by_the_next(generations: Generations, folder: Path) -> None:
    name = build(generations, FIRST)
    half = folder / "generations" / "000009-dead0000"
    shutil.copytree(folder / "generations" / name, half)
    (half / "meta.json").unlink()
    assert found(generations) == {FIRST.text}
    build(generations, SECOND)
    assert half.name not in names(folder)


def test_the_last_two_complete_generations_are_kept(generations: Generations, folder: Path) -> None:
    built = [build(generations, passage(f"Texte {n}.", f"rgpd:art-{n}")) for n in range(1, 5)]
    assert names(folder) == built[-2:]
    assert len(found(generations)) == 4


def test_a_second_ingestion_at_the_same_time_is_refused_in_one_line(generations: Generations, folder: Path) -> None:
    other = Generations(folder)
    with generations.build(RECIPE), pytest.raises(StoreError, match="another `assistant ingest` is running"):
        build(other, FIRST)
    build(other, FIRST)


def test_a_reader_keeps_its_generation_while_others_are_swapped_in(generations: Generations) -> None:
    build(generations, FIRST)
    with opened(generations) as index:
        for n in range(2, 6):
            build(generations, passage(f"Texte {n}.", f"rgpd:art-{n}"))
        assert texts(ask(index.store, "texte")) == [FIRST.text]
    assert len(found(generations)) == 5


def test_a_private_copy_is_removed_when_it_is_closed(generations: Generations, temporary: Path) -> None:
    build(generations, FIRST)
    with opened(generations):
        assert len(list(temporary.iterdir())) == 1
    assert list(temporary.iterdir()) == []


def test_a_copy_left_by_a_killed_process_is_removed_and_a_living_one_is_not(
    generations: Generations, temporary: Path
) -> None:
    build(generations, FIRST)
    abandoned = temporary / "assistant-index-abandoned"
    abandoned.mkdir()
    with opened(generations) as living:
        hour_ago = time.time() - 3600
        for copy in temporary.iterdir():
            os.utime(copy, (hour_ago, hour_ago))
        with opened(generations):
            assert not abandoned.exists()
            assert texts(ask(living.store, "texte")) == [FIRST.text]
            assert living.acts.is_dir()


@pytest.mark.parametrize("victim", ["shard/edge_config.json", "acts/rgpd.fr.json"])
def test_a_changed_file_is_noticed_and_the_next_ingestion_mends_it(
    generations: Generations, folder: Path, victim: str
) -> None:
    name = build(generations, FIRST)
    file = folder / "generations" / name / victim
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(StoreError, match="was changed: run `assistant ingest`"):
        open_index(generations, RECIPE, EMBEDDED)
    file.unlink()
    with pytest.raises(StoreError, match="is missing: run `assistant ingest`"):
        open_index(generations, RECIPE, EMBEDDED)
    build(generations, SECOND)
    assert SECOND.text in found(generations)


def test_a_truncated_vector_file_is_noticed(generations: Generations, folder: Path) -> None:
    name = build(generations, FIRST)
    largest = max((folder / "generations" / name).rglob("*.mmap"), key=lambda p: p.stat().st_size)
    os.truncate(largest, 1000)
    with pytest.raises(StoreError, match="was changed"):
        open_index(generations, RECIPE, EMBEDDED)


@pytest.mark.parametrize("content", ["", "{", '{"recipe": 3}'])
def test_an_unreadable_description_is_noticed(generations: Generations, folder: Path, content: str) -> None:
    name = build(generations, FIRST)
    (folder / "generations" / name / "meta.json").write_text(content)
    with pytest.raises(StoreError, match=r"its meta\.json cannot be read: run `assistant ingest`"):
        generations.current()
    build(generations, SECOND)
    assert found(generations) == {SECOND.text}


def test_a_pointer_to_nothing_is_noticed(generations: Generations, folder: Path) -> None:
    build(generations, FIRST)
    (folder / "current").write_text("000042-00000000\n")
    with pytest.raises(StoreError, match="it is not complete: run `assistant ingest`"):
        generations.current()
    build(generations, SECOND)
    assert found(generations) == {SECOND.text}


def test_a_count_that_differs_is_noticed(generations: Generations, folder: Path) -> None:
    name = build(generations, FIRST)
    meta = folder / "generations" / name / "meta.json"
    meta.write_text(json.dumps({**json.loads(meta.read_text()), "passages": 7}))
    with pytest.raises(StoreError, match="holds 1 passages of 7"):
        open_index(generations, RECIPE, EMBEDDED)


def test_a_folder_that_cannot_be_written_is_told_in_one_line(folder: Path) -> None:
    (folder).write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="cannot build the index"), Generations(folder).build(RECIPE):
        pass


def test_without_permission_to_write_nothing_is_lost(generations: Generations, folder: Path) -> None:
    build(generations, FIRST)
    with unprivileged(folder), pytest.raises(StoreError, match=r"no permission to write.*nothing was lost"):
        build(generations, SECOND)
    assert found(generations) == {FIRST.text}


@contextmanager
def unprivileged(folder: Path) -> Iterator[None]:
    """Run as somebody who may read the index but not write in it; root gives its rights up meanwhile."""
    ours = [p for p in (folder, folder / "ingest.lock", *folder.parents) if p.stat().st_uid == os.getuid()]
    before = {p: p.stat().st_mode for p in ours if p.parent != Path("/") and p != Path("/")}
    for p in before:
        p.chmod(0o755)
    folder.chmod(0o555)
    (folder / "ingest.lock").chmod(0o444)
    root = os.getuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        for p, mode in before.items():
            p.chmod(mode)


def test_on_a_server_each_generation_is_a_collection(folder: Path) -> None:
    client = QdrantClient(":memory:")
    server = ServerBackend(client)
    generations = Generations(folder, server.remove)
    for n in range(1, 4):
        build(generations, passage(f"Texte {n}.", f"rgpd:art-{n}"), where=server)
    build(generations, SECOND, where=server, complete=False)
    assert len(found(generations, server)) == 3
    assert {c.name for c in client.get_collections().collections} == {f"assistant-{n}" for n in names(folder)}
    client.close()


def test_a_server_that_lost_its_collection_is_told(folder: Path) -> None:
    client = QdrantClient(":memory:")
    server = ServerBackend(client)
    generations = Generations(folder, server.remove)
    client.delete_collection(f"assistant-{build(generations, FIRST, where=server)}")
    with pytest.raises(StoreError, match=r"holds no collection assistant-000001-.*run `assistant ingest`"):
        open_index(generations, Recipe.of("hashing-64", "qdrant"), server)
    client.close()


def test_a_server_that_does_not_answer_is_told(folder: Path) -> None:
    server = backend("http://127.0.0.1:9")
    generations = Generations(folder, lambda _: None)
    with pytest.raises(StoreError, match="check QDRANT_URL"):
        build(generations, FIRST, where=server)


def test_the_settings_choose_where_passages_live() -> None:
    assert backend("").kind == "edge"
    assert backend("http://127.0.0.1:9").kind == "qdrant"
