"""The law of a day, through the whole pipeline: versions, inserted neighbours, and cities kept apart."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.answering.answer import Answer, AnswerKind
from assistant.answering.pipeline import Assistant
from assistant.answering.question import Question
from assistant.answering.reading.dates import day_asked
from assistant.law.act import ProvisionKind, text_hash
from assistant.law.identifiers import Reference
from assistant.manifest import load_manifest
from assistant.versions import changed_days, last_change

BEFORE = date(2026, 7, 26)
TODAY = date(2026, 11, 21)
EARLIER, LATER = "2024-07-12", "2026-07-27"
LANGUAGES = ("fr", "en")
SUBJECTS = (
    "que faut-il savoir sur la maîtrise de l'IA",
    "pratiques interdites en matière d'intelligence artificielle",
    "bac à sable réglementaire",
    "amendes pour un système à haut risque",
    "obligations de transparence pour les contenus générés",
)


def ask(assistant: Assistant, text: str, lang: str | None = None, day: date = TODAY, city: str | None = None) -> Answer:
    return assistant.answer(Question(text, lang=lang, as_of=day, collectivite=city))


def named(label: str, lang: str) -> str:
    return f"What does {label} say?" if lang == "en" else f"Que dit {label} ?"


def first_text(assistant: Assistant, answer: Answer, day: date) -> tuple[str, str]:
    """Version and hash of the text quoted first; the quote stands in that text, letter for letter."""
    first = answer.citations[0]
    text = assistant.library.passage(first.reference, first.lang, day).text
    assert text[first.start : first.end] == first.quote
    assert text_hash(text) == first.sha256
    return first.version_date, first.sha256


@pytest.fixture(scope="module")
def changed(assistant: Assistant) -> dict[str, list[Reference]]:
    """By language, every article, paragraph, point and annex of the AI Act whose words changed or that is new."""
    found = {}
    for lang in LANGUAGES:
        places = [Reference("ai-act", place) for place in assistant.library.act("ai-act", lang, TODAY).index]
        found[lang] = [place for place in places if last_change(assistant.library, place, lang, TODAY) is not None]
    return found


def is_whole(assistant: Assistant, place: Reference, lang: str) -> bool:
    """Whether a place is an article, a paragraph or an annex, and not a part of one."""
    node = assistant.library.act(place.act, lang, TODAY).find(place.locator)
    assert node is not None
    return node.kind in {ProvisionKind.ARTICLE, ProvisionKind.ANNEX, ProvisionKind.PARAGRAPH}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_changed_provision_is_in_the_library_under_each_date(
    assistant: Assistant, changed: dict[str, list[Reference]], lang: str
) -> None:
    library = assistant.library
    old = library.act("ai-act", lang, BEFORE)
    places = changed[lang]
    assert len(places) > 250
    for place in places:
        now = library.passage(place, lang, TODAY)
        assert now.version_date == LATER
        then = old.find(place.locator)
        if then is not None:
            passage = library.passage(place, lang, BEFORE)
            assert (passage.version_date, passage.text) == (EARLIER, then.official_text())
            assert passage.text != now.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_changed_article_paragraph_and_annex_answers_each_version_under_its_date(
    assistant: Assistant, changed: dict[str, list[Reference]], lang: str
) -> None:
    library = assistant.library
    old = library.act("ai-act", lang, BEFORE)
    wrong = []
    for place in changed[lang]:
        if not is_whole(assistant, place, lang):
            continue
        label = library.passage(place, lang, TODAY).label
        for day, version in ((BEFORE, EARLIER), (TODAY, LATER)):
            answer = ask(assistant, named(label, lang), lang, day)
            if day == BEFORE and old.find(place.locator) is None:
                if answer.kind is not AnswerKind.REFUSAL:
                    wrong.append(f"{label} did not exist on {day}")
                continue
            first = answer.citations[0]
            if first.reference != place or first_text(assistant, answer, day)[0] != version:
                wrong.append(f"{label} on {day}: {first.reference} of {first.version_date}")
    assert not wrong


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_changed_point_is_quoted_from_the_version_of_the_day(
    assistant: Assistant, changed: dict[str, list[Reference]], lang: str
) -> None:
    library = assistant.library
    old = library.act("ai-act", lang, BEFORE)
    for place in changed[lang]:
        if is_whole(assistant, place, lang) or old.find(place.locator) is None:
            continue
        label = library.passage(place, lang, TODAY).label
        for day, version in ((BEFORE, EARLIER), (TODAY, LATER)):
            answer = ask(assistant, named(label, lang), lang, day)
            assert answer.citations[0].reference.locator.holds(place.locator), f"{label} on {day}"
            assert first_text(assistant, answer, day)[0] == version


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Que dit l'article 4 du RIA ?", "ai-act:art-4"),
        ("Que dit l'article 4 bis du RIA ?", "ai-act:art-4bis"),
        ("que dit l'article 4bis du règlement IA", "ai-act:art-4bis"),
        ("art. 4 bis ria", "ai-act:art-4bis"),
        ("What does Article 4 of the AI Act say?", "ai-act:art-4"),
        ("What does Article 4a of the AI Act say?", "ai-act:art-4bis"),
        ("article 4a AI Act", "ai-act:art-4bis"),
        ("Que dit l'article 5, paragraphe 1, point b) du RIA ?", "ai-act:art-5.1.b"),
        ("Que dit l'article 5, paragraphe 1, point b bis) du RIA ?", "ai-act:art-5.1.bbis"),
        ("Que dit l'article 5, paragraphe 1 bis du RIA ?", "ai-act:art-5.1bis"),
        ("AI Act Article 5(1)(b)", "ai-act:art-5.1.b"),
        ("AI Act Article 5(1)(ba)", "ai-act:art-5.1.bbis"),
        ("AI Act Article 5(1)(bb)", "ai-act:art-5.1.bter"),
        ("AI Act Article 5(1a)", "ai-act:art-5.1bis"),
        ("AI Act Article 75c", "ai-act:art-75quater"),
        ("AI Act Article 5(1), point (ba)", "ai-act:art-5.1.bbis"),
        ("AI Act Article 3, point (14a)", "ai-act:art-3.14bis"),
        ("article 43, paragraphe 3, deuxième alinéa, du RIA", "ai-act:art-43.3.al2"),
        ("annexe I, section B, point 20, du RIA", "ai-act:anx-I.b.20"),
        ("article 75 quater du RIA", "ai-act:art-75quater"),
    ],
)
def test_inserted_neighbours_are_never_taken_for_each_other(assistant: Assistant, text: str, place: str) -> None:
    answer = ask(assistant, text)
    assert str(answer.citations[0].reference) == place
    assert first_text(assistant, answer, TODAY)[0] == LATER


@pytest.mark.parametrize("text", ["Que dit l'article 4 bis du RIA ?", "What does AI Act Article 5(1)(ba) say?"])
def test_an_inserted_provision_does_not_exist_before_its_day(assistant: Assistant, text: str) -> None:
    assert ask(assistant, text, day=BEFORE).kind is AnswerKind.REFUSAL


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("Que disait l'article 4 du RIA avant l'omnibus ?", EARLIER),
        ("Que disait l'article 4 du RIA en mars 2026 ?", EARLIER),
        ("What did Article 4 of the AI Act say before 27 July 2026?", EARLIER),
        ("Que dit l'article 4 du RIA depuis le 27 juillet 2026 ?", LATER),
        ("Que dit l'article 4 du RIA ?", LATER),
    ],
)
def test_the_day_read_in_a_question_chooses_the_version(assistant: Assistant, text: str, version: str) -> None:
    changes = changed_days(assistant.library)["ai-act"]
    answer = ask(assistant, text, day=day_asked(text, TODAY, changes) or TODAY)
    assert str(answer.citations[0].reference) == "ai-act:art-4"
    assert answer.citations[0].version_date == version


@pytest.mark.parametrize("day", [BEFORE, TODAY])
@pytest.mark.parametrize("text", SUBJECTS)
def test_a_search_finds_texts_of_the_day_only(assistant: Assistant, text: str, day: date) -> None:
    request, evidence = assistant.search(Question(text, as_of=day))
    assert evidence
    for piece in evidence:
        passage = piece.passage
        edition = assistant.library.edition(passage.reference.act, passage.lang, request.day)
        assert passage.version_date == edition.version_date.isoformat()
        assert edition.version_date <= day


def test_both_versions_of_the_ai_act_are_indexed(assistant: Assistant) -> None:
    found = {}
    for day in (BEFORE, TODAY):
        _, evidence = assistant.search(Question("maîtrise de l'IA du personnel", as_of=day))
        found[day] = {p.passage.version_date for p in evidence if p.passage.reference.act == "ai-act"}
    assert found == {BEFORE: {EARLIER}, TODAY: {LATER}}


def test_every_version_of_the_ai_act_in_the_mirror_is_a_source(mirror: Path) -> None:
    """The Official Journal's text is the English of the first version, and its recitals in French."""
    folders = {
        folder.name for folder in (mirror / "eu").iterdir() if "2024R1689" in folder.name and "R(" not in folder.name
    }
    act = load_manifest().find_act("ai-act")
    assert act is not None
    used = {path.split("/")[1] for version in act.version for text in version.text for path in text.paths}
    assert folders == used


CITIES = {"strasbourg": "deliberation-strasbourg", "lyon": "cadre-lyon"}


@pytest.mark.parametrize(("city", "other"), [("strasbourg", "cadre-lyon"), ("lyon", "deliberation-strasbourg")])
@pytest.mark.parametrize(
    "text",
    [
        "quels engagements a pris la ville sur la sobriété de l'IA ?",
        "faut-il former les agents à l'IA ?",
        "un catalogue d'outils autorisés existe-t-il ?",
        "puis-je utiliser ChatGPT pour un compte rendu ?",
        "does the city publish a yearly report on AI?",
    ],
)
def test_another_citys_rules_are_never_shown_unasked(assistant: Assistant, text: str, city: str, other: str) -> None:
    _, evidence = assistant.search(Question(text, as_of=TODAY, collectivite=city))
    assert other not in {piece.passage.reference.act for piece in evidence}
    assert other not in {citation.reference.act for citation in ask(assistant, text, city=city).citations}


@pytest.mark.parametrize("city", CITIES)
def test_the_own_citys_rules_are_found(assistant: Assistant, city: str) -> None:
    text = "quels engagements a pris la ville sur la sobriété de l'IA ?"
    _, evidence = assistant.search(Question(text, as_of=TODAY, collectivite=city))
    assert CITIES[city] in {piece.passage.reference.act for piece in evidence[:5]}


def test_a_city_that_is_named_is_answered_from_its_own_text(assistant: Assistant) -> None:
    for city, text in (
        ("strasbourg", "À Lyon, quels engagements sur la sobriété ?"),
        ("lyon", "et à Strasbourg, la sobriété ?"),
    ):
        answer = ask(assistant, text, city=city)
        other = next(act for owner, act in CITIES.items() if owner != city)
        assert answer.citations[0].reference.act == other


def test_a_city_without_texts_of_its_own_gets_neither(assistant: Assistant) -> None:
    _, evidence = assistant.search(
        Question("quelles règles de sobriété pour l'IA ?", as_of=TODAY, collectivite="autre")
    )
    assert not {piece.passage.reference.act for piece in evidence} & set(CITIES.values())
