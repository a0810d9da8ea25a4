"""The guard measured on sentences that we wrote, in agents' words: what it finds, and what it cries at for nothing.

`sentences.jsonl`: more than 100 sentences with personal data, all invented, each stretch of it marked, and
more than 100 without. One half served to write the rules, the other was kept apart.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.privacy import Finding, Kind, findings

SPLITS = pytest.mark.parametrize("split", ["tune", "held_out"])


@dataclass(frozen=True)
class Sentence:
    text: str
    spans: tuple[Finding, ...]
    split: str


def sentences() -> list[Sentence]:
    rows = [json.loads(line) for line in Path(__file__).with_name("sentences.jsonl").read_text("utf-8").splitlines()]
    return [
        Sentence(r["text"], tuple(Finding(Kind(s["kind"]), s["start"], s["end"]) for s in r["spans"]), r["split"])
        for r in rows
    ]


def is_found(sentence: Sentence, span: Finding) -> bool:
    """Each letter and digit is covered, and its kind is told."""
    found = findings(sentence.text)
    covered = {place for each in found for place in range(each.start, each.end)}
    whole = all(n in covered for n in range(span.start, span.end) if sentence.text[n].isalnum())
    return whole and any(f.kind is span.kind and f.start < span.end and span.start < f.end for f in found)


def is_false(sentence: Sentence, found: Finding) -> bool:
    return not any(found.start < span.end and span.start < found.end for span in sentence.spans)


@SPLITS
def test_personal_data_is_found(split: str) -> None:
    marked = [(sentence, span) for sentence in sentences() if sentence.split == split for span in sentence.spans]
    missed = [s.text[span.start : span.end] for s, span in marked if not is_found(s, span)]
    assert len(missed) <= 0.05 * len(marked), missed


@SPLITS
def test_sentences_without_personal_data_raise_no_alarm(split: str) -> None:
    without = [sentence.text for sentence in sentences() if sentence.split == split and not sentence.spans]
    alarmed = [text for text in without if findings(text)]
    assert len(alarmed) <= 0.05 * len(without), alarmed


@SPLITS
def test_beside_personal_data_nothing_else_is_reported(split: str) -> None:
    with_data = [sentence for sentence in sentences() if sentence.split == split and sentence.spans]
    wrong = [(s.text, found) for s in with_data for found in findings(s.text) if is_false(s, found)]
    assert len(wrong) <= 0.05 * len(with_data), wrong


def test_the_sentences_are_as_many_as_they_must_be() -> None:
    kinds = {span.kind for sentence in sentences() for span in sentence.spans}
    assert kinds == set(Kind)
    for with_data in (True, False):
        of_kind = [sentence for sentence in sentences() if bool(sentence.spans) is with_data]
        assert len(of_kind) >= 100
        assert abs(sum(sentence.split == "tune" for sentence in of_kind) - len(of_kind) / 2) <= 1


def test_no_sentence_is_there_twice() -> None:
    texts = [sentence.text.casefold() for sentence in sentences()]
    assert len(set(texts)) == len(texts)
