"""From when a rule applies: the general date beside a transitional one.

The failure this prevents: "until December" told to everybody, when it is the extra time of those who
were on the market before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import TypeVar

from assistant.answering.reading.asked_for import asked_for
from assistant.answering.reading.understand import Request
from assistant.law.folding import fold
from assistant.law.identifiers import Reference
from assistant.law.passage import Passage

_Item = TypeVar("_Item")

_EARLIER = re.compile(
    r"\b(?:deja|avant|anciens?|anciennes?|existants?|existantes?|en place|already|before|existing|old|legacy|in use)\b"
)
"""Words of a question about systems that were there before."""


def in_order_of_dates(request: Request, found: Sequence[_Item], general: Sequence[_Item]) -> list[_Item]:
    """The rule's general date, then a transitional one; the other way round for what was there before."""
    earlier = _EARLIER.search(fold(request.search_text)) is not None
    return [*found, *general] if earlier else [*general, *found]


def general_date(found: Sequence[Passage], request: Request, application: Set[Reference]) -> Reference | None:
    """Where a day is asked and a transitional date was found first: the basis of the rule's general date.

    `found` are passages by rank; `application` the articles that say from when an act applies. The rule is the
    first passage of the same act that is none of these, and the date must be one of the rule's.
    """
    if not found or request.references or not asked_for(request.search_text).day:
        return None
    first = found[0]
    same_act = (passage for passage in found if passage.reference.act == first.reference.act)
    rule = next((passage for passage in same_act if passage.top not in application), None)
    if rule is None or first.top not in application:
        return None
    bases = [Reference.parse(each.basis) for each in rule.validity.applications]
    return next((basis for basis in bases if first.reference in bases and basis.top != first.top), None)
