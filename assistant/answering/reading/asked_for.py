"""What kind of answer a question asks for: a definition, a duration, an amount, a day of application.

A question on a time limit is answered by a provision that holds one, a definition by the article of
definitions, "since when" by the article on application and hardly anything else by it. The failure this
prevents: the right subject without what was asked about it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.answering.reading.dates import asks_when
from assistant.law.folding import fold
from assistant.law.passage import Passage

_DURATION = re.compile(
    r"\b(?:combien de (?:temps|jours?|mois|semaines?|heures?|annees?|ans)|quels? delais?|delais?\b|sous combien"
    r"|en combien|preavis|quelle duree|duree (?:max\w*|min\w*|de)|pendant combien|au bout de combien"
    r"|how (?:long|soon|fast|quickly)|how many (?:days|hours|months|weeks|years)|deadline|time limit|notice period)\b"
)
_AMOUNT = re.compile(
    r"\b(?:amendes?|montants?|combien (?:ca coute|d'euros|coute\w*|on risque|risque\w*)|plafond|pourcentage"
    r"|sanctions? (?:financieres?|max\w*|encourues?)|(?:combien|quel) .{0,30}(?:euros?|millions?)"
    r"|fines?|penalt(?:y|ies)|how much)\b"
)
_DEFINITION = re.compile(
    r"\b(?:c'est quoi|c koi|cest quoi|definitions?|la def|une def|defini(?:t|s|r|e)?|que (?:veut dire|signifie)"
    r"|qu'est-ce qu[e'](?: c'est qu)?|qu'entend|qu'appelle|au sens d(?:e|u|es)|que recouvre|notion d[e']|veut dire quoi"
    r"|ca veut dire|what (?:is|are) (?:a|an|the meaning)?\b|what counts as|meaning of|mean(?:s|t)? by|defined?"
    r"|definition of)"
)
_CITY = re.compile(
    r"\b(?:positions?|politiques?|strategies?|engagements?|doctrines?|orientations?|choix|promesses?|regles?|cadre)"
    r" (?:de|d'|chez) ?(?:la |notre |l')?(?:ville|collectivite|metropole|eurometropole|mairie|nous)\b"
    r"|\b(?:que|quoi|comment|ce que) (?:dit|pense|prevoit|veut|fait|a decide|s'engage a faire)? ?"
    r"(?:la|notre) (?:ville|collectivite|metropole|eurometropole|mairie)\b"
    r"|\bla (?:ville|collectivite|metropole|eurometropole) (?:a decide|s'engage|prevoit|prefere|favorise|interdit"
    r"|autorise|refuse|defend|pense|dit)\b"
    r"|\b(?:the|our) city(?:'s)? (?:position|policy|strategy|stance|commitments?|says?|decided|prefers?|plans?)\b"
)
_HAS_DURATION = re.compile(
    r"\b(?:\d+|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quatorze|quinze|trente|soixante|quatre-vingt-dix"
    r"|one|two|three|four|five|seven|eight|nine|ten|twelve|thirty|sixty|ninety)(?: \([^)]*\))? (?:calendar |working )?"
    r"(?:heures?|jours?|semaines?|mois|ans?|annees?|hours?|days?|weeks?|months?|years?)\b"
)
_HAS_AMOUNT = re.compile(r"\d[\d  ]* ?(?:eur\b|euros?\b|%|millions?\b)|\beur \d")


@dataclass(frozen=True, slots=True)
class AskedFor:
    """What a question asks for; several may hold, or none.

    `day`: since when something applies; `city`: what the city itself decided.
    """

    definition: bool
    duration: bool
    amount: bool
    day: bool
    city: bool


def asked_for(text: str) -> AskedFor:
    """Read from the words of the question, completed by the one that it leans on."""
    plain = fold(text)
    return AskedFor(
        definition=_DEFINITION.search(plain) is not None,
        duration=_DURATION.search(plain) is not None,
        amount=_AMOUNT.search(plain) is not None,
        day=asks_when(text),
        city=_CITY.search(plain) is not None,
    )


def has_duration(passage: Passage) -> bool:
    """Whether a provision, or the words that introduce it, hold a number of hours, days, weeks, months or years."""
    return _figures(passage.context, passage.text)[0]


def has_amount(passage: Passage) -> bool:
    """Whether a provision, or the words that introduce it, hold an amount of money or a percentage."""
    return _figures(passage.context, passage.text)[1]


@lru_cache(maxsize=20_000)
def _figures(context: str, text: str) -> tuple[bool, bool]:
    plain = fold(f"{context} {text}")
    return _HAS_DURATION.search(plain) is not None, _HAS_AMOUNT.search(plain) is not None
