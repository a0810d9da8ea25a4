"""Sentences out of a stream, and the grammar that bounds it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answering.composition.generate import Source, grammar, prompt_for, repeated, stream_sentences
from assistant.answering.composition.prompts import load_template
from assistant.errors import SettingsError
from assistant.law.identifiers import Reference
from assistant.lexicon import Entry
from assistant.ports import Prompt, Usage
from assistant.resources import prompts_folder
from tests.answering.passages import BREACH, LOGS, passage

VARIABLES = frozenset({"passages", "question", "no_source"})


class Script:
    """A language model that says what a test wants, in the pieces it wants."""

    name = "script"
    usage = Usage(1, 1, 0.0)

    def __init__(self, *pieces: str) -> None:
        self.pieces = pieces

    def count_tokens(self, prompt: Prompt) -> int:
        return len(prompt.user.split())

    def stream(self, prompt: Prompt) -> Iterator[str]:
        yield from self.pieces


PROMPT = Prompt("", "", None, 10)


@pytest.mark.parametrize(
    ("pieces", "sentences"),
    [
        (("La ville prévient. [1] Elle moti", "ve [2]", "."), ["La ville prévient. [1]", "Elle motive [2]."]),
        (("A b c. [1]", " [2] D e f. [3]"), ["A b c. [1] [2]", "D e f. [3]"]),
        (("Sans preuve aucune",), []),
        (("Prouvé. [1] coupé au mil",), ["Prouvé. [1]"]),
        ((), []),
        (("AUCUNE_SOURCE",), []),
        ((*"Lettre à lettre. [1] Et encore. [2]",), ["Lettre à lettre. [1]", "Et encore. [2]"]),
    ],
)
def test_a_sentence_is_given_out_when_it_is_complete(pieces: tuple[str, ...], sentences: list[str]) -> None:
    assert [text for text in stream_sentences(Script(*pieces), PROMPT) if text] == sentences


def test_the_grammar_names_only_the_passages_there_are() -> None:
    rules = grammar(2)
    assert '"[1]" | "[2]"' in rules
    assert "[3]" not in rules


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_prompt_numbers_its_passages_and_ends_with_the_question(lang: str) -> None:
    template = load_template(prompts_folder(), "answer", lang, VARIABLES)
    sources = [Source(passage(BREACH), None, "fr"), Source(passage(LOGS), None, "fr")]
    prompt = prompt_for("Et quand {rien} ?", sources, template, 50)
    assert "[1] RGPD, article 33, paragraphe 1\n1. En cas de fuite" in prompt.user
    assert "[2] " in prompt.user
    assert prompt.user.endswith("Et quand {rien} ?")


def test_a_long_passage_is_cut_at_a_word() -> None:
    template = load_template(prompts_folder(), "answer", "fr", VARIABLES)
    prompt = prompt_for("Quoi ?", [Source(passage("mot " * 2000), None, "fr")], template, 50)
    assert len(prompt.user) < 1600
    assert "mot …" in prompt.user


PLAIN = "La ville prévient l'autorité dans les 72 heures. Elle explique son retard."


def plain(text: str) -> Entry:
    return Entry(Reference.parse("rgpd:art-33.1"), {"fr": ()}, {"fr": text}, "", "")


def test_the_plain_sentence_stands_under_the_official_words() -> None:
    template = load_template(prompts_folder(), "answer", "fr", VARIABLES)
    prompt = prompt_for("Quoi ?", [Source(passage("mot " * 2000), plain(PLAIN), "fr")], template, 50)
    assert f"mot …\nEn clair : {PLAIN}\n" in prompt.user
    assert len(prompt.user) < 1600


@pytest.mark.parametrize(
    "text",
    [
        "La ville prévient l'autorité dans les 72 heures. [1]",
        "Elle explique son retard [1].",
        "la ville prévient l’autorité dans les 72 heures [2] [1]",
    ],
)
def test_a_plain_sentence_that_the_model_repeats_is_proven_by_its_provision(text: str) -> None:
    sources = {1: Source(passage(BREACH), plain(PLAIN), "fr"), 2: Source(passage(LOGS), None, "fr")}
    found = repeated(text, sources)
    assert found is not None
    assert found.citations == (1,)


@pytest.mark.parametrize(
    "text",
    [
        "La ville prévient l'autorité dans les 48 heures. [1]",
        "La ville ne prévient pas l'autorité dans les 72 heures. [1]",
        "La ville prévient l'autorité dans les 72 heures. [2]",
        "La ville prévient l'autorité dans les 72 heures.",
        "La ville prévient l'autorité. [1]",
        "[1]",
    ],
)
def test_a_plain_sentence_that_is_changed_or_cited_elsewhere_is_not(text: str) -> None:
    sources = {1: Source(passage(BREACH), plain(PLAIN), "fr"), 2: Source(passage(LOGS), None, "fr")}
    assert repeated(text, sources) is None


@pytest.mark.parametrize("text", ["no parting line {question}", "a {pasages}\n---\n{question}{no_source}"])
def test_a_prompt_with_a_wrong_variable_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "answer.fr.md").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"answer\.fr\.md"):
        load_template(tmp_path, "answer", "fr", VARIABLES)


def test_a_missing_prompt_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_template(tmp_path, "answer", "fr", VARIABLES)
