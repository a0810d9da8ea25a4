"""How often the tool that a question names is recognised: `python -m benchmarks.tool_recognition [FILE ...]`.

A row with a field `tool` says itself which one is meant (`tests/usage/phrasings.jsonl`). Of other rows, those
of kind `usage` count in which a name, an alias or a usual misspelling of the catalogue stands, searched plainly
in the folded question: the tool returned must be one of those found. The failure this prevents: a lexicon
whose cautions ("le chat", "claude") keep tools from being read, unnoticed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.usage.catalogue import load_catalogue
from assistant.usage.types import Tool
from assistant.usage.understanding import UsageReader
from assistant.usage.understanding_lexicon import load_usage_lexicon
from assistant.usage.understanding_words import PhraseSet, read_line

PHRASINGS = Path(__file__).resolve().parent.parent / "tests" / "usage" / "phrasings.jsonl"
SHOWN = 5
"""Misses printed of each file."""


@dataclass(frozen=True, slots=True)
class Named:
    """A question that names a tool: the slugs that would be right (empty: the words of one outside the catalogue)."""

    question: str
    lang: str
    history: tuple[str, ...]
    slugs: frozenset[str]
    words: str = ""


def named(rows: Sequence[Mapping[str, Any]], tools: Sequence[Tool]) -> Iterator[Named]:
    """The rows that name a tool."""
    names = [(tool.slug, PhraseSet((tool.name, *tool.aliases, *tool.misspellings))) for tool in tools]
    for row in rows:
        question, history = row["question"], tuple(_typed(turn) for turn in row.get("history") or ())
        if "tool" in row:
            found = frozenset({row["tool"]} if row["tool"] else ())
        elif row.get("kind") == "usage":
            line = read_line(question).line
            found = frozenset(slug for slug, phrases in names if phrases.found(line))
        else:
            continue
        if found or row.get("named"):
            yield Named(question, row.get("lang") or "fr", history, found, row.get("named", ""))


def recognised(case: Named, reader: UsageReader) -> bool:
    """Whether the understanding returns the tool, or the words of one that the catalogue has not."""
    read = reader.read(case.question, case.lang, case.history)
    if read is None:
        return False
    return read.tool in case.slugs if case.slugs else read.tool is None and read.tool_named == case.words


def _typed(turn: str | Mapping[str, str]) -> str:
    return turn if isinstance(turn, str) else turn["content"]


def main(paths: Sequence[Path]) -> None:
    """Print one row a file, and its first misses."""
    tools = load_catalogue().tools
    reader = UsageReader(tools, load_usage_lexicon())
    for path in paths:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        cases = list(named(rows, tools))
        missed = [case for case in cases if not recognised(case, reader)]
        share = 1 - len(missed) / len(cases) if cases else 0.0
        print(f"{path.name}: {len(rows)} questions, {len(cases)} name a tool, {share:.3f} of them recognised")
        for case in missed[:SHOWN]:
            print(f"    missed: {case.question}")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or [PHRASINGS])
