"""Of sentences with one fact flipped none passes the gate; of sentences that still say the same nearly all do."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from assistant.answering.answer import Sentence
from assistant.answering.proof.verify import judge
from assistant.law.passage import Passage
from assistant.lexicon import Lexicon
from ingest.passages import passages
from tests.in_force import acts_in_force, library_in_force
from tests.properties.mutations import FLIPS, SEED, Changed, Drawn, drawn_from, mutants
from tests.properties.rewordings import harmless

pytestmark = pytest.mark.mirror
COUNT = 1000


@pytest.fixture(scope="module")
def drawn(mirror: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Drawn]:
    """Sentences of everything in force, French and English, with the passages of the index."""
    library = library_in_force(mirror, tmp_path_factory.mktemp("acts"))
    found: list[Passage] = []
    for act in acts_in_force(mirror):
        found += passages(library.manifest, act, Lexicon({}))
    return drawn_from(found)


def passes(changed: Changed) -> bool:
    passage = changed.drawn.passage
    return isinstance(judge(f"{changed.text} [1].", {1: passage}, passage.lang), Sentence)


def test_a_thousand_sentences_with_one_fact_flipped_are_all_withheld(drawn: list[Drawn]) -> None:
    flipped = mutants(drawn, COUNT, random.Random(SEED))
    kinds = Counter(changed.kind for changed in flipped)
    assert sum(kinds.values()) == COUNT
    assert min(kinds[kind] for kind in FLIPS) >= COUNT // 10
    assert [(c.kind, c.drawn.passage.id, c.text) for c in flipped if passes(c)] == []


def test_of_a_thousand_sentences_that_say_the_same_nineteen_in_twenty_are_shown(drawn: list[Drawn]) -> None:
    reworded = harmless(drawn, COUNT, random.Random(SEED))
    kinds = Counter(changed.kind for changed in reworded)
    assert len(reworded) == COUNT
    assert set(kinds) == {"unchanged", "named", "synonym", "reordered", "in words"}
    assert sum(passes(changed) for changed in reworded) >= 0.95 * COUNT


def test_both_languages_and_all_texts_are_drawn_from(drawn: list[Drawn]) -> None:
    texts = Counter((sentence.passage.reference.act, sentence.passage.lang) for sentence in drawn)
    assert {lang for _, lang in texts} == {"fr", "en"}
    assert {"rgpd", "ai-act", "nis2", "dsa", "data-act", "deliberation-strasbourg", "cadre-lyon", "charte"} == {
        act for act, _ in texts
    }
