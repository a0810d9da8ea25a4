"""Which names of a dropped document make a question name it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answering.reading.act_names import ActNames
from assistant.law.act import Act
from assistant.lexicon import Lexicon
from assistant.manifest import load_manifest
from assistant.text_names import SUBJECT, names_of_acts
from tests.lexique.entries import act, entry, lexicon, library_of, provision

NO_LINES = lexicon()


def dropped(name: str, title: str) -> Act:
    text = act(name, provision("contenu"))
    return Act(name, "fr", "", "", text.version_date, text.valid_from, None, title, text.provisions)


def names(folder: Path, text: Act, lines: Lexicon = NO_LINES) -> tuple[str, ...]:
    return tuple(names_of_acts(load_manifest(), library_of(folder, text), lines)[text.act])


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("note", "Note"),
        ("formation", "La formation"),
        ("2024", "2024"),
        ("2024-2026", "2024-2026"),
        ("article-5", "Article 5"),
        ("annexe-ii", "Annexe II"),
        ("v2", "V2"),
    ],
)
def test_a_common_word_a_number_or_a_place_names_no_document(tmp_path: Path, name: str, title: str) -> None:
    assert names(tmp_path, dropped(name, title)) == ()


@pytest.mark.parametrize(
    ("name", "title", "expected"),
    [
        ("note", "Note de service sur les outils", ("Note de service sur les outils",)),
        ("plan-de-formation", "Sommaire", ("plan de formation",)),
        ("deliberation-2024-118", "Délibération", ("deliberation 2024 118",)),
        ("dl2024", "dl2024", ("dl2024",)),
        ("guide-des-achats", "guide des achats", ("guide des achats",)),
    ],
)
def test_a_title_or_a_file_name_of_several_words_names_its_document(
    tmp_path: Path, name: str, title: str, expected: tuple[str, ...]
) -> None:
    assert names(tmp_path, dropped(name, title)) == expected


@pytest.mark.parametrize(("times", "expected"), [(SUBJECT - 1, 2), (SUBJECT, 0)])
def test_what_many_everyday_lines_say_is_a_subject_and_names_no_document(
    tmp_path: Path, times: int, expected: int
) -> None:
    lines = [f"l'intelligence  artificielle et la cantine {number}" for number in range(times)]
    other = "intelligence"  # its neighbour starts with the second word, and makes no phrase with it
    said = lexicon(entry("rgpd:art-1", fr=[*lines, other, "artificielle"]))
    assert len(names(tmp_path, dropped("intelligence-artificielle", "Intelligence artificielle :"), said)) == expected


def test_a_question_names_a_document_by_its_title_and_not_by_a_word_of_it(tmp_path: Path) -> None:
    library = library_of(tmp_path, dropped("note", "Note de service sur les outils"))
    known = ActNames.of(names_of_acts(load_manifest(), library, NO_LINES))
    assert known.acts("Que dit la note de service sur les outils ?") == ("note",)
    assert known.acts("Puis-je écrire une note avec une IA ?") == ()
    assert known.acts("Que dit le RGPD ?") == ("rgpd",)
