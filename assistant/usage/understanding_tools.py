"""Which tool a question names: names and misspellings of the catalogue, approximate spelling, unknown names.

A name that is also a word ("claude", "le chat", "notion") counts only in a turn of phrase that makes
it a tool. The failure this prevents: a verdict about Claude the assistant for a question about
Claude from accounting, and a question about "chatgtp" that names no tool.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.usage.types import Tool
from assistant.usage.understanding_lexicon import Ambiguous, Context, Unknown, UsageLexicon
from assistant.usage.understanding_words import Line, PhraseSet, read_line

MOST_WORDS = 5
"""Of a name in the catalogue, as "le chat de mistral ai"."""
SHORTEST_FUZZY = 5
"""Letters of a name that may be misspelt; shorter ones are read exactly."""
SHORTEST_UNKNOWN = 4
"""Letters of a name that the catalogue has not."""
CLOSE = 0.8
"""Least similarity of one misspelt word: 1 less edits and swaps by the longer spelling's length (rapidfuzz OSA).

Measured on the example catalogue: at 0.80, 96 % of all one-letter mistakes in the names are read, and 8 of the
14,500 words of five letters or more in the official texts and the everyday lines would be taken for a tool (all
are in `ordinary`); at 0.75 they are 100 % and 15, at 0.85 88 % and 2.
"""
CLOSE_JOINED = 0.88
"""The same for a name typed in two words; at 0.85 "assistance that" was a tool."""
_ADVERB = "ment"


@dataclass(frozen=True, slots=True)
class ToolMatch:
    """A tool named: its slug (None: the catalogue has it not), the words typed, how close they are (0 to 1).

    `first` and `last` are the positions of those words; `described`: they say what it is, not its name
    ("un résumeur gratuit").
    """

    slug: str | None
    named: str
    score: float
    first: int
    last: int
    described: bool = False


class _Rule:
    """When an ambiguous name is a tool; `stand_in` takes the name's place in the line."""

    def __init__(self, shared: Context, entry: Ambiguous) -> None:
        self._shared = shared
        self._entry = entry
        self.stand_in = _spaced(entry)[0]

    @cached_property
    def tool(self) -> PhraseSet:
        """Turns of phrase that make the name a tool."""
        shared = () if self._entry.own else self._shared.tool
        return self._phrases((*shared, *self._entry.tool))

    @cached_property
    def other(self) -> PhraseSet:
        """Turns of phrase that make it something else."""
        return self._phrases((*self._shared.other, *self._entry.other))

    def _phrases(self, phrases: Iterable[str]) -> PhraseSet:
        return PhraseSet(phrase.replace("{}", self.stand_in) for phrase in phrases)


class ToolFinder:
    """Finds the tools of one catalogue in questions."""

    def __init__(self, tools: Iterable[Tool], lexicon: UsageLexicon) -> None:
        self._slugs = _spellings(tools)
        self._beginnings = frozenset(name[:length] for name in self._slugs for length in (1, 2))
        self._fuzzy = _by_first_letter(name for name in self._slugs if len(name) >= SHORTEST_FUZZY)
        self._ordinary = lexicon.ordinary
        self._rules = {name: _Rule(lexicon.context, entry) for entry in lexicon.ambiguous for name in _spaced(entry)}
        self._joined = {name.replace(" ", ""): rule for name, rule in self._rules.items()}
        self._unknown = _UnknownNames(lexicon.unknown)
        self._web, self._not_web = lexicon.web, lexicon.not_web

    def find(self, line: Line) -> ToolMatch | None:
        """The tool named first, spelt right before misspelt; else an unknown name, else one from the web, else None."""
        named = next(self._exact(line), None) or self._misspelt(line) or self._unknown.find(line)
        return named or self._from_the_web(line)

    def _from_the_web(self, line: Line) -> ToolMatch | None:
        """A tool that nobody evaluated, spoken of by where it comes from."""
        found = self._web.first(self._not_web.masked(line.line))
        if found is None:
            return None
        inside = [n for n, word in enumerate(line.words) if found.start <= word.at < found.end]
        first, last = inside[0], inside[-1]
        return ToolMatch(None, line.typed_words(first, last), 0.0, first, last, described=True)

    def _exact(self, line: Line) -> Iterator[ToolMatch]:
        for first, word in enumerate(line.words):
            if word.text[:2] not in self._beginnings:
                continue
            for last in range(min(first + MOST_WORDS, len(line.words)) - 1, first - 1, -1):
                name = "".join(part.text for part in line.words[first : last + 1])
                if name not in self._slugs:
                    continue
                rule = self._rules.get(" ".join(part.text for part in line.words[first : last + 1]))
                if _is_tool(rule, line, first, last):
                    yield ToolMatch(self._slugs[name], line.typed_words(first, last), 1.0, first, last)

    def _misspelt(self, line: Line) -> ToolMatch | None:
        best: ToolMatch | None = None
        for first in range(len(line.words)):
            for last in range(first, min(first + 2, len(line.words))):
                match = self._close(line, first, last)
                if match and (best is None or match.score > best.score):
                    best = match
        return best

    def _close(self, line: Line, first: int, last: int) -> ToolMatch | None:
        words = [word.text for word in line.words[first : last + 1]]
        typed = "".join(words)
        if len(typed) < SHORTEST_FUZZY or any(word in self._ordinary for word in words):
            return None
        least = CLOSE if first == last else CLOSE_JOINED
        names = self._fuzzy.get(typed[0], ())
        found = process.extractOne(typed, names, scorer=OSA.normalized_similarity, score_cutoff=least)
        if not found or not _is_tool(self._joined.get(found[0]), line, first, last):
            return None
        return ToolMatch(self._slugs[found[0]], line.typed_words(first, last), found[1], first, last)


class _UnknownNames:
    """Names of tools that no catalogue has, by their place after a verb or by their form."""

    def __init__(self, unknown: Unknown) -> None:
        self._after = PhraseSet(unknown.after)
        self._names_after = PhraseSet(unknown.names_after)
        self._near = frozenset(read_line(" ".join(unknown.near)).line.split())
        self._endings = tuple(unknown.endings)
        self._domains = frozenset(unknown.domains)
        self._not = frozenset(read_line(" ".join(unknown.not_names)).line.split())

    def find(self, line: Line) -> ToolMatch | None:
        """The first word that stands or looks like a tool's name."""
        after = {span.end + 1 for span in self._after.spans(line.line)}
        named = {span.end + 1 for span in self._names_after.spans(line.line)}
        for index, word in enumerate(line.words):
            if len(word.text) < SHORTEST_UNKNOWN or word.text in self._not or word.text.endswith(_ADVERB):
                continue
            near = index == 0 or line.words[index - 1].text in self._near
            capital = line.typed[word.start].isupper()
            if word.at in after or (capital and word.at in named) or (near and self._looks_like_a_name(line, index)):
                last = self._end(line, index)
                return ToolMatch(None, line.typed_words(index, last), 0.0, index, last)
        return None

    def _looks_like_a_name(self, line: Line, index: int) -> bool:
        typed = line.typed_words(index, index)
        inner_capital = any(one.islower() and two.isupper() for one, two in pairwise(typed))
        ending = len(typed) > SHORTEST_UNKNOWN and typed.lower().endswith(self._endings)
        return inner_capital or ending or self._end(line, index) > index

    def _end(self, line: Line, index: int) -> int:
        """A name with a dot ("outil.io") ends after it."""
        if index + 1 < len(line.words) and line.words[index + 1].text in self._domains:
            between = line.typed[line.words[index].end : line.words[index + 1].start]
            return index + 1 if between == "." else index
        return index


def _spellings(tools: Iterable[Tool]) -> Mapping[str, str]:
    """Each way to type a name, without its spaces, and its tool; a tool listed first keeps a name shared by two."""
    slugs: dict[str, str] = {}
    for tool in tools:
        for name in (tool.name, tool.slug, *tool.aliases, *tool.misspellings):
            slugs.setdefault(_joined(name), tool.slug)
    return slugs


def _by_first_letter(names: Iterable[str]) -> Mapping[str, list[str]]:
    """Names that a misspelt word may stand for: people mistype the first letter least."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(name[0], []).append(name)
    return groups


def _is_tool(rule: _Rule | None, line: Line, first: int, last: int) -> bool:
    """Whether the words from `first` to `last` are a tool here, by the rule of an ambiguous name."""
    if rule is None:
        return True
    start, end = line.words[first].at, line.words[last].at + len(line.words[last].text)
    probe = line.line[:start] + rule.stand_in + line.line[end:]
    return rule.tool.found(probe) and not rule.other.found(probe)


def _spaced(entry: Ambiguous) -> list[str]:
    """An entry's names as they stand in a line."""
    return [" ".join(word.text for word in read_line(name).words) for name in entry.names]


def _joined(name: str) -> str:
    return "".join(word.text for word in read_line(name).words)
