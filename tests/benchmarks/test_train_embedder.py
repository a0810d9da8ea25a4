from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from assistant.adapters.static_embedder import StaticEmbedder
from benchmarks import train_embedder
from benchmarks.train_embedder import Batches, Encoder, Recipe, related, save, thinned, train, train_tokenizer
from benchmarks.training_data import BETWEEN, Corpus, Pair, Parts, Unseen

LINES = {
    "rgpd:art-33": "fuite de données piratage de la mairie",
    "rgpd:art-33.1": "prévenir la CNIL en 72 heures",
    "rgpd:art-33.2": "le prestataire prévient la ville",
    "rgpd:art-30": "tenir le registre des traitements",
}
LAW = {
    "rgpd:art-33": "notification d'une violation",
    "rgpd:art-33.1": "notifie la violation à l'autorité de contrôle",
    "rgpd:art-33.2": "le sous-traitant notifie au responsable",
    "rgpd:art-30": "registre des activités",
}


def always(*parts: str) -> Callable[[random.Random], Parts]:
    return lambda _: parts


def pair(key: str) -> Pair:
    return Pair(key, LINES[key], always(LAW[key]), key.split(".")[0])


PAIRS = [pair(key) for key in LINES]
TOKENIZER = train_tokenizer(iter([*LINES.values(), *LAW.values(), *LINES.values(), BETWEEN]))


def test_parts_are_cut_into_the_pieces_of_the_whole_text() -> None:
    parts = ("Fuite de données", "le Registre,", "prévenir")
    [pieces] = Encoder(TOKENIZER, longest=80)([parts])
    assert pieces.tolist() == TOKENIZER.encode(BETWEEN.join(parts), add_special_tokens=False).ids


def test_a_batch_holds_whole_articles_and_each_provision_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train_embedder, "BATCH", 3)
    others = [Pair(f"rgpd:art-{n}", "x", always("y"), f"rgpd:art-{n}") for n in range(40, 90)]
    drawn = Batches([*PAIRS[:3], *PAIRS[:3], *others], siblings=1.0)
    for seed in range(60):
        keys = [drawn_pair.key for drawn_pair in drawn.draw(random.Random(seed))]
        assert len(keys) == len(set(keys)) == 3
        if keys[0].startswith("rgpd:art-33"):
            assert set(keys) == {"rgpd:art-33", "rgpd:art-33.1", "rgpd:art-33.2"}
            return
    pytest.fail("no batch began with the article")


def test_an_article_is_no_negative_of_its_own_paragraph_but_siblings_are() -> None:
    mask = related(PAIRS)
    assert mask[0, 1]
    assert mask[2, 0]
    assert not mask[1, 2]
    assert not mask[0, 3]
    assert not mask.diagonal().any()


def test_leaving_out_pieces_never_empties_a_text() -> None:
    texts = [np.arange(1), np.arange(40)]
    some = thinned(texts, 0.5, np.random.default_rng(1))
    assert len(some[0]) == 1
    assert 5 < len(some[1]) < 35
    assert [len(text) for text in thinned(texts, 0.0, np.random.default_rng(1))] == [1, 40]


def test_the_same_seed_gives_the_same_weights_and_they_find_the_provision(tmp_path: Path) -> None:
    corpus = Corpus({"lines": PAIRS})
    recipe = Recipe((("lines", 1.0),), steps=30, siblings=0.5, dropout=0.1)
    weights = train(corpus, TOKENIZER, recipe, seed=3)
    assert torch.equal(weights, train(corpus, TOKENIZER, recipe, seed=3))
    save(weights, TOKENIZER, tmp_path)
    embedder = StaticEmbedder(tmp_path, "tiny")
    near = embedder.embed_passages(list(LAW.values())) @ embedder.embed_questions([LINES["rgpd:art-30"]])[0]
    assert list(LAW)[int(near.argmax())] == "rgpd:art-30"


def test_an_act_that_is_left_out_is_recognised_in_other_editions() -> None:
    text = "Les produits connectés sont conçus de telle sorte que les données soient accessibles à l'utilisateur."
    unseen = Unseen.of([text])
    assert unseen.holds(f"1. {text} (voir aussi l'annexe I)")
    assert not unseen.holds("Les fournisseurs de réseaux prennent les mesures adéquates pour garantir la sécurité.")
    assert not Unseen.of([]).holds(text)
