"""What a plain sentence may and may not say beside its provision."""

from __future__ import annotations

import pytest

from assistant.lexique.proof import disagreements
from assistant.lexique.substitutions import load_substitutions
from tests.answering.passages import passage

BREACH = (
    "1. Le responsable du traitement notifie la violation à l'autorité de contrôle dans les meilleurs délais et, si "
    "possible, 72 heures au plus tard après en avoir pris connaissance, à moins que la violation ne soit pas "
    "susceptible d'engendrer un risque."
)
LOGS = "6. Deployers shall keep the logs for at least six months, unless otherwise provided in Union law."
CHOICE = "2. Les États membres peuvent prévoir une amende avant le 2 août 2026, conformément à l'article 84."


@pytest.mark.parametrize(
    ("text", "lang", "sentence"),
    [
        (
            BREACH,
            "fr",
            "La collectivité prévient la CNIL dans les 72 heures après l'avoir appris, sauf si c'est sans risque.",
        ),
        (BREACH, "fr", "En soixante-douze heures au plus, la commune doit prévenir la CNIL, sauf risque peu probable."),
        (
            LOGS,
            "en",
            "A city using the system must keep the logs for 6 months or more, at least six months, unless law differs.",
        ),
        (CHOICE, "fr", "Chaque État peut prévoir une amende avant août 2026 (article 84)."),
        (
            CHOICE,
            "fr",
            "Chaque État peut prévoir une amende ; ce paragraphe ne crée pas d'obligation pour une commune.",
        ),
    ],
)
def test_a_sentence_may_say_it_in_its_own_words(text: str, lang: str, sentence: str) -> None:
    assert disagreements(sentence, passage(text, lang=lang)) == []


@pytest.mark.parametrize(
    ("text", "lang", "sentence", "gap"),
    [
        (BREACH, "fr", "La commune prévient la CNIL dans les 48 heures, sauf si c'est sans risque.", "says 48 hour"),
        (BREACH, "fr", "La commune prévient la CNIL dans les 72 jours, sauf si c'est sans risque.", "says 72 day"),
        (
            BREACH,
            "fr",
            "La commune prévient la CNIL après au moins 72 heures, sauf si c'est sans risque.",
            "says at least",
        ),
        (BREACH, "fr", "La commune prévient la CNIL dans les 72 heures.", "leaves out"),
        (LOGS, "en", "A city may keep the logs for at least six months, unless law differs.", "says 'may'"),
        (LOGS, "en", "A city must keep the logs for six months, unless law differs.", "says exactly 6 month"),
        (LOGS, "en", "A city must keep the logs for at most six months, unless law differs.", "says at most 6 month"),
        (LOGS, "en", "A city must keep the logs for at least six months.", "leaves out 'except'"),
        (CHOICE, "fr", "Les États doivent prévoir une amende avant le 2 août 2026.", "says 'must'"),
        (CHOICE, "fr", "Les États peuvent prévoir une amende avant le 2 août 2027.", "says 2027-08-02"),
        (CHOICE, "fr", "Les États peuvent prévoir une amende selon l'article 83.", "says article 83"),
        (CHOICE, "fr", "Les États ne prévoient jamais d'amende.", "says 'not'"),
        (CHOICE, "fr", "Les États peuvent prévoir une amende, sauf pour les petites villes.", "says 'except'"),
    ],
)
def test_what_the_provision_does_not_say_is_named(text: str, lang: str, sentence: str, gap: str) -> None:
    found = disagreements(sentence, passage(text, lang=lang))
    assert any(gap in reason for reason in found), found


def test_the_article_around_a_point_may_hold_its_negation() -> None:
    point = passage("a) une tâche courte;", "ai-act:art-6.3.a")
    sentence = "Une IA n'est pas à haut risque pour une tâche courte."
    assert disagreements(sentence, point) == ["says 'not'"]
    assert disagreements(sentence, point, "3. Un système n'est pas considéré comme étant à haut risque.") == []


def test_a_gap_that_was_read_and_accepted_is_not_told_again() -> None:
    accepted = load_substitutions().accepted
    assert accepted["charte:art-2", "fr"] == {"says 3"}
    text = passage("1. Une primauté. 2. Une utilité. 3. Une mesure.", "charte:art-2")
    assert disagreements("La charte pose trois principes.", text) == []
    assert disagreements("La charte pose quatre principes.", text) == ["says 4"]
