"""What is personal data and what only looks like it, case by case."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.privacy import findings


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


@pytest.mark.parametrize(
    "piece", ["a", "a-", ":: ", "06 ", "fr76 ", "12 rue ", "Mme ", "M. ", "sophie ", "1.2.", "né le "]
)
def test_a_question_of_the_longest_kind_does_not_hang_the_guard(piece: str) -> None:
    started = time.perf_counter()
    findings((piece * 20_000)[:20_000])
    assert time.perf_counter() - started < 20
