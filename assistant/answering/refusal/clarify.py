"""One word too few: a question that can be answered only after one more, and what to choose from.

The failure this prevents: "que dit l'article 5 ?" answered from whichever act came first, and
"c'est autorisé ?" answered at all.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answering.reading.understand import Request
from assistant.answering.text import content_words
from assistant.law.identifiers import LocatorKind, Reference
from assistant.library import Library

_ABOUT_A_PLACE = frozenset(
    (
        "article articles art considerant recital annexe annex paragraphe paragraph par alinea point dit dire texte"
        " disent prevoient contiennent parlent explique"
        " expliquer expliquez explain contient prevoit parle montre donne donner cite citer affiche resume"
        " resumer svp stp please say says mean means veut signifie contenu lire read show numero no moi give summary"
        " summarise about premier bis ter quater er al pt let lettre"
    ).split()
)
_NOTHING_YET = frozenset(
    (
        "autorise autorisee permis permise possible legal legale interdit interdite obligatoire droit chose truc"
        " savoir question aide aider besoin allowed legal ok okay possible forbidden permitted mandatory help quoi"
        " oui non yes no sur svp stp please cas la ici alors bien vraiment really else other autre autres valable"
        " regle regles rule rules article articles texte textes reference text here thing things need know cela ceci"
        " celui"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Clarification:
    """What must be added; `choices` are complete questions' places, empty where anything could be meant."""

    choices: tuple[str, ...] = ()


def clarification(request: Request, library: Library) -> Clarification | None:
    """What to ask back, or None where the question says enough."""
    said = {word for word in content_words(request.search_text) if not word.isdigit()}
    if request.unplaced and not request.acts and not request.completed:
        rest = {word for word in said if word not in _ABOUT_A_PLACE and len(word) > 2}
        choices = _holders(request, library)
        return Clarification(choices) if not rest and len(choices) > 1 else None
    if request.references or request.acts or request.unplaced:
        return None
    return Clarification() if said <= _NOTHING_YET and not request.completed else None


def _holders(request: Request, library: Library) -> tuple[str, ...]:
    """The places that are named, together, in each text that has them all."""
    if any(locator.kind is LocatorKind.SECTION for locator in request.unplaced):
        return ()
    known = [act.id for act in library.manifest.act]
    in_order = [
        act for act in (*known, *(other for other in library.acts if other not in known)) if act in library.acts
    ]
    holders = [[Reference(act, locator) for locator in request.unplaced] for act in in_order]
    whole = [places for places in holders if all(library.has(place, request.lang, request.day) for place in places)]
    link = " et " if request.lang == "fr" else " and "
    return tuple(link.join(library.passage(p, request.lang, request.day).label for p in places) for places in whole)
