"""The hardest plain sentences come first."""

from __future__ import annotations

from assistant.lexique.ease import readings
from tests.lexique.entries import entry, lexicon


def test_long_stretches_and_rare_words_make_a_sentence_hard() -> None:
    common = ["prévenir la mairie"] * 4
    entries = lexicon(
        entry("rgpd:art-1", fr=common, plain_fr="La mairie prévient.", plain_en=""),
        entry("rgpd:art-2", plain_fr="La mairie prévient ses habitants et ses voisins au plus tôt.", plain_en=""),
        entry("rgpd:art-3", plain_fr="Pseudonymisation intersectorielle.", plain_en=""),
    )
    found = readings(entries)
    assert [str(reading.reference) for reading in found] == ["rgpd:art-2", "rgpd:art-3", "rgpd:art-1"]
    assert found[0].longest == 11
    assert found[1].rare == ("pseudonymisation", "intersectorielle")
    assert "rare words: pseudonymisation" in found[1].line()


def test_a_colon_ends_a_stretch() -> None:
    [reading] = readings(lexicon(entry("rgpd:art-1", plain_fr="Trois cas : un ; deux ; et le dernier.", plain_en="")))
    assert reading.longest == 3
