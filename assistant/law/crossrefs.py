"""References from one provision to others, read from the official text and checked against the acts.

A link is made only to a provision that exists. Every reference that got none keeps its reason, so
that what is missing can be counted. The failure this prevents: a link to the wrong act, or to an
article that the text never had.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.law.act import Act, Provision
from assistant.law.crossref_reading import Corpus, CrossReference, Reading, Reason
from assistant.law.flat import flat
from assistant.law.identifiers import Locator

_AMENDS = re.compile(
    r"modifications? (?:du|de la|de l'|des) (?:reglement|directive|decision)"
    r"|amendments? (?:of|to) (?:regulation|directive|decision)"
)


def corpus_of(acts: Iterable[Act]) -> Corpus:
    """The acts of one day and language as others name them ("2016/679"); texts without a CELEX number are left out."""
    return Corpus({f"{act.celex_oj[1:5]}/{int(act.celex_oj[6:])}": act for act in acts if act.celex_oj})


def crossrefs(act: Act, place: Locator, corpus: Corpus) -> tuple[CrossReference, ...]:
    """The links in the official text of a provision; offsets are of `Provision.official_text()`."""
    return tuple(found for found in read_crossrefs(act, place, corpus) if found.references)


def read_crossrefs(act: Act, place: Locator, corpus: Corpus) -> tuple[CrossReference, ...]:
    """The same with the references that got no link, in print order."""
    provision = act.find(place)
    if provision is None:
        return ()
    reading = Reading(act, corpus)
    blocked = _blocked(act, place)
    found = []
    for node, start, line in _lines(provision, 0):
        for reference in reading.line(node.locator, flat(line)):
            shifted = replace(reference, start=start + reference.start, end=start + reference.end)
            found.append(replace(shifted, references=(), reason=blocked) if blocked else shifted)
    return tuple(found)


def _blocked(act: Act, place: Locator) -> Reason | None:
    """Articles that rewrite another act and correlation tables name places of another act without saying so."""
    top = act.find(place.top)
    title = flat(top.title) if top else ""
    if _AMENDS.search(title):
        return Reason.AMENDS
    return Reason.TABLE if "correspondance" in title or "correlation" in title else None


def _lines(provision: Provision, start: int) -> Iterator[tuple[Provision, int, str]]:
    """Each node's own words with their place in the official text of the whole."""
    own = f"{provision.marker} {provision.text}".strip() if provision.text or provision.marker else ""
    if own:
        yield provision, start, own
        start += len(own) + 1
    for child in provision.children:
        yield from _lines(child, start)
        length = len(child.official_text())
        start += length + 1 if length else 0
