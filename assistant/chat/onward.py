"""Where an official text leads: the provisions that it names, and the definitions of the terms that it uses.

The failure this prevents: "conformément à l'article 55", or a word with a meaning of its own, that the
reader has to look up elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.law.definitions import Definition
from assistant.law.identifiers import Reference
from assistant.law.passage import Passage
from assistant.links import Links


@dataclass(frozen=True, slots=True)
class Onward:
    """Provisions in the order in which the text names them, definitions in that of the terms' first use."""

    named: tuple[Reference, ...] = ()
    terms: tuple[Definition, ...] = ()


def onward(links: Links, passage: Passage, day: date) -> Onward:
    """Where a passage leads in the version of `day`; a text that defines its terms itself does not lead to itself."""
    here = passage.reference
    used = links.definitions_used(passage.text, here.act, passage.lang, day)
    terms = tuple(one for one in used if not here.locator.holds(one.reference.locator))
    return Onward(links.named_by(here, passage.lang, day), terms)
