"""How provisions are named in the law, read as chains."""

from __future__ import annotations

import pytest

from assistant.law.crossref_grammar import NamedPlace, named_places
from assistant.law.flat import flat


def read(text: str, lang: str) -> list[str]:
    """Each place as `art 6 > paragraph 1 > point a`, ranges with `..`."""
    return [_written(place) for chain in named_places(flat(text), lang) for place in chain]


def _written(place: NamedPlace) -> str:
    steps = " > ".join(f"{step.kind} {step.number}" for step in place.steps)
    return f"{steps} .. {place.until[-1].number}" if place.until else steps


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("visée à l'article 9, paragraphe 1", ["art 9 > paragraph 1"]),
        ("visés aux articles 12 à 22 et à l'article 34", ["art 12 .. 22", "art 34"]),
        ("l’article 55 ou 56", ["art 55", "art 56"]),
        ("annexe III, point 5 b)", ["anx iii > point 5 > point b"]),
        ("annexe I, section A, point 12", ["anx i > section a > point 12"]),
        ("article 6, paragraphe 1, points a) à c)", ["art 6 > paragraph 1 > point a .. c"]),
        ("l'article premier", ["art 1"]),
        ("l'article 1er, paragraphe 2", ["art 1 > paragraph 2"]),
        ("article 4 bis, paragraphe 1 ter", ["art 4 bis > paragraph 1 ter"]),
        ("article 5, paragraphe 1, point b bis)", ["art 5 > paragraph 1 > point b bis"]),
        ("point a) i) du paragraphe 2", ["paragraph 2 > point a > point i"]),
        ("premier alinéa du paragraphe 2 de l'article 7", ["art 7 > paragraph 2 > subparagraph 1"]),
        ("deuxième et troisième alinéas", ["subparagraph 2", "subparagraph 3"]),
        (
            "article 10, paragraphes 1 et 2 et paragraphe 3, dernier alinéa",
            ["art 10 > paragraph 1", "art 10 > paragraph 2", "art 10 > paragraph 3 > subparagraph last"],
        ),
        (
            "l'article 17, paragraphe 3, point a), ou à l'article 9, paragraphe 2",
            ["art 17 > paragraph 3 > point a", "art 9 > paragraph 2"],
        ),
        ("l'article 4 et au paragraphe 2", ["art 4", "paragraph 2"]),
        ("la présente section s'applique", []),
        ("un point de vue et le point de contact", []),
    ],
)
def test_french_references_are_read(text: str, places: list[str]) -> None:
    assert read(text, "fr") == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("referred to in Article 6(1), points (a) to (c)", ["art 6 > paragraph 1 > point a .. c"]),
        ("point (f) of Article 6(1)", ["art 6 > paragraph 1 > point f"]),
        ("Articles 15, 16 and 21", ["art 15", "art 16", "art 21"]),
        (
            "Article 4(2) and (8) and Article 5(11)",
            ["art 4 > paragraph 2", "art 4 > paragraph 8", "art 5 > paragraph 11"],
        ),
        ("Article 60(7), (8) and (9)", ["art 60 > paragraph 7", "art 60 > paragraph 8", "art 60 > paragraph 9"]),
        ("Article 23(1) to (6)", ["art 23 > paragraph 1 .. 6"]),
        ("Point (h) of the first subparagraph", ["subparagraph 1 > point h"]),
        ("point 1, 6 or 7 of Annex III", ["anx iii > point 1", "anx iii > point 6", "anx iii > point 7"]),
        (
            "Section B, points 1 to 5, and points 8 and 9 of Annex VIII",
            [
                "anx viii > section b > point 1 .. 5",
                "anx viii > section b > point 8",
                "anx viii > section b > point 9",
            ],
        ),
        ("Article 4a(1)", ["art 4a > paragraph 1"]),
        ("Article 5(1), point (ba)", ["art 5 > paragraph 1 > point ba"]),
        ("Article 29(2) (b)", ["art 29 > paragraph 2"]),
    ],
)
def test_english_references_are_read(text: str, places: list[str]) -> None:
    assert read(text, "en") == places


def test_the_words_of_a_list_belong_to_one_place_each() -> None:
    text = "aux articles 13, 14 et 15"
    (chain,) = named_places(flat(text), "fr")
    assert [text[place.start : place.end] for place in chain] == ["articles 13", "14", "15"]
