from __future__ import annotations

import pytest

from assistant.adapters.bm25 import encode_passage, encode_question
from assistant.errors import StoreError


def stems(text: str, lang: str = "fr") -> set[int]:
    return set(encode_question(text, lang).indices)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("données", "donnees"),
        ("Règlement", "reglement"),
        ("l'équipe", "equipe"),
        ("d’œuvre", "oeuvre"),
        ("violations", "violation"),
    ],
)
def test_words_that_read_the_same_are_the_same(one: str, other: str) -> None:
    assert stems(one) == stems(other) != set()


@pytest.mark.parametrize("text", ["", "  \n", "le la les de des", "été à même", "etaient a", "?!…", "§"])
def test_a_text_without_words_has_no_index(text: str) -> None:
    assert not encode_question(text, "fr")
    assert not encode_passage(text, "fr")


def test_numbers_of_provisions_are_words() -> None:
    assert len(stems("art. 33")) == 2
    assert stems("4bis") != stems("4")


def test_english_is_stemmed_as_english() -> None:
    assert stems("notified authorities", "en") == stems("notify the authority", "en")
    assert not stems("the of and", "en")


def test_a_repeated_word_weighs_more_but_less_than_twice() -> None:
    once, twice = encode_passage("violation registre", "fr"), encode_passage("violation violation registre", "fr")
    single = dict(zip(once.indices, once.values, strict=True))
    double = dict(zip(twice.indices, twice.values, strict=True))
    (word,) = stems("violation")
    assert single[word] < double[word] < 2 * single[word]


def test_a_long_passage_gives_each_word_less_weight() -> None:
    short = encode_passage("violation", "fr")
    long = encode_passage("violation " + " ".join(f"mot{n}" for n in range(200)), "fr")
    (word,) = stems("violation")
    assert dict(zip(long.indices, long.values, strict=True))[word] < short.values[0]


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(StoreError, match="fr or en"):
        encode_passage("Daten", "de")
