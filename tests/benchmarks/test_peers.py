from __future__ import annotations

from pathlib import Path

from assistant.evaluation.questions import Place
from benchmarks import peers
from benchmarks.texts import PlainDocument, Span
from benchmarks.vectors import KeptVectors
from tests.adapters.indexed import HashingEmbedder
from tests.answering.passages import passage

LONG = "Une phrase sur les registres de la mairie. " * 200
TEXT = LONG + "Une fuite de données se notifie."
DOCUMENT = PlainDocument(
    "x",
    ("fr",),
    TEXT,
    (Span(Place("rgpd", "art-1"), 0, len(LONG)), Span(Place("rgpd", "art-33.1"), len(LONG), len(TEXT))),
)


def ready(chunks: list[peers.Chunk], embedder: HashingEmbedder) -> list[peers.Chunk]:
    peers.embed(chunks, embedder.embed_passages([chunk.node.get_content() for chunk in chunks]))
    return chunks


def test_a_default_chunk_is_credited_with_every_provision_it_overlaps(tmp_path: Path) -> None:
    embedder = HashingEmbedder()
    chunks = ready(peers.split([DOCUMENT]), embedder)
    assert len(chunks) > 1
    assert chunks[0].hit.places == (Place("rgpd", "art-1"),)
    assert Place("rgpd", "art-33.1") in chunks[-1].hit.places
    with peers.dense_search(chunks, embedder, tmp_path) as search:
        assert len(search("une fuite", "fr")) == len(chunks)


def test_the_hybrid_peer_finds_a_passage_by_its_words_in_the_language_asked(tmp_path: Path) -> None:
    embedder = HashingEmbedder()
    pool = [
        passage("Les fuites se notifient.", "rgpd:art-33"),
        passage("Le registre est tenu.", "rgpd:art-30"),
        passage("Breaches are notified.", "rgpd:art-33", lang="en"),
    ]
    chunks = ready(peers.one_per_passage(pool), embedder)
    with peers.hybrid_search(chunks, embedder, tmp_path) as search:
        found = {chunk.node.node_id: chunk.hit for chunk in chunks}
        rows = [found[node.node.node_id] for node in search("fuite", "fr")]
        assert rows[0].places == (Place("rgpd", "art-33"),)
        assert [node.node.get_content() for node in search("breach", "en")] == ["Breaches are notified."]


def test_vectors_are_made_once_for_the_same_texts(tmp_path: Path) -> None:
    embedder, kept = HashingEmbedder(), KeptVectors(tmp_path / "kept")
    first = kept.of(embedder, ["une fuite", "un registre"])
    assert (kept.of(embedder, ["une fuite", "un registre"]) == first).all()
    assert len(embedder.embedded) == 2
    kept.of(embedder, ["une fuite"])
    assert len(embedder.embedded) == 3
