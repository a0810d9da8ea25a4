"""Whose provision a reference names: this act's, another's, the one named before, or the place it stands in.

The failure this prevents: "l'article 9 de la directive (UE) 2016/680" linked to article 9 of the
act that mentions it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

_ACT = {
    "fr": r"(?:reglement|directive|decision|recommandation)",
    "en": r"(?:regulation|directive|decision|recommendation)",
}
_PLACE = {
    "fr": r"(?P<place>article|paragraphe|alinea|point|annexe)\b",
    "en": r"(?P<place>article|paragraph|subparagraph|point|annex)\b",
}
_FOREIGN = {
    "fr": r"(?:traites?|charte|tfue|tue|accord|convention|code|protocole|statut|acte|loi|annexe (?:de|a)"
    r"|reglement interieur)",
    "en": r"(?:treat(?:y|ies)|charter|tfeu|teu|agreement|(?:european )?convention|code|protocol|statute|act|annex to"
    r"|rules of procedure)",
}
_WITHIN = {
    "fr": r"(?:,\s*(?:section|article|partie|chapitre)\s+\w+)?",
    "en": r"(?:,\s*(?:section|article|part|chapter)\s+\w+)?",
}
_OF = {
    "fr": rf"{_WITHIN['fr']},?\s*(?:du |de la |de l'|des |d'une? |au |a la )\s*",
    "en": rf"{_WITHIN['en']},?\s*(?:of|to|in)\s+",
}
_THAT = {
    "fr": r",?\s*(?:dudit|de ladite|audit|a ladite|de cet|de ce|de cette|du meme|de la meme)\s+",
    "en": r",?\s*(?:of|to|in)\s+(?:that|the said|the same)\s+",
}
_THIS = {"fr": r",?\s*(?:du|de la|au|a la)\s+presente?\s+", "en": r",?\s*(?:of|to|in)\s+this\s+"}
_NUMBERED = r"s?\b[^;:]{0,60}?(?P<number>\d{2,4}/\d+)"


class Owner(Enum):
    """Whose provision is named. HERE and THERE: of the place that the reference stands in, or that was named last."""

    THIS = "this act"
    NAMED = "an act named by its number"
    LAST = "the other act named before"
    ITS = "what was named before: this act, another or a place"
    HERE = "this very place"
    THERE = "the place named before"
    FOREIGN = "an act that is not held"
    UNSAID = "nothing said"


@dataclass(frozen=True, slots=True)
class Belonging:
    """Whose a reference is, up to where its words go, the act's number (NAMED), the kind of place (HERE, THERE)."""

    owner: Owner
    end: int
    number: str = ""
    place: str = ""


def _after(lang: str) -> tuple[tuple[Owner, re.Pattern[str]], ...]:
    """What follows a reference, tried in this order."""
    words = r"(?:(?:the|those|council|commission|delegated|implementing|framework) )*" if lang == "en" else ""
    the = r"(?:the\s+|an?\s+)?" if lang == "en" else ""
    treaties = r"tfeu|teu" if lang == "en" else r"tfue|tue"
    patterns = (
        (Owner.THIS, rf"{_THIS[lang]}{_ACT[lang]}\b"),
        (Owner.HERE, rf"{_THIS[lang]}{_PLACE[lang]}"),
        (Owner.LAST, rf"{_THAT[lang]}{_ACT[lang]}\b"),
        (Owner.THERE, rf"{_THAT[lang]}{_PLACE[lang]}"),
        (Owner.ITS, r",?\s+thereof\b"),
        (Owner.NAMED, rf"{_OF[lang]}{words}{_ACT[lang]}{_NUMBERED}"),
        (Owner.FOREIGN, rf"{_OF[lang]}{the}(?:{_FOREIGN[lang]}|{words}{_ACT[lang]})\b|\s*(?:{treaties})\b"),
    )
    return tuple((owner, re.compile(pattern)) for owner, pattern in patterns)


_AFTER: Mapping[str, tuple[tuple[Owner, re.Pattern[str]], ...]] = {lang: _after(lang) for lang in ("fr", "en")}
_BEFORE = {
    "fr": re.compile(r"\b(?:son|sa|ses|leurs?)\s+$|\ben liaison avec (?:l'|les )$"),
    "en": re.compile(r"\b(?:its|their)\s+$|\bin conjunction with $"),
}
_BEFORE_REACH = 24
_HERE = {
    "fr": re.compile(rf"(?<=\b[lda][eau] )presente?\s+{_PLACE['fr']}"),
    "en": re.compile(rf"\bthis\s+{_PLACE['en']}"),
}
_THERE = {
    "fr": re.compile(rf"\b(?:cet|ce|cette|ledit|ladite|dudit|audit)\s+{_PLACE['fr']}"),
    "en": re.compile(rf"\b(?:that|the said)\s+{_PLACE['en']}"),
}
_GAP = {
    "fr": re.compile(
        r"\s*,?\s*(?:et|ou|ainsi que)?\s*(?:a|de|en vertu de|au titre de)?\s*(?:l'|les|aux|des|au|du)?\s*"
    ),
    "en": re.compile(r"\s*,?\s*(?:and|or)?\s*(?:to|of|in|with|under|pursuant to)?\s*(?:the)?\s*"),
}
_NUMBER = re.compile(r"(?<!\d)(\d{2,4}/\d+)")
_NAMED_OR_THIS = re.compile(
    r"(?<!\d)(?P<number>\d{2,4}/\d+)|\b(?:presente?|this)\s+"
    r"(?:reglement|directive|section|chapitre|regulation|chapter)\b"
)


def belonging(plain: str, start: int, end: int, lang: str) -> Belonging:
    """Whose the reference at `start` to `end` of a flat text is, by the words around it."""
    for owner, pattern in _AFTER[lang]:
        match = pattern.match(plain, end)
        if match:
            groups = match.groupdict()
            return Belonging(owner, match.end(), groups.get("number") or "", groups.get("place") or "")
    if _BEFORE[lang].search(plain[max(0, start - _BEFORE_REACH) : start]):
        return Belonging(Owner.ITS, end)
    return Belonging(Owner.UNSAID, end)


def bare_places(plain: str, lang: str) -> Iterator[tuple[int, Belonging]]:
    """Where "présent article" (HERE) and "that paragraph" (THERE) stand, without a number."""
    for owner, pattern in ((Owner.HERE, _HERE[lang]), (Owner.THERE, _THERE[lang])):
        for match in pattern.finditer(plain):
            yield match.start(), Belonging(owner, match.end(), "", match["place"])


def number_before(plain: str, position: int) -> str:
    """The number of the act named last before a position, empty when none is."""
    found = _NUMBER.findall(plain, 0, position)
    return found[-1] if found else ""


def speaks_of_itself(plain: str, position: int) -> bool:
    """Whether "présente directive" or "this Section" was named later than any act by number."""
    found = list(_NAMED_OR_THIS.finditer(plain, 0, position))
    return bool(found) and found[-1]["number"] is None


def are_joined(plain: str, end: int, start: int, lang: str) -> bool:
    """Whether only "and", "or" and prepositions lie between two references, so that one act may own both."""
    return _GAP[lang].fullmatch(plain, end, start) is not None
