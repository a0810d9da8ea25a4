"""From printed numbers to places that exist in an act: "premier alinéa", "point ba", "articles 12 to 22".

The failure this prevents: a locator put together from words, for a place that no version has.
"""

from __future__ import annotations

from assistant.errors import UnknownReference
from assistant.law.act import Act, ProvisionKind
from assistant.law.crossref_grammar import Step
from assistant.law.crossref_words import LAST, Level
from assistant.law.identifiers import Locator, LocatorKind, order_word

_KINDS = {"art": LocatorKind.ARTICLE, "anx": LocatorKind.ANNEX, "rec": LocatorKind.RECITAL}
_PLACES = {
    "paragraphe": ProvisionKind.PARAGRAPH,
    "paragraph": ProvisionKind.PARAGRAPH,
    "alinea": ProvisionKind.SUBPARAGRAPH,
    "subparagraph": ProvisionKind.SUBPARAGRAPH,
    "point": ProvisionKind.POINT,
}


def head(act: Act, step: Step) -> Locator | None:
    """The article, annex or recital that a step names, None when the act has none such."""
    number = step.number.upper() if step.kind == "anx" else _number(step.number)
    locator = Locator(_KINDS[step.kind], number)
    return locator if act.find(locator) else None


def descend(act: Act, start: Locator, steps: tuple[Step, ...], *, relative: bool = False) -> Locator | None:
    """The place below `start`; None when a paragraph is missing, or a point named without its holder.

    A subparagraph or point that the tree does not tell apart is answered by the place that holds it.
    `relative`: `start` is where the words stand, not the place that holds the first step.
    """
    here = start
    for n, step in enumerate(steps):
        origin = _origin(act, here, step) if relative and n == 0 else here
        found = _child(act, origin, step) if origin is not None else None
        if found is None and (step.level <= Level.PARAGRAPH or (relative and n == 0)):
            return None
        if found is None:
            return here
        here = found
    return here


def ancestor(act: Act, place: Locator, word: str) -> Locator | None:
    """The article, annex, paragraph, subparagraph or point that `place` lies in; None when it lies in none such."""
    if place.kind is LocatorKind.RECITAL:
        return None
    if word not in _PLACES:
        return place.top
    nodes = [node for node in act.lineage(place) if node.kind is _PLACES[word]]
    return nodes[-1].locator if nodes else None


def between(act: Act, first: Locator, last: Locator) -> tuple[Locator, ...]:
    """From `first` to `last` in print order, both included; the two alone when they are no siblings."""
    siblings = _siblings(act, first)
    if first in siblings and last in siblings and siblings.index(first) < siblings.index(last):
        return tuple(siblings[siblings.index(first) : siblings.index(last) + 1])
    return (first, last)


def _siblings(act: Act, place: Locator) -> list[Locator]:
    if place.parent is None:
        return [node.locator for node in act.tops(place.kind)]
    parent = act.find(place.parent)
    return [node.locator for node in parent.children] if parent else []


def _origin(act: Act, place: Locator, step: Step) -> Locator | None:
    """From where a first step without its article starts: the article, the paragraph, or what holds such a point."""
    if place.kind is LocatorKind.RECITAL:
        return None
    if step.level in {Level.SECTION, Level.PARAGRAPH}:
        return place.top
    if step.level is Level.SUBPARAGRAPH:
        return ancestor(act, place, "paragraphe") or place.top
    for holder in reversed(act.lineage(place)):
        if _point(act, holder.locator, step.number) is not None:
            return holder.locator
    return None


def _child(act: Act, place: Locator, step: Step) -> Locator | None:
    if step.level is Level.SUBPARAGRAPH:
        return _subparagraph(act, place, step.number)
    if step.level is Level.POINT:
        return _point(act, place, step.number)
    return _existing(act, place, _number(step.number))


def _subparagraph(act: Act, place: Locator, number: str) -> Locator | None:
    """The first one is what a paragraph says itself; "dernier" is the last that the tree has."""
    node = act.find(place)
    assert node is not None
    later = [child.locator for child in node.children if child.kind is ProvisionKind.SUBPARAGRAPH]
    if number == LAST:
        return later[-1] if later else None
    return _existing(act, place, f"al{number}") or (place if number == "1" else None)


def _point(act: Act, place: Locator, number: str) -> Locator | None:
    """The point below a place, below its subparagraphs, or beside the subparagraph that introduces it."""
    node = act.find(place)
    assert node is not None
    beside = [place.parent] if node.kind is ProvisionKind.SUBPARAGRAPH and place.parent else []
    below = [child.locator for child in node.children if child.kind is ProvisionKind.SUBPARAGRAPH]
    for holder in (place, *below, *beside):
        for part in _readings(number):
            found = _existing(act, holder, *part.split("."))
            if found is not None:
                return found
    return None


def _existing(act: Act, place: Locator, *parts: str) -> Locator | None:
    locator = Locator(place.kind, place.unit, (*place.parts, *parts))
    return locator if act.find(locator) else None


def _readings(number: str) -> list[str]:
    """A point as printed, then as an inserted one: "ba" is also b bis, "ii" stays ii first."""
    plain = _number(number)
    if len(plain) > 1 and plain.isalpha() and plain[-1] in "abcdefghi":
        return [plain, plain[:-1] + order_word(plain[-1])]
    return [plain]


def _number(printed: str) -> str:
    """`4 bis` and `4a` -> `4bis`; `b bis` -> `bbis`."""
    number = printed.replace(" ", "")
    if number[-1:].isalpha() and number[:-1].isdigit():
        try:
            return number[:-1] + order_word(number[-1])
        except UnknownReference:
            return number
    return number
