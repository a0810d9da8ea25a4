"""An index without a tenth of the everyday lines, which then serve as questions whose answer is known.

The failure this prevents: a ranker, or an embedder, that is tried on lines which the index holds
word for word.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.adapters import hybrid
from assistant.adapters.edge_store import EdgeStore
from assistant.adapters.line_files import read_lines, write_lines
from assistant.answering.pipeline import Assistant
from assistant.answering.question import Question
from assistant.evaluation.questions import TODAY, Case, Place
from assistant.lexicon import Entry, Lexicon, load_lexicon
from benchmarks.texts import all_passages

_OF = 10


@dataclass(frozen=True, slots=True)
class LineQuestions:
    """The product over the smaller index, and the lines that it lacks, in an order that says nothing."""

    assistant: Assistant
    cases: tuple[Case, ...]


@contextmanager
def without_a_tenth(assistant: Assistant) -> Iterator[LineQuestions]:
    """Index everything but the left-out lines, in a folder that is removed at the end."""
    smaller, embedder = thinned(load_lexicon()), assistant.retriever.embedder
    passages = all_passages(assistant.library, TODAY, smaller)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_lines(folder / "lines", smaller.entries.values(), embedder)
        with closing(EdgeStore.create(folder / "shard", embedder.dimensions)) as store:
            store.write(passages, embedder.embed_passages([hybrid.DENSE.text(passage) for passage in passages]))
            store.commit()
            retriever = replace(assistant.retriever, store=store, lines=read_lines(folder / "lines"))
            yield LineQuestions(replace(assistant, retriever=retriever), tuple(questions(load_lexicon())))


def thinned(lexicon: Lexicon) -> Lexicon:
    """The everyday index without the lines that are left out."""
    return Lexicon({reference: _thinned(entry) for reference, entry in lexicon.entries.items()})


def _thinned(entry: Entry) -> Entry:
    kept = {lang: tuple(line for line in lines if not left_out(line)) for lang, lines in entry.words.items()}
    return replace(entry, words=kept)


def questions(lexicon: Lexicon) -> list[Case]:
    """Each left-out line as a question that its provision answers."""
    return sorted((case for entry in lexicon.entries.values() for case in _of(entry)), key=lambda case: case.id)


def _of(entry: Entry) -> Iterator[Case]:
    reference = entry.reference
    gold = (Place(reference.act, str(reference.locator)),)
    for lang, lines in entry.words.items():
        for line in filter(left_out, lines):
            yield Case(f"line-{_digest(line)[:12]}", Question(line, lang, as_of=TODAY), lang, "line", gold, False)


def left_out(line: str) -> bool:
    """One line in ten, the same ones in every run."""
    return int(_digest(line)[-8:], 16) % _OF == 0


def _digest(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()
