"""Texts that are missing: plain sentences instead of quotes, and never a word on what only the text could say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answering.absent.cite import cite_without_text
from assistant.answering.answer import Answer, AnswerKind, RefusalType
from assistant.answering.pipeline import Assistant
from assistant.answering.question import Question
from assistant.law.act import text_hash
from assistant.law.identifiers import Reference
from assistant.law.validity import Status
from assistant.lexicon import load_lexicon
from assistant.manifest import load_manifest
from assistant.settings import Settings
from assistant.wiring import open_searcher
from ingest.pipeline import ingest

DAY = date(2026, 11, 21)
HELD = ("32016R0679", "02016R0679-20160504", "32016R0679R(02)")
"""Folders of the mirror with the texts of the GDPR."""


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The assistant of a clone without a mirror and without a network."""
    yield from _opened(tmp_path_factory.mktemp("bare"), None)


@pytest.fixture(scope="module")
def gdpr_only(mirror: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The assistant where of all acts the GDPR alone is there."""
    partial = tmp_path_factory.mktemp("mirror")
    (partial / "eu").mkdir()
    (partial / "SOURCES.tsv").symlink_to(mirror / "SOURCES.tsv")
    (partial / "local").symlink_to(mirror / "local")
    for folder in HELD:
        (partial / "eu" / folder).symlink_to(mirror / "eu" / folder)
    yield from _opened(tmp_path_factory.mktemp("gdpr"), partial)


def _opened(data: Path, mirror: Path | None) -> Iterator[Assistant]:
    settings = Settings(data=data, mirror=mirror, offline=True, local_folder=data / "local")
    ingest(settings)
    opened = open_searcher(settings)
    yield opened
    opened.close()


def ask(assistant: Assistant, text: str) -> Answer:
    return assistant.answer(Question(text, as_of=DAY))


def refs(answer: Answer) -> list[str]:
    return [str(citation.reference) for citation in answer.citations]


def test_a_deadline_is_told_with_its_reference_its_link_and_the_warning(bare: Assistant) -> None:
    answer = ask(bare, "combien de temps pour signaler une fuite de données ?")
    assert answer.kind is AnswerKind.ANSWER
    first = answer.citations[0]
    assert refs(answer)[0] == "rgpd:art-33.1"
    assert "72 heures" in answer.sentences[0].text
    assert first.label == "RGPD, article 33, paragraphe 1"
    assert first.url.startswith("https://eur-lex.europa.eu/")
    assert first.url.endswith("CELEX:02016R0679-20160504#art_33")
    assert answer.warnings[0].startswith("Texte officiel absent de cette machine : RGPD.")
    assert answer.text.startswith(answer.warnings[0])
    assert "assistant ingest" in answer.text


def test_a_sentence_without_text_is_never_shown_as_a_quote(bare: Assistant) -> None:
    answer = ask(bare, "combien de temps pour signaler une fuite de données ?")
    assert {(citation.quote, citation.start, citation.end) for citation in answer.citations} == {("", 0, 0)}
    assert "«" not in " ".join(sentence.text for sentence in answer.sentences)
    assert "extraits des textes" not in answer.label.notice
    assert answer.label.ai_generated


def test_every_sentence_has_a_citation_and_every_citation_a_sentence(bare: Assistant) -> None:
    answer = ask(bare, "différence entre le RGPD et NIS2 pour déclarer un incident")
    assert {reference.split(":")[0] for reference in refs(answer)} == {"rgpd", "nis2"}
    assert [n for sentence in answer.sentences for n in sentence.citations] == [c.n for c in answer.citations]
    assert any("directive" in warning for warning in answer.warnings)


def test_an_article_of_an_absent_act_is_told_in_plain_words(bare: Assistant) -> None:
    answer = ask(bare, "que dit l'article 33 du RGPD ?")
    assert (answer.kind, refs(answer)) == (AnswerKind.ANSWER, ["rgpd:art-33"])


@pytest.mark.parametrize("place", ["l'article 120 du RGPD", "le considérant 71 du RGPD"])
def test_of_a_place_without_a_sentence_it_says_only_that_the_text_is_absent(bare: Assistant, place: str) -> None:
    answer = ask(bare, f"que dit {place} ?")
    assert answer.refusal is RefusalType.OUTSIDE_CORPUS
    assert answer.text.startswith("Texte officiel absent de cette machine : RGPD.")
    assert "ni dire s'il existe" in answer.text
    assert not answer.citations


def test_an_article_without_its_act_is_asked_back(bare: Assistant) -> None:
    answer = ask(bare, "que dit l'article 33 ?")
    assert answer.kind is AnswerKind.CLARIFICATION
    assert "RGPD, article 33" in answer.choices
    assert refs(ask(bare, "l'article 33 sur les fuites de données")) == ["rgpd:art-33"]


def test_an_article_that_no_text_here_has_is_not_said_not_to_exist(bare: Assistant) -> None:
    answer = ask(bare, "que dit l'article 300 ?")
    assert answer.refusal is RefusalType.OUTSIDE_CORPUS
    assert "absent de cette machine" in answer.text


def test_the_english_sentence_comes_with_the_english_page(bare: Assistant) -> None:
    answer = ask(bare, "how long do we have to report a data breach to the authority?")
    assert "72 hours" in answer.text
    assert "/EN/TXT/" in answer.citations[0].url
    assert answer.warnings[0].startswith("Official text absent from this machine: GDPR")


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("que dit l'article 82 de la loi informatique et libertés ?", RefusalType.OUTSIDE_CORPUS),
        ("c'est quoi la recette de la tarte aux pommes", RefusalType.OFF_TOPIC),
    ],
)
def test_what_no_text_answers_is_refused_as_ever(bare: Assistant, text: str, refusal: RefusalType) -> None:
    answer = ask(bare, text)
    assert answer.refusal is refusal
    assert "absent" not in answer.text


def test_a_version_that_the_sentence_was_not_written_for_is_said(bare: Assistant) -> None:
    answer = bare.answer(Question("que dit l'article 4 du règlement IA ?", as_of=date(2026, 3, 1)))
    assert any("depuis le 27 juillet 2026" in warning for warning in answer.warnings)


def test_a_verdict_is_given_without_the_law_that_it_rests_on(bare: Assistant) -> None:
    answer = ask(bare, "je peux mettre le CR de ma réunion sans les noms dans ChatGPT ?")
    assert answer.verdict is not None
    assert {reference.split(":")[0] for reference in refs(answer)} == {"charte"}


def test_a_text_that_is_here_is_quoted_as_ever(gdpr_only: Assistant) -> None:
    answer = ask(gdpr_only, "combien de temps pour signaler une fuite de données ?")
    assert all(citation.has_text for citation in answer.citations)
    assert not any("absent" in warning for warning in answer.warnings)


def test_a_text_that_is_missing_is_told_where_others_are_here(gdpr_only: Assistant) -> None:
    answer = ask(gdpr_only, "alerte sous 24 heures au csirt après une cyberattaque")
    assert {reference.split(":")[0] for reference in refs(answer)} == {"nis2"}
    assert answer.warnings[0].startswith("Texte officiel absent de cette machine : NIS 2.")
    assert {citation.status for citation in answer.citations} == {Status.DIRECTIVE}


def test_a_comparison_quotes_what_is_here_and_tells_what_is_missing(gdpr_only: Assistant) -> None:
    answer = ask(gdpr_only, "différence entre le RGPD et NIS2 pour déclarer un incident")
    here = {c.reference.act for c in answer.citations if c.has_text}
    told = {c.reference.act for c in answer.citations if not c.has_text}
    assert (here, told) == ({"rgpd"}, {"nis2"})
    assert [citation.n for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert any("absent de cette machine : NIS 2." in warning for warning in answer.warnings)


def test_a_place_that_a_text_here_has_not_is_still_a_false_premise(gdpr_only: Assistant) -> None:
    assert ask(gdpr_only, "que dit l'article 120 du RGPD ?").refusal is RefusalType.FALSE_PREMISE
    assert ask(gdpr_only, "que dit l'article 120 de NIS2 ?").refusal is RefusalType.OUTSIDE_CORPUS


def test_a_citation_without_text_is_the_one_with_text_but_for_the_quote(gdpr_only: Assistant) -> None:
    manifest = load_manifest()
    for entry in load_lexicon().entries.values():
        if entry.reference.act != "rgpd":
            continue
        passage = gdpr_only.provision(entry.reference, "fr", DAY)
        citation = cite_without_text(1, entry, "fr", DAY, manifest)
        assert (citation.label, citation.url) == (passage.label, passage.url)
        assert citation.status is passage.validity.status_on(DAY)
        assert (citation.version_date, citation.applies) == (passage.version_date, passage.validity.applications)
        assert text_hash(passage.text).startswith(citation.sha256)


@pytest.mark.parametrize(
    ("ref", "label", "anchor"),
    [
        ("rgpd:art-4.12", "RGPD, article 4, point 12)", "art_4"),
        ("ai-act:art-4bis.1", "Règlement IA, article 4 bis, paragraphe 1", "art_4a"),
        ("ai-act:anx-III.5.b", "Règlement IA, annexe III, point 5 b)", "anx_III"),
        ("nis2:art-2.2.f", "NIS 2, article 2, paragraphe 2, point f)", "art_2"),
    ],
)
def test_a_label_is_written_from_the_place_alone(ref: str, label: str, anchor: str) -> None:
    entry = load_lexicon().entries[Reference.parse(ref)]
    citation = cite_without_text(1, entry, "fr", DAY, load_manifest())
    assert citation.label == label
    assert citation.url.endswith(f"#{anchor}")
