"""What the embedder is trained on: pairs of texts that mean the same, from aligned law and the everyday index.

The failure this prevents: a pair whose question stands word for word in its own passage, which
teaches nothing.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.law.act import Act
from assistant.law.identifiers import LocatorKind
from assistant.law.passage import Passage
from assistant.lexicon import Lexicon, load_lexicon
from assistant.manifest import load_manifest
from ingest.parse.document import read_document
from ingest.parse.eurlex import parse_act
from ingest.passages import passages

_MOST_CHARACTERS = 700
_SENTENCE = 40
_TOKENIZER_SAMPLE = 30_000
_RUN = 6

Article = dict[str, str | None]


Parts = tuple[str, ...]
"""A text in parts that are joined by `BETWEEN`; each is cut into word pieces once."""

BETWEEN = " . "


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and a function that draws its counterpart.

    `key` names the thing that both mean; `group`, the article around it, whose other parts are the
    hardest to tell from it; empty where there is none.
    """

    key: str
    left: str
    right: Callable[[random.Random], Parts]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Corpus:
    """Pairs by kind."""

    pairs: dict[str, list[Pair]] = field(default_factory=dict)

    def texts(self) -> Iterator[str]:
        """A sample of each kind, both sides, for the tokenizer."""
        generator = random.Random(0)  # noqa: S311  (a seeded draw, no secret)
        for pairs in self.pairs.values():
            for pair in generator.sample(pairs, min(len(pairs), _TOKENIZER_SAMPLE)):
                yield pair.left
                yield BETWEEN.join(pair.right(generator))


def load_corpus(parallel: Path, mirror: Path, leave_out: str = "", lexique: Path | None = None) -> Corpus:
    """All pairs; of the act `leave_out` neither text, lines nor translation are used, wherever they stand."""
    known = list(_our_passages(mirror))
    unseen = Unseen.of(passage.text for passage in known if passage.reference.act == leave_out)
    ours = [passage for passage in known if passage.reference.act != leave_out and _is_enacting(passage)]
    lexicon = load_lexicon(lexique)
    articles = [row for row in _articles(parallel) if not unseen.holds(row["text_fr"] or row["text_en"] or "")]
    return Corpus(
        {
            "segments": [pair for pair in _segments(parallel) if not unseen.holds(pair.left)],
            "titles": [*_titles(articles), *_our_titles(ours)],
            "rests": list(_rests(articles)),
            "lines": list(_lines(ours, lexicon)),
            "same_lines": list(_beside(lexicon, leave_out, across=False)),
            "bilingual_lines": list(_beside(lexicon, leave_out, across=True)),
        }
    )


@dataclass(frozen=True, slots=True)
class Unseen:
    """The runs of `_RUN` words of an act that training must not see."""

    runs: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Unseen:
        """From all texts of the act."""
        return cls(frozenset(run for text in texts for run in _runs(text)))

    def holds(self, text: str) -> bool:
        """Whether a text is the act's: at least a third of its runs are, for editions differ in details."""
        runs = _runs(text) if self.runs else []
        return bool(runs) and 3 * sum(run in self.runs for run in runs) >= len(runs)


def _runs(text: str) -> list[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return [tuple(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)]


def _fixed(text: str) -> Callable[[random.Random], Parts]:
    return lambda _: (text,)


def _segments(folder: Path) -> Iterator[Pair]:
    with gzip.open(folder / "segments.tsv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if len(row) == 2 and len(row[0]) > _SENTENCE:
                yield Pair(row[0], row[0][:_MOST_CHARACTERS], _fixed(row[1][:_MOST_CHARACTERS]))


def _articles(folder: Path) -> Iterator[Article]:
    with gzip.open(folder / "articles.jsonl.gz", "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _titles(articles: Sequence[Article]) -> Iterator[Pair]:
    for number, row in enumerate(articles):
        for lang, other in (("fr", "en"), ("en", "fr")):
            title, text = row[f"title_{lang}"], row[f"text_{lang}"]
            if title and text:
                yield Pair(f"{number}", title, _fixed(text[:_MOST_CHARACTERS]))
                if row[f"text_{other}"]:
                    yield Pair(f"{number}", title, _fixed((row[f"text_{other}"] or "")[:_MOST_CHARACTERS]))


def _rests(articles: Sequence[Article]) -> Iterator[Pair]:
    """A sentence and the rest of its article."""
    for number, row in enumerate(articles):
        for lang in ("fr", "en"):
            sentences = (row[f"text_{lang}"] or "").replace("\n", " ").split(". ")
            if len(sentences) > 2:
                yield Pair(f"{number}{lang}", sentences[1], _fixed(". ".join(sentences[2:])[:_MOST_CHARACTERS]))


def _our_passages(mirror: Path) -> Iterator[Passage]:
    manifest = load_manifest()
    for source in manifest.act:
        version = source.version[-1]
        for text in version.text:
            act = parse_act(source, version, text, lambda path: mirror / path).act
            yield from passages(manifest, act, Lexicon({}))
    for document in manifest.document:
        path = mirror / document.path
        if path.is_file():
            yield from passages(manifest, _document(path, document.id), Lexicon({}))


def _document(path: Path, identifier: str) -> Act:
    source = load_manifest().find_document(identifier)
    assert source is not None
    return read_document(path, source)


def _is_enacting(passage: Passage) -> bool:
    return passage.reference.locator.kind is not LocatorKind.RECITAL


def _our_titles(ours: list[Passage]) -> Iterator[Pair]:
    for passage in ours:
        if passage.title:
            yield Pair(str(passage.reference.top), passage.title, _fixed(passage.text[:_MOST_CHARACTERS]))


def _lines(ours: list[Passage], lexicon: Lexicon) -> Iterator[Pair]:
    """An everyday line or plain sentence and the passage it was written for, with some of its other lines."""
    for passage in ours:
        for lang in dict.fromkeys((passage.lang, "fr" if passage.only_language else passage.lang)):
            entry = lexicon.entries.get(passage.reference)
            if entry is None:
                continue
            others = (*lexicon.words(passage.reference, lang), entry.plain[lang])
            for line in (*entry.words[lang], entry.plain[lang]):
                if line:
                    right = _with_others(passage, line, others)
                    yield Pair(str(passage.reference), line, right, str(passage.reference.top))


def _with_others(passage: Passage, line: str, others: Parts) -> Callable[[random.Random], Parts]:
    rest = [other for other in others if other and other != line]

    def right(generator: random.Random) -> Parts:
        some = generator.sample(rest, generator.randint(0, len(rest)))
        parts = (passage.title, *some, passage.context, passage.text[:_MOST_CHARACTERS])
        return tuple(part for part in parts if part)

    return right


def _beside(lexicon: Lexicon, leave_out: str, *, across: bool) -> Iterator[Pair]:
    """A line or plain sentence and another of the same provision, in its language or `across` to the other one."""
    for reference, entry in lexicon.entries.items():
        if reference.act == leave_out:
            continue
        texts = {lang: [text for text in (*entry.words[lang], entry.plain[lang]) if text] for lang in ("fr", "en")}
        for lang, other in (("fr", "en"),) if across else (("fr", "fr"), ("en", "en")):
            for line in texts[lang]:
                rest = [text for text in texts[other] if text != line]
                if rest:
                    yield Pair(str(reference), line, _any_of(rest), str(reference.top))


def _any_of(texts: list[str]) -> Callable[[random.Random], Parts]:
    return lambda generator: (generator.choice(texts),)
