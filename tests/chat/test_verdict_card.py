import pytest

from assistant.chat.texts import texts
from assistant.chat.verdict_card import Row, VerdictCard
from assistant.usage.types import VerdictValue

FR = texts("fr")
VERDICT: dict[str, object] = {
    "value": "sous_conditions",
    "tool": "chatgpt",
    "tool_name": "ChatGPT",
    "use": "compte_rendu",
    "data": "inconnu",
    "audience": "interne",
    "collectivite": "strasbourg",
    "reason": "Un motif.",
    "conditions": ["Retirer les noms."],
    "citations": [1, 2],
    "contact": "votre référent IA",
    "review_date": "2027-01-15",
    "alternatives": ["albert", "autre"],
    "by_data": [{"data": "publiques", "value": "autorise"}, {"data": "sensibles", "value": "interdit"}],
}


def test_a_verdict_is_told_in_words_and_by_a_shape() -> None:
    card = VerdictCard.of(VERDICT, {"albert": "Albert"}, FR)
    assert card.words == "Autorisé sous conditions"
    assert card.icon
    assert card.situation == "ChatGPT, faire un compte rendu de réunion, pour les agents, Strasbourg"
    assert (card.to_do, card.conditions) == ("Conditions à remplir", ("Retirer les noms.",))
    assert card.citations == (1, 2)
    assert card.alternatives == ("Albert", "autre")
    assert card.review.endswith("15 janvier 2027")


def test_values_by_class_of_data_are_rows() -> None:
    rows = VerdictCard.of(VERDICT, {}, FR).by_data
    assert rows[0] == Row("données publiques", "✓", "Autorisé")
    assert rows[1].words == "Interdit"


@pytest.mark.parametrize("value", list(VerdictValue))
def test_every_value_has_words_and_a_shape_of_its_own(value: VerdictValue) -> None:
    card = VerdictCard.of({"value": value.value}, {}, texts("en"))
    assert card.words != value.value
    assert card.icon


@pytest.mark.parametrize(
    ("value", "lang", "heading"),
    [
        ("non_evalue", "fr", "En attendant"),
        ("non_evalue", "en", "Meanwhile"),
        ("interdit", "fr", "Que faire"),
        ("a_valider", "en", "Before you start"),
    ],
)
def test_what_is_not_allowed_has_no_conditions_to_meet(value: str, lang: str, heading: str) -> None:
    assert VerdictCard.of({"value": value}, {}, texts(lang)).to_do == heading


def test_a_value_that_the_page_does_not_know_is_shown_as_it_is() -> None:
    card = VerdictCard.of({"value": "nouveau", "conditions": None, "by_data": "x"}, {}, FR)
    assert (card.words, card.icon, card.conditions, card.by_data) == ("nouveau", "?", (), ())


@pytest.mark.parametrize(
    "paragraph",
    [
        "☑ Autorisé sous conditions (ChatGPT, faire un compte rendu)",
        "Un motif.",
        "Conditions à remplir :\n- [ ] Retirer les noms.\n- [ ] Autre chose.",
        "| Selon les données | Verdict |\n|---|---|\n| données personnelles, données sensibles | ✕ Interdit |",
        "Outils possibles : Albert, autre.",
        "À qui s'adresser : votre référent IA.",
    ],
)
def test_what_the_card_shows_is_not_shown_again_below_it(paragraph: str) -> None:
    assert VerdictCard.of(VERDICT, {"albert": "Albert"}, FR).says(paragraph)


def test_a_reason_in_law_is_never_taken_for_a_part_of_the_card() -> None:
    card = VerdictCard.of(VERDICT, {"albert": "Albert"}, FR)
    assert not card.says("Le responsable du traitement informe la personne et s'adresse à votre référent IA. [1]")
    assert not VerdictCard.of({"value": "interdit"}, {}, FR).says("Une phrase.")
