"""Phrases as trees: groups of words, which may name one another, and gaps."""

from __future__ import annotations

import pytest

from assistant.usage.understanding_trie import grown
from assistant.usage.understanding_words import PhraseSet, RankedPhrases, read_line

GROUPS = grown({"machine": ("machine", "logiciel* de tri"), "engin": ("@machine", "robot")})


def found(phrase: str, text: str) -> bool:
    return PhraseSet([phrase], GROUPS).found(read_line(text).line)


def test_a_group_stands_for_each_of_its_phrases_and_for_nothing_else() -> None:
    assert found("@machine qui", "une machine qui trie")
    assert found("@machine qui", "des logiciels de tri qui classent")
    assert not found("@machine qui", "un robot qui trie")
    assert not found("@machine qui", "une personne qui trie")


def test_a_group_may_name_the_groups_above_it() -> None:
    assert found("laisser un @engin", "laisser un robot trier")
    assert found("laisser un @engin", "laisser un logiciel de tri choisir")


def test_a_group_may_stand_on_both_sides_of_a_gap() -> None:
    assert found("@engin … @machine", "un robot qui parle à une machine")
    assert not found("@engin … @machine", "un robot qui parle, la machine écoute")


def test_a_phrase_with_a_group_keeps_the_rank_of_its_set() -> None:
    ranked = RankedPhrases([["@engin … refuse"], ["machine"]], GROUPS)
    assert ranked.best(read_line("une machine qui refuse").line) == 0
    assert ranked.best(read_line("une machine qui trie").line) == 1


def test_a_group_that_is_not_written_is_refused_by_its_name() -> None:
    with pytest.raises(ValueError, match=r"@appareil is no group: write it under \[groups\]"):
        PhraseSet(["@appareil qui"], GROUPS)
