"""References as people write them, each with its act: "art. 22 §1 du RGPD", "annexe III, point 5 b)".

The failure this prevents: a question that names its article and gets another one, or the same
article of another act.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.reading.act_names import ActNames
from assistant.answering.reading.places import Place, act_beside, places
from assistant.law.folding import fold
from assistant.law.identifiers import Locator, LocatorKind

_NEAR = 40
"""Characters after a place in which the name of its act may still follow."""

_JOINED = re.compile(r"[\s,:;(-]*(?:l'|les\s+|the\s+)?")
"""What stands between an act and its place: "RGPD, art. 5"."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in a question, and the act named with it (None when no act is)."""

    act: str | None
    locator: Locator


def mentions(text: str, names: ActNames) -> list[Mention]:
    """All places that a text names, each with the act named closest to it (after it first, as in "art. 5 du RGPD")."""
    text = " ".join(text.split())
    folded = fold(text).replace("\u00b0", "o")
    acts = names.spans(text)
    found = []
    for place in sorted(places(folded, names), key=lambda place: place.start):
        engagement = place.locator.kind is LocatorKind.SECTION
        act = "cadre-lyon" if engagement else _act_of(place, folded, acts, names)
        found.append(Mention(act, place.locator))
    return list(dict.fromkeys(found))


def _act_of(place: Place, folded: str, acts: Sequence[tuple[int, int, str]], names: ActNames) -> str | None:
    """The act that is joined to a list of places, else the one near after it, before it, after it."""
    beside = act_beside(folded, place.end, names)
    if beside and names.codes[beside[0]]:
        return names.codes[beside[0]]
    before = next(((end, act) for start, end, act in reversed(acts) if start < place.start), None)
    if before and _JOINED.fullmatch(folded, before[0], place.start):
        return before[1]
    after = next(((start, act) for start, _, act in acts if start >= place.end), None)
    if after and (before is None or after[0] <= place.end + _NEAR):
        return after[1]
    return before[1] if before else None
