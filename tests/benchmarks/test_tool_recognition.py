"""The count of tools recognised counts what it says it counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.usage.catalogue import load_catalogue
from assistant.usage.understanding import UsageReader
from assistant.usage.understanding_lexicon import load_usage_lexicon
from benchmarks.tool_recognition import PHRASINGS, main, named, recognised

TOOLS = load_catalogue().tools


def test_a_row_that_says_its_tool_is_taken_at_its_word_and_others_are_searched() -> None:
    rows: list[dict[str, Any]] = [
        {"question": "c'est permis ?", "tool": "deepl"},
        {"question": "on peut demander à Chat GPT ?", "kind": "usage"},
        {"question": "on peut demander à ma chef ?", "kind": "usage"},
        {"question": "que dit l'article 5 sur chatgpt ?", "kind": "article"},
    ]
    assert [case.slugs for case in named(rows, TOOLS)] == [{"deepl"}, {"chatgpt"}]


def test_a_tool_that_is_not_read_is_a_miss() -> None:
    reader = UsageReader(TOOLS, load_usage_lexicon())
    rows: list[dict[str, Any]] = [
        {"question": "je peux résumer une note avec deepl ?", "tool": "deepl"},
        {"question": "je peux résumer une note avec deepl ?", "tool": "claude"},
        {"question": "je peux utiliser ZorgAI pour mes notes ?", "tool": None, "named": "ZorgAI"},
    ]
    assert [recognised(case, reader) for case in named(rows, TOOLS)] == [True, False, True]


def test_nearly_every_tool_of_our_phrasings_is_recognised(capsys: pytest.CaptureFixture[str]) -> None:
    main([PHRASINGS])
    share = float(capsys.readouterr().out.split(" of them recognised")[0].split()[-1])
    assert share >= 0.95


def test_an_empty_file_is_told_as_such(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "none.jsonl"
    path.write_text("", encoding="utf-8")
    main([path])
    assert capsys.readouterr().out.startswith("none.jsonl: 0 questions, 0 name a tool")
