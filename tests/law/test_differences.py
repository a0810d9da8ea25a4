"""What changed between two wordings."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.law.differences import Operation, Piece, same_words, shared_wording, word_diff

SAME, REMOVED, ADDED = Operation.SAME, Operation.REMOVED, Operation.ADDED
WORDS = st.lists(st.sampled_from(["le", "la", "loi", "doit", "ne", "pas", "article", "5", ",", "\n", " "])).map(
    " ".join
)


def test_a_replaced_word_is_a_removal_and_an_addition() -> None:
    assert word_diff("Il doit agir vite.", "Il peut agir vite.") == (
        Piece(SAME, "Il "),
        Piece(REMOVED, "doit"),
        Piece(ADDED, "peut"),
        Piece(SAME, " agir vite."),
    )


def test_a_lone_word_between_two_changes_is_shown_with_them() -> None:
    pieces = word_diff("garantir un niveau de maîtrise", "favoriser le développement de la maîtrise")
    assert [piece.operation for piece in pieces] == [REMOVED, ADDED, SAME]


def test_spaces_and_the_shape_of_quotation_marks_are_no_change() -> None:
    assert same_words("«\u00a0risque\u00a0», l’IA", '"risque", l\'IA')
    assert word_diff("«\u00a0risque\u00a0», l’IA", '"risque", l\'IA') == (Piece(SAME, '"risque", l\'IA'),)


def test_a_comma_or_a_negation_is_a_change() -> None:
    assert not same_words("il doit, sauf accord", "il doit sauf accord")
    assert not same_words("il doit agir", "il ne doit pas agir")


def test_wording_that_only_moved_is_recognised() -> None:
    old = "1. Les fournisseurs prennent des mesures pour leur personnel."
    assert shared_wording("Les fournisseurs prennent des mesures pour leur personnel.", old) == 1.0
    assert shared_wording("La Commission publie des exemples pratiques.", old) == 0.0
    assert shared_wording("", old) == 0.0


@settings(deadline=None)
@given(WORDS, WORDS)
def test_the_pieces_give_both_texts_back(before: str, after: str) -> None:
    pieces = word_diff(before, after)
    assert "".join(piece.text for piece in pieces if piece.operation is not REMOVED) == after
    kept = "".join(piece.text for piece in pieces if piece.operation is not ADDED)
    assert same_words(kept, before)
