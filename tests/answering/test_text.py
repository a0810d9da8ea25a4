"""Languages, and sentences with their offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.text import content_words, detect_language, sentences
from assistant.law.folding import fold


@given(st.text(alphabet="abc é.;!?:\n 1", max_size=200))
def test_sentences_are_slices_in_order_without_overlap(text: str) -> None:
    last = 0
    for start, end in sentences(text):
        assert last <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]
        last = end


@given(st.text(alphabet="abc é.;!?:\n 1", max_size=200))
def test_no_letter_is_lost_between_sentences(text: str) -> None:
    kept = "".join(text[start:end] for start, end in sentences(text))
    assert [c for c in kept if c.isalpha()] == [c for c in text if c.isalpha()]


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    text = "Le maire notifie à l'art. 55, dans les 72 heures. Il en informe la CNIL."
    assert [text[a:b] for a, b in sentences(text)] == [
        "Le maire notifie à l'art. 55, dans les 72 heures.",
        "Il en informe la CNIL.",
    ]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("je peux mettre le CR de ma réunion dans chatgpt ?", "fr"),
        ("c koi un hebergeur", "fr"),
        ("can I use ChatGPT to summarise a meeting?", "en"),
        ("who grants trusted flagger status?", "en"),
        ("art 22 rgpd", "fr"),
    ],
)
def test_the_language_of_a_question_is_read_from_its_small_words(text: str, lang: str) -> None:
    assert detect_language(text, "fr") == lang


def test_folding_drops_accents_and_keeps_words() -> None:
    assert fold("Données À CARACTÈRE œuvré") == "donnees a caractere oeuvre"
    assert content_words("Est-ce que la mairie peut utiliser ChatGPT ?") == ["mairie", "utiliser", "chatgpt"]
