"""The terms that an act defines, and where a text uses them.

The failure this prevents: "fournisseur" read in its everyday sense where the act gives it another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.law.act import Act, Provision
from assistant.law.flat import flat
from assistant.law.identifiers import Locator, LocatorKind, Reference

_QUOTED = re.compile(r"[«\"“‘]\s*(?P<term>[^«»\"“”‘]{2,120}?)\s*[»\"”’](?=[\s,:;]|$)")
_OPENING = re.compile(r"[\s,]*(?:(?:ou|or|et|and)\s+)?")
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Definition:
    """A term as the act prints it, and the provision that defines it."""

    term: str
    reference: Reference


@dataclass(frozen=True, slots=True)
class TermUse:
    """Characters `start` to `end` of a text use a defined term."""

    start: int
    end: int
    definition: Definition


@dataclass(frozen=True, slots=True)
class Glossary:
    """The definitions of one act in one language; a plural counts as the term, the longest term wins."""

    definitions: tuple[Definition, ...]
    pattern: re.Pattern[str]
    by_form: tuple[Definition, ...]

    def used_in(self, text: str) -> tuple[TermUse, ...]:
        """Where a text uses defined terms, in order."""
        found = []
        for match in self.pattern.finditer(flat(text)):
            number = next(n for n, group in enumerate(match.groups()) if group is not None)
            found.append(TermUse(match.start(), match.end(), self.by_form[number]))
        return tuple(found)


def glossary(act: Act) -> Glossary | None:
    """The defined terms of an act; None when it has no article of definitions."""
    article = next((top for top in act.tops(LocatorKind.ARTICLE) if flat(top.title).startswith("definition")), None)
    if article is None:
        return None
    definitions = [Definition(term, Reference(act.act, place)) for place, term in _defined(article)]
    longest_first = sorted(definitions, key=lambda definition: -len(definition.term))
    forms = "|".join(f"({_form(definition.term)})" for definition in longest_first)
    return Glossary(tuple(definitions), re.compile(rf"(?<!\w)(?:{forms})(?!\w)"), tuple(longest_first))


def definitions_used(uses: Sequence[TermUse]) -> tuple[Definition, ...]:
    """Each definition once, in the order of first use."""
    return tuple(dict.fromkeys(use.definition for use in uses))


def _defined(article: Provision) -> Iterator[tuple[Locator, str]]:
    """Terms that stand in quotation marks at the beginning of a point; several where it says "ou"."""
    for point in article.children:
        position = 0
        while (match := _QUOTED.match(point.text, _OPENING.match(point.text, position).end())) is not None:  # type: ignore[union-attr]  # matches always
            if len(match["term"]) >= _SHORTEST:
                yield point.locator, match["term"]
            position = match.end()


def _form(term: str) -> str:
    """A term as a pattern: each of its words may be in the plural, blanks are any blanks."""
    words = flat(term).split()
    return r"\s+".join(re.escape(word) + ("" if word.endswith(("s", "x")) else "[sx]?") for word in words)
