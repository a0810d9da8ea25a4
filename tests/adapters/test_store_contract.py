"""One contract, three places: the embedded store, Qdrant's in-memory twin, a server where QDRANT_URL names one."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

import numpy as np
import pytest
from qdrant_client import QdrantClient

from assistant.adapters.edge_store import EdgeStore
from assistant.adapters.hybrid import RRF_K
from assistant.adapters.qdrant_store import QdrantStore, drop
from assistant.errors import StoreError
from assistant.law.passage import Passage
from assistant.ports import Filter, PassageStore, Query
from tests.adapters.indexed import DIMENSIONS, TODAY, ask, passage, texts, write

pytestmark = pytest.mark.filterwarnings("ignore:Payload indexes have no effect in the local Qdrant")

SERVER = os.environ.get("QDRANT_URL", "")


class CountedStore(PassageStore, Protocol):
    def count(self) -> int: ...

    def fetch(self, ids: Sequence[str]) -> list[Passage]: ...


@pytest.fixture(params=["edge", "memory", *(["server"] if SERVER else [])])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[CountedStore]:
    if request.param == "edge":
        edge = EdgeStore.create(tmp_path / "shard", DIMENSIONS)
        yield edge
        edge.close()
        return
    client = QdrantClient(url=SERVER) if request.param == "server" else QdrantClient(":memory:")
    collection = f"contract-{uuid.uuid4().hex}"
    yield QdrantStore.create(client, collection, DIMENSIONS)
    drop(client, collection)
    client.close()


BREACH = passage("La violation de données est notifiée à l'autorité de contrôle dans les 72 heures.")
CONSENT = passage("La personne retire son consentement à tout moment.", "rgpd:art-7.3")
SCORING = passage("La notation sociale des personnes est interdite.", "ai-act:art-5.1.c")


def test_what_was_written_is_found_whole(store: CountedStore) -> None:
    write(store, BREACH, CONSENT, SCORING)
    assert ask(store, "violation de données")[0].passage == BREACH


def test_an_empty_store_finds_nothing(store: CountedStore) -> None:
    assert ask(store, "violation de données") == []
    assert store.count() == 0


def test_a_passage_written_again_replaces_the_first(store: CountedStore) -> None:
    write(store, BREACH)
    ask(store, "violation")
    write(store, passage("Texte corrigé sur la violation."))
    assert texts(ask(store, "violation")) == ["Texte corrigé sur la violation."]
    assert store.count() == 1


def test_a_deleted_passage_is_not_found(store: CountedStore) -> None:
    write(store, BREACH, CONSENT)
    ask(store, "violation")
    store.delete([BREACH.id])
    assert texts(ask(store, "violation de données")) == [CONSENT.text]
    assert store.fetch([BREACH.id]) == []


def test_deleting_what_is_not_there_is_no_error(store: CountedStore) -> None:
    write(store, BREACH)
    store.delete(["rgpd/2016-05-04/fr/art-99.9"])
    store.delete([])
    assert store.count() == 1


def test_passages_are_fetched_by_id_in_the_order_asked(store: CountedStore) -> None:
    write(store, BREACH, CONSENT)
    assert store.fetch([CONSENT.id, "unknown", BREACH.id]) == [CONSENT, BREACH]


def test_a_question_finds_passages_of_its_language_only(store: CountedStore) -> None:
    english = passage("The personal data breach is notified within 72 hours.", lang="en")
    write(store, BREACH, english)
    assert texts(ask(store, "breach 72", lang="en")) == [english.text]
    assert texts(ask(store, "violation 72", lang="fr")) == [BREACH.text]


def test_text_that_exists_in_one_language_only_is_found_in_both(store: CountedStore) -> None:
    local = passage("Strasbourg délibère.", "deliberation-strasbourg:decision", only_language=True)
    write(store, local)
    assert texts(ask(store, "Strasbourg", lang="en")) == [local.text]
    assert texts(ask(store, "Strasbourg", lang="fr")) == [local.text]


def test_the_version_of_the_day_is_found(store: CountedStore) -> None:
    old = passage("L'ancien texte.", "ai-act:art-4", valid_from=date(2024, 7, 12), valid_until=date(2026, 7, 27))
    new = passage("Le nouveau texte.", "ai-act:art-4", valid_from=date(2026, 7, 27))
    write(store, old, new)
    assert texts(ask(store, "texte", day=date(2024, 7, 11))) == []
    assert texts(ask(store, "texte", day=date(2024, 7, 12))) == [old.text]
    assert texts(ask(store, "texte", day=date(2026, 7, 26))) == [old.text]
    assert texts(ask(store, "texte", day=date(2026, 7, 27))) == [new.text]


def test_acts_narrow_the_search(store: CountedStore) -> None:
    write(store, BREACH, CONSENT, SCORING)
    assert texts(ask(store, "personnes", acts=("ai-act",))) == [SCORING.text]
    assert len(ask(store, "personnes", acts=("ai-act", "rgpd"))) == 3
    assert ask(store, "personnes", acts=()) == []


def test_a_word_without_its_accents_finds_the_word_with_them(store: CountedStore) -> None:
    write(store, BREACH, CONSENT, SCORING)
    found = ask(store, "notifiees donnees controle")
    assert found[0].passage == BREACH
    assert dict(found[0].ranks)["bm25"] == 1


def test_the_score_is_the_sum_of_reciprocal_ranks(store: CountedStore) -> None:
    write(store, BREACH, CONSENT, SCORING)
    for hit in ask(store, "violation de données notifiée"):
        assert hit.score == pytest.approx(sum(1 / (RRF_K + rank - 1) for _, rank in hit.ranks), rel=1e-4)


def test_a_passage_found_by_both_retrievers_comes_before_one_found_by_one(store: CountedStore) -> None:
    write(store, BREACH, CONSENT, SCORING)
    best, *others = ask(store, "consentement retire")
    assert best.passage == CONSENT
    assert dict(best.ranks) == {"dense": 1, "bm25": 1}
    assert all("bm25" not in dict(hit.ranks) for hit in others)
    assert [hit.score for hit in others] == sorted((hit.score for hit in others), reverse=True)


def test_a_rare_word_weighs_by_its_rarity_in_its_own_language(store: CountedStore) -> None:
    commons = [passage(f"Le dossier commun {n}.", f"rgpd:art-{n}") for n in range(1, 9)]
    rare = passage("Le registre.", "rgpd:art-30")
    foreign = [passage(f"Registre {n}.", f"rgpd:art-{n}", lang="en") for n in range(1, 30)]
    write(store, *commons, rare, *foreign)
    ranked = sorted(ask(store, "registre dossier", limit=20), key=lambda hit: dict(hit.ranks).get("bm25", 99))
    assert ranked[0].passage == rare


@pytest.mark.parametrize("question", ["", "   ", "le la les de", "???"])
def test_a_question_without_words_is_searched_by_its_vector(store: CountedStore, question: str) -> None:
    write(store, BREACH, CONSENT)
    assert [{name for name, _ in hit.ranks} for hit in ask(store, question)] == [{"dense"}, {"dense"}]


def test_a_passage_without_words_is_kept(store: CountedStore) -> None:
    blank = passage("—", "rgpd:art-1")
    write(store, blank)
    assert ask(store, "")[0].passage == blank


def test_no_more_than_the_limit_comes_back(store: CountedStore) -> None:
    write(store, *(passage(f"Donnée numéro {n}.", f"rgpd:art-{n}") for n in range(1, 31)))
    assert len(ask(store, "donnée", limit=7)) == 7


def test_fewer_vectors_than_passages_are_refused(store: CountedStore) -> None:
    with pytest.raises(StoreError, match="2 passages came with vectors of shape"):
        store.write([BREACH, CONSENT], np.ones((1, DIMENSIONS), dtype=np.float32))


def test_vectors_of_another_size_are_refused(store: CountedStore) -> None:
    with pytest.raises(StoreError, match=f"expected dim: {DIMENSIONS}, got 3"):
        store.write([BREACH], np.ones((1, 3), dtype=np.float32))
    write(store, BREACH)
    with pytest.raises(StoreError, match="run `assistant ingest`"):
        store.search(Query("x", np.ones(3, dtype=np.float32), Filter("fr", TODAY), 5))


def test_a_language_without_a_stemmer_is_refused(store: CountedStore) -> None:
    with pytest.raises(StoreError, match="no stemmer for the language 'de'"):
        ask(store, "Daten", lang="de")


def test_five_thousand_passages_are_searched_exactly(store: CountedStore) -> None:
    many = [passage(f"Disposition {n} sur le sujet {n % 97}.", f"dsa:art-{n}") for n in range(1, 5001)]
    generator = np.random.default_rng(7)
    vectors = generator.standard_normal((len(many), DIMENSIONS)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    store.write(many, vectors)
    assert store.count() == 5000
    for wanted in (0, 2500, 4999):
        found = store.search(Query(f"disposition {wanted + 1}", vectors[wanted], Filter("fr", TODAY), 5))
        assert found[0].passage == many[wanted]
        assert dict(found[0].ranks) == {"dense": 1, "bm25": 1}
