"""A clone without a mirror and without a network: it says what is absent, and answers from what is there."""

from __future__ import annotations

import pytest

from assistant.answering.answer import AnswerKind
from assistant.answering.question import Question
from assistant.doctor import examine
from assistant.settings import Settings
from assistant.wiring import open_searcher
from ingest.pipeline import ingest


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    data = tmp_path_factory.mktemp("bare")
    return Settings(data=data, mirror=None, offline=True, local_folder=data / "local")


@pytest.fixture(scope="module")
def said(settings: Settings) -> list[str]:
    return list(ingest(settings).lines())


def test_the_ingestion_names_every_absent_file_and_indexes_the_rest(said: list[str]) -> None:
    assert any(line.startswith("missing: eu/02016R0679-20160504/fr.html") for line in said)
    assert any("Cure: drop it into" in line for line in said)
    assert said[-1].startswith("indexed 1 texts")


def test_the_doctor_says_what_is_absent_and_how_to_mend_it(said: list[str], settings: Settings) -> None:
    report = examine(settings)
    assert not report.ok
    assert not any(text.complete for text in report.texts)
    assert {document.id: bool(document.sections) for document in report.documents} == {
        "deliberation-strasbourg": False,
        "cadre-lyon": False,
        "charte": True,
    }
    assert all("run `assistant ingest` with a network" in text.cure for text in report.texts)


def test_it_answers_from_the_charter(said: list[str], settings: Settings) -> None:
    assistant = open_searcher(settings)
    answer = assistant.answer(Question("que dit la charte sur la relecture d'un texte écrit avec une IA ?"))
    assert answer.kind is AnswerKind.ANSWER
    assert {citation.reference.act for citation in answer.citations if citation.has_text} == {"charte"}
    assistant.close()


def test_it_tells_the_missing_law_in_plain_words_with_its_link(said: list[str], settings: Settings) -> None:
    assistant = open_searcher(settings)
    answer = assistant.answer(Question("combien de temps pour signaler une fuite de données ?"))
    assistant.close()
    assert answer.kind is AnswerKind.ANSWER
    assert "72 heures" in answer.sentences[0].text
    assert str(answer.citations[0].reference).startswith("rgpd:art-33")
    assert answer.citations[0].url.startswith("https://eur-lex.europa.eu/")
    assert not answer.citations[0].quote
    assert any(warning.startswith("Texte officiel absent de cette machine") for warning in answer.warnings)
