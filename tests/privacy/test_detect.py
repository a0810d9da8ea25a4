"""What is personal data and what only looks like it, case by case."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.privacy import Finding, Kind, findings, mask
from assistant.privacy.detect import _apart


def found(text: str) -> list[tuple[str, str]]:
    return [(each.kind.value, text[each.start : each.end]) for each in findings(text)]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("mme le gall veut un rdv", "name", "mme le gall"),
        ("mr et mme keita sont convoqués", "name", "mr et mme keita"),
        ("MADAME ROSSI NE PAIE PLUS SON LOYER", "name", "MADAME ROSSI"),
        ("un souci avec jean-marc muller du service voirie", "name", "jean-marc muller"),
        ("mon voisin M.Keller fait du bruit", "name", "M.Keller"),
        ("nom : Bouchard", "name", "Bouchard"),
        ("élève TRAN Minh Anh en CE1", "name", "TRAN Minh Anh"),
        ("habite 18 rue de l'Abbé Noir appt 12 67200 STRASBOURG", "address",
         "18 rue de l'Abbé Noir appt 12 67200 STRASBOURG"),
        ("12A rue des Frères", "address", "12A rue des Frères"),
        ("n° sécu : 1.85.07.67.482.123.11", "nir", "1.85.07.67.482.123.11"),
        ("carte vitale 295026748215012", "nir", "295026748215012"),
        ("courriel jean_dupont [at] exemple [dot] com", "email", "jean_dupont [at] exemple [dot] com"),
        ("née en mars 1987 à Oran", "birth", "mars 1987"),
        ("IBAN : FR76-3000-6000-0112-3456-7890-189 merci", "iban", "FR76-3000-6000-0112-3456-7890-189"),
        ("N° allocataire CAF : 0123456 B", "file", "0123456 B"),
    ],
)  # fmt: skip
def test_personal_data_is_found_whole(text: str, kind: str, value: str) -> None:
    assert found(text) == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "décision n° 2018-765 DC du Conseil constitutionnel",
        "arrêt C-311/18, puis le règlement 2016/679 du 27 avril 2016",
        "délibération CNIL n° 2021-122, loi n° 78-17, décret n° 2019-536 du 29 mai 2019",
        "Docteur en droit, je cherche l'article 9",
        "Me concernant, puis-je refuser ?",
        "madame peut elle refuser, mme l'adjointe ou m. l'adjoint",
        "M. Tout-le-monde et Mme la DPO",
        "modèle Mistral Large 2, Claude Sonnet 4, Claude Opus",
        "100 cours en ligne, 5 place assises, le 3 mail envoyé par erreur",
        "dossier 2024-2025 et dossier de 2019",
        "allocataire 12 mois, une demande de 2500 euros",
        "collège Simone Veil, rue Rosa Parks, place Kléber",
        "écrire à contact@exemple.fr ou rgpd@exemple.fr",
        "version 4.1.2.1 du logiciel",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_number_is_reported_once_as_what_it_is() -> None:
    assert [kind for kind, _ in found("IBAN FR76 3000 6000 0112 3456 7890 189 de Mme Kim, tel 06 39 98 12 34")] == [
        "iban",
        "name",
        "phone",
    ]


def test_an_account_number_with_a_wrong_key_is_none() -> None:
    assert found("FR77 3000 6000 0112 3456 7890 189") == []


def test_the_siret_of_a_company_or_a_public_body_is_not_personal() -> None:
    assert found("la société Dupuis, siret 732 829 320 00074") == []
    assert found("siret 21670482500019") == []
    assert found("siret 732 829 320 00074") == [("siret", "732 829 320 00074")]


@given(st.text(max_size=200) | st.text("MmeDr. SophieDurand12rue@:-'/né\n", max_size=80))
@settings(deadline=None)
def test_findings_lie_inside_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for each in findings(text):
        assert end <= each.start < each.end <= len(text)
        end = each.end


CRAFTED = [
    *("a", "a-", ":: ", "06 ", "fr76 ", "12 rue ", "Mme ", "M. ", "sophie ", "1.2.", "né le ", "1/1/", "a@b.fr "),
    *("dossier n° ", "caf:", "1 85 05 78 006 084 36 ", "AB12" + "A" * 40 + " ", "1 rue de A ", "1 place a De "),
]
"""Pieces that patterns like, told over and over."""

BLANKS = ["dossier", "né", "née le", "1 rue a", "1 rue a 67000", "Mme", "12", "agent n°"]
"""What a pattern looks for before a blank, of which thousands follow."""


@pytest.mark.parametrize("text", [piece * 20_000 for piece in CRAFTED] + [word + " " * 20_000 for word in BLANKS])
def test_a_crafted_text_does_not_hang_the_guard(text: str) -> None:
    started = time.perf_counter()
    masked = mask(text[:20_000], findings(text[:20_000]))
    assert masked
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("née   le :  3 mars 1987", "3 mars 1987"),
        ("né en 1950", "1950"),
        ("date de naissance : le 12/03/1987", "12/03/1987"),
        ("dossier n° EST-2024-5551", "EST-2024-5551"),
        ("numéro de dossier est le 2024123456", "2024123456"),
        ("allocataire CAF n. 0123456", "0123456"),
        ("demande numéro #445566", "445566"),
        ("18 rue Vauban ,  bât B , 67000 Strasbourg", "18 rue Vauban ,  bât B , 67000 Strasbourg"),
        ("FR76 3000 6000 0112 3456 7890 189 pour monsieur", "FR76 3000 6000 0112 3456 7890 189"),
        ("FR7630006000011234567890189.", "FR7630006000011234567890189"),
    ],
)
def test_what_stands_between_a_word_and_its_number_is_passed_over(text: str, value: str) -> None:
    assert [shown for _, shown in found(text)] == [value]


@given(st.lists(st.tuples(st.sampled_from(Kind), st.integers(0, 40), st.integers(1, 15)), max_size=12))
def test_every_character_of_a_finding_stays_covered_when_findings_overlap(drawn: list[tuple[Kind, int, int]]) -> None:
    every = [Finding(kind, start, start + length) for kind, start, length in drawn]
    kept = _apart(every)
    assert all(one.end <= other.start for one, other in pairwise(kept))
    covered = {place for one in kept for place in range(one.start, one.end)}
    assert covered == {place for one in every for place in range(one.start, one.end)}
