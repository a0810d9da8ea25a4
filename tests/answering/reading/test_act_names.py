"""Names of the acts in a text."""

from __future__ import annotations

from assistant.answering.reading.act_names import ActNames

NAMES = ActNames.of({"rgpd": ("RGPD", "règlement sur la protection des données"), "charte": ("charte",)})


def test_acts_are_found_once_each_in_the_order_of_the_text() -> None:
    assert NAMES.acts("La charte dit-elle plus que le RGPD ? Et le rgpd ?") == ("charte", "rgpd")


def test_a_name_inside_a_word_is_none() -> None:
    assert NAMES.acts("les chartes et le rgpdien") == ()


def test_the_charter_of_fundamental_rights_is_not_the_citys_charter() -> None:
    assert NAMES.acts("la charte des droits fondamentaux de l'Union") == ()


def test_the_names_taken_out_leave_what_is_asked() -> None:
    assert NAMES.without("Que dit le RGPD sur les fuites ?") == "que dit le sur les fuites ?"


def test_no_names_find_nothing() -> None:
    assert ActNames.of({}).acts("le RGPD") == ()


def test_a_text_that_is_left_out_is_not_asked_about() -> None:
    assert NAMES.acts("où se plaindre d'une IA illégale (pas RGPD)") == ()
    assert NAMES.left_out("où se plaindre d'une IA illégale (pas RGPD)") == {"rgpd"}
    assert NAMES.acts("en dehors du RGPD, que dit la charte ?") == ("charte",)
    assert NAMES.acts("n'est-ce pas le RGPD qui le dit ?") == ("rgpd",)


CITIES = ActNames.of({"deliberation-strasbourg": ("Strasbourg",), "rgpd": ("RGPD",)}, ["strasbourg"])


def test_a_place_near_a_city_does_not_ask_for_its_rules() -> None:
    assert CITIES.acts("deux villages près de Strasbourg") == ()
    assert CITIES.acts("Two villages near Strasbourg share a DPO") == ()
    assert CITIES.acts("un robot sur strasbourg.eu") == ()
    assert CITIES.acts("à Strasbourg, on a le droit ?") == ("deliberation-strasbourg",)
    assert CITIES.acts("une formation autour du RGPD") == ("rgpd",)
