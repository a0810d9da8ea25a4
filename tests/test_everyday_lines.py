"""Everyday lines one by one, and their files in an index."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.adapters.line_files import read_lines, write_lines
from assistant.errors import StoreError
from assistant.everyday_lines import INHERITED, EverydayLines
from assistant.law.identifiers import Reference
from assistant.lexicon import Entry
from assistant.ports import Vectors

DIRECTIONS = {"fuite": 0, "vol": 1, "délai": 2, "leak": 0}


class Axes:
    """A port's embedder: each known word is a direction of its own."""

    name = "axes"
    dimensions = 3

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self.embed_questions(texts)

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        return np.array([np.eye(3)[DIRECTIONS[text]] for text in texts], dtype=np.float32).reshape(-1, 3)


def entry(reference: str, french: tuple[str, ...], english: tuple[str, ...] = ()) -> Entry:
    return Entry(Reference.parse(reference), {"fr": french, "en": english}, {"fr": "", "en": ""}, "", "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    entries = [entry("rgpd:art-33", ("fuite", "vol"), ("leak",)), entry("rgpd:art-33.1", ("délai",))]
    write_lines(tmp_path / "lines", entries, Axes())
    return tmp_path / "lines"


@pytest.fixture
def lines(folder: Path) -> EverydayLines:
    return read_lines(folder)


def nearest(lines: EverydayLines, word: str, lang: str = "fr") -> tuple[float, str]:
    found = lines.nearest(Axes().embed_questions([word])[0], lang)
    reference = Reference.parse("rgpd:art-33.1")
    return found.score(reference), found.line(reference)


def test_a_provisions_own_line_counts_whole(lines: EverydayLines) -> None:
    assert nearest(lines, "délai") == (1.0, "délai")


def test_a_line_of_the_article_counts_a_little_less_for_its_paragraphs(lines: EverydayLines) -> None:
    score, line = nearest(lines, "vol")
    assert score == pytest.approx(INHERITED**2)
    assert line == "vol"


def test_each_language_has_its_lines(lines: EverydayLines) -> None:
    assert nearest(lines, "leak", "en")[1] == "leak"


def test_a_provision_without_lines_scores_nothing(lines: EverydayLines) -> None:
    found = lines.nearest(Axes().embed_questions(["fuite"])[0], "fr")
    assert (found.score(Reference.parse("dsa:art-1")), found.line(Reference.parse("dsa:art-1"))) == (0.0, "")


def test_an_index_without_any_line_still_answers(tmp_path: Path) -> None:
    write_lines(tmp_path / "none", [], Axes())
    assert nearest(read_lines(tmp_path / "none"), "fuite") == (0.0, "")


def test_lines_that_are_gone_name_the_cure(folder: Path) -> None:
    (folder / "fr.npy").unlink()
    with pytest.raises(StoreError, match="assistant ingest"):
        read_lines(folder)


def test_vectors_that_do_not_fit_their_lines_are_refused(folder: Path) -> None:
    np.save(folder / "fr.npy", np.zeros((1, 3), np.float16))
    with pytest.raises(StoreError, match="3 everyday lines came with 1 vectors"):
        read_lines(folder)
