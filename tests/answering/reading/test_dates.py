"""The day that a question asks for."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.reading.dates import asks_when, day_asked, days_of_change

TODAY = date(2026, 11, 21)
CHANGES = (date(2026, 7, 27),)


def asked(text: str) -> date | None:
    return day_asked(text, TODAY, CHANGES)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Que disait l'article 4 du RIA au 1er juillet 2025 ?", date(2025, 7, 1)),
        ("le 12/07/2024, que disait l'article 5 ?", date(2024, 7, 12)),
        ("Que prévoyait l'annexe III le 3 mai 2026 ?", date(2026, 5, 3)),
        ("Article 4 of the AI Act on 1 July 2026", date(2026, 7, 1)),
        ("What did Article 4 say as of 2 Aug 2025?", date(2025, 8, 2)),
        ("2026-03-01 article 4", date(2026, 3, 1)),
        ("art 5 en vigueur au 15.06.2025", date(2025, 6, 15)),
        ("l'article 50 dans sa rédaction du 12 juillet 2024", date(2024, 7, 12)),
        ("la version du 12 juillet 2024 de l'article 5", date(2024, 7, 12)),
    ],
)
def test_a_day_asked_for_is_that_day(text: str, day: date) -> None:
    assert asked(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("en mars 2026, quelles pratiques étaient interdites ?", date(2026, 3, 31)),
        ("quelles pratiques étaient interdites en 2024 ?", date(2024, 12, 31)),
        ("mars 2026 : que disait l'article 4 ?", date(2026, 3, 31)),
        ("règlement IA tel qu'il était en juin 2026", date(2026, 6, 30)),
        ("article 4 in July 2025", date(2025, 7, 31)),
        ("l'an dernier, que disait l'article 4 ?", date(2025, 12, 31)),
        ("En 2027, faut-il une évaluation d'impact ?", date(2027, 12, 31)),
    ],
)
def test_a_run_of_days_stands_for_its_last_day(text: str, day: date) -> None:
    assert asked(text) == day


def test_a_run_of_days_that_holds_today_is_today() -> None:
    assert asked("quelles pratiques sont interdites en 2026 ?") == TODAY
    assert asked("what is banned in November 2026?") == TODAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("avant le 27 juillet 2026 que disait l'article 4", date(2026, 7, 26)),
        ("article 4 avant l'été 2026", date(2026, 6, 20)),
        ("que disait l'article 50 jusqu'au 27 juillet 2026", date(2026, 7, 26)),
        ("before August 2025, which duties applied?", date(2025, 7, 31)),
    ],
)
def test_before_is_the_day_before(text: str, day: date) -> None:
    assert asked(text) == day


def test_since_a_day_that_has_come_is_today_and_from_a_day_to_come_is_that_day() -> None:
    assert asked("which duties apply since August 2026?") == TODAY
    assert asked("depuis le 2 août 2025, quelles obligations pour les modèles ?") == TODAY
    assert asked("qu'est-ce qui s'applique à partir du 2 décembre 2027 ?") == date(2027, 12, 2)


@pytest.mark.parametrize(
    "text",
    [
        "article 4 avant l'omnibus",
        "que disait l'article 4 avant la modification de juillet 2026 ?",
        "donne-moi l'ancienne version de l'article 4 du RIA",
        "l'ancien article 10 du règlement IA",
        "dans la version d'origine du règlement IA, article 4",
        "que disait l'article 4 avant d'être modifié ?",
        "que disait l'article 4 avant ?",
        "what did article 4 say before it was amended?",
        "old version of article 4 AI Act",
        "before the amendment, what did Article 10(5) say",
        "before Regulation 2026/1744, what did article 4 say?",
    ],
)
def test_before_an_amendment_is_the_last_day_of_the_earlier_text(text: str) -> None:
    assert asked(text) == date(2026, 7, 26)


def test_the_amendment_named_by_its_month_is_chosen_among_several() -> None:
    changes = (date(2025, 3, 1), date(2026, 7, 27))
    assert day_asked("article 4 avant la modification de mars 2025", TODAY, changes) == date(2025, 2, 28)
    assert day_asked("article 4 avant la modification", TODAY, changes) == date(2026, 7, 26)


def test_the_amendments_that_count_are_those_of_the_acts_named() -> None:
    changes = {"ai-act": CHANGES, "dsa": (date(2025, 1, 1),)}
    assert days_of_change(changes, ("dsa",)) == (date(2025, 1, 1),)
    assert days_of_change(changes, ("rgpd",)) == ()
    assert days_of_change(changes, ()) == (date(2025, 1, 1), date(2026, 7, 27))


def test_a_day_that_was_given_is_today_for_what_the_question_says() -> None:
    given = date(2026, 6, 1)
    assert day_asked("article 4 avant l'été 2026", given, CHANGES) is None
    assert day_asked("article 4 en juin 2026", given, CHANGES) == given


def test_an_act_that_was_never_amended_has_no_earlier_text() -> None:
    assert day_asked("l'ancienne version de l'article 33 du RGPD", TODAY, ()) is None
    assert day_asked("article 4 avant la modification", date(2026, 1, 1), CHANGES) is None


@pytest.mark.parametrize(
    "text",
    [
        "que dit le règlement du 13 juin 2024 sur les chatbots ?",
        "que dit la délibération du 15 décembre 2025 ?",
        "la loi du 6 janvier 1978",
        "what does the act of 13 June 2024 say",
        "conseil municipal du 27 juin 2025 a décidé quoi",
        "que dit l'article 22 du règlement (UE) 2016/679 ?",
        "le règlement 2024/1689 dit quoi sur le score social",
        "la charte de 2024",
        "budget 2025 de la ville ia",
    ],
)
def test_a_date_in_a_name_asks_for_no_day(text: str) -> None:
    assert asked(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "un système mis sur le marché avant le 2 août 2026 doit-il être conforme ?",
        "what about a model placed on the market before 2 August 2025?",
        "outil acheté en 2023, faut-il une analyse ?",
        "on a signé un contrat avec un hébergeur le 3 mars 2024, le Data Act s'applique ?",
        "les données de 2019 peuvent-elles servir à entraîner une ia",
        "le contrat se termine le 31 décembre 2028",
        "l'article 4 a été modifié en 2026 ?",
        "l'obligation prévue pour le 2 août 2026 a été reportée ?",
    ],
)
def test_a_date_of_an_event_asks_for_no_day(text: str) -> None:
    assert asked(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "avant le 2 décembre 2027 que dois-je faire ?",
        "d'ici 2027 que faut-il préparer",
        "what must we do by 2 August 2027?",
        "à partir de quand la notation sociale est interdite",
        "since when is social scoring banned",
        "Que dit l'article 113 sur le 2 août 2026 ?",
        "qu'est ce que l'omnibus a changé",
        "un ancien agent peut-il demander l'accès à ses données ?",
        "l'ancienne version de ChatGPT est-elle autorisée ?",
        "le syndicat doit-il être informé avant ?",
    ],
)
def test_deadlines_and_plain_mentions_ask_for_no_day(text: str) -> None:
    assert asked(text) is None


def test_a_comparison_of_two_days_asks_for_none() -> None:
    assert asked("différence entre la version de 2024 et celle de juillet 2026 ?") is None
    assert asked("différence de l'article 4 entre le 1er juillet 2026 et le 1er août 2026") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("depuis quand la notation sociale est interdite ?", True),
        ("les obligations sur le tri de CV commencent quand", True),
        ("Est-ce que le Data Act s'applique déjà à nos contrats ?", True),
        ("when do the high-risk rules start to apply", True),
        ("is article 50 in force", True),
        ("quand faut-il notifier une violation ?", False),
        ("qui doit tenir le registre ?", False),
    ],
)
def test_a_question_about_time_is_recognised(text: str, expected: bool) -> None:
    assert asks_when(text) is expected
