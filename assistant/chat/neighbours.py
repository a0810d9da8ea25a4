"""The provisions before and after one in its act, so that a reader can turn the page.

The failure this prevents: an article read alone, when the one that limits it is the next.
"""

from __future__ import annotations

from datetime import date

from assistant.law.identifiers import Reference
from assistant.library import Library


def neighbours(
    library: Library, reference: Reference, lang: str, day: date
) -> tuple[Reference | None, Reference | None]:
    """The article, recital, annex or section before and after the one that holds `reference`; None at the ends."""
    tops = [top.locator for top in library.act(reference.act, lang, day).tops(reference.locator.kind)]
    here = reference.top.locator
    if here not in tops:
        return None, None
    place = tops.index(here)
    before = Reference(reference.act, tops[place - 1]) if place else None
    after = Reference(reference.act, tops[place + 1]) if place + 1 < len(tops) else None
    return before, after
