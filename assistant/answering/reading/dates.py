"""The day whose law a question asks for: "au 1er juillet 2025", "avant l'omnibus", "as of 2 Aug 2025".

One day decides two things. The *version* is the one published last on or before that day: a day to
come has today's text. The *status* (in force, not yet applicable) is that of the day itself, past
or to come. A run of days ("en mars 2026", "en 2024") stands for its last day, and for today when
today lies in it; "avant" is the day before it begins; "depuis" a day that has come is today.

Not every date asks for another day: one in the name of an act ("règlement du 13 juin 2024"), in an
event ("un outil acheté en 2023"), in a deadline ("d'ici 2027", "avant le 2 décembre 2027") leaves
the law of today. The failure this prevents: today's text given for a question about last year's,
and last year's for a question that only mentions a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.answering.reading.calendar_words import Span, spans
from assistant.law.flat import flat

_ONE_DAY = timedelta(days=1)
_REACH = 70
"""Characters before a date that can say what it is about."""

_LINK = r"(?:\s+(?:le|la|les|the|l'|du|de|d'|mois de|month of))*\s*"
_BEFORE = re.compile(rf"(?:\bavant|\bbefore|\bprior to|\buntil|\bup to|\bjusqu'(?:au?|en|a la)|\bpre-?){_LINK}$")
_SINCE = re.compile(
    r"(?:\bdepuis|\ba partir(?= d)|\ba compter(?= d)|\bdes|\bapres|\bsince|\bfrom|\bas from|\bstarting|\bafter)"
    rf"{_LINK}$"
)
_DEADLINE = re.compile(
    r"(?:\bd'ici(?:\s+a|\s+au|\s+le|\s+la|\s+l')*|\bpour(?:\s+le|\s+la)?|\bby|\bau plus tard|\bno later than"
    r"|\bsur|\babout|\bc'est (?:bien |toujours |encore )?)\s*(?:le|au|on|the|en)?\s*$"
)
_AT = re.compile(
    r"(?:\bau|\ble|\bla|\ben|\ba|\bl'|\bon|\bin|\bas of|\bas at|\bas it stood (?:on|in)|\bat|\bcourant|\bpendant"
    r"|\bduring|\bdated?|\bthe|\ba la date du|\bdans les textes de)\s*$"
)
_TEXT_OF = re.compile(
    r"\b(?:version|texte|redaction|mouture|celle|text|wording|that|etat du droit|reglement tel qu|loi)s?"
    r"(?:\s+(?:initiale?|officielle?|publiee?|applicable|en vigueur|in force))?"
    r"\s*(?:du|de|d'|de l'|of|from|en|in|au)?\s*$"
)
_NAME = re.compile(
    r"\b(?:reglement|directive|deliberation|loi|decret|arrete|ordonnance|circulaire|decision|avis|rapport|charte|cadre"
    r"|regulation|act|law|decree|deliberation|resolution|framework|report|opinion)s?\b[^,;:?!]*\b(?:du|de|d'|of|dated)\s*$"
)
_EVENT = re.compile(
    r"\b(?:mise?s?|mettre|met) (?:sur le marche|en service|a disposition)\b[^,;:?!]*$"
    r"|\b(?:placed|put|made available) (?:on the market|into service)\b[^,;:?!]*$"
    r"|\b(?:achete|signe|conclu|collecte|publie|adopte|cree|installe|deploye|recrute|developpe|entraine|embauche|ne"
    r"|recu|envoye|date|vote|modifie|change|entre en vigueur|reporte|repousse|prevu|acquis|passe|lance|livre|commence"
    r"|sorti|vendu|construit|mis en (?:service|vente|place|ligne)|sold|released|built|put on sale"
    r"|fini|termine|expire|bought|signed|collected|published|adopted|created|installed|deployed|hired|developed|trained|born"
    r"|received|sent|amended|changed|postponed|planned|launched|acquired|entered into force|expires?|ends?)e?s?"
    r"(?:\s+\w+){0,3}\s*$"
    r"|\b(?:on a|nous avons|j'ai|vous avez|ils ont|elle a|il a|a eu lieu|we have|we had|i have|took place)\b[^,;:?!]*$"
)
_STILL_LAW = re.compile(r"\bversion|\btexte|\bavant d'etre|\bavant qu|\bbefore (?:it|they) (?:was|were)")
_CHANGE = (
    r"(?:omnibus|modif(?:ication|s)?|reforme|amendements?|revision|changements?|mise a jour|reecriture"
    r"|amendments?|reform|revision|changes?)"
)
_BEFORE_CHANGE = re.compile(
    rf"\b(?:avant|before|prior to|until|jusqu'a)\s+(?:le |la |les |l'|the |sa |son |ses |its |cette |this |qu'|que )?"
    rf"(?:(?:digital|numerique|reglement|regulation|\((?:ue|eu)\)|derniere|last|latest|loi)\s)*(?:{_CHANGE}\b|2026/1744)"
    r"|\bavant (?:d'etre|qu'il (?:soit|fut)|qu'elle (?:soit|fut)) (?:modifie|change|remplace|amende|reecrit)"
    r"|\bbefore (?:it|they|being) ?(?:was|were)? ?(?:amended|changed|replaced|modified)"
    r"|\bpre-?omnibus\b"
)
_SAID = re.compile(r"\b(?:disait|prevoyait|imposait|exigeait|interdisait|etait ecrit|did .* say|said)\b")
_AT_THE_END = re.compile(r"\b(?:avant|auparavant|before|previously)(?=\s*[?.!]*$)")
_LAW = (
    r"(?:articles?|art|annexe?s?|considerant|paragraphe|point|definition|reglement|ria|ai act|loi|texte|act|law"
    r"|regulation|text)"
)
_OLD = re.compile(
    rf"\b(?:l'|la |le |les )?ancien(?:ne)?s? (?:{_LAW}\b(?! qui)|(?:version|redaction|mouture|formulation)\b)"
    rf"|\b(?:the )?(?:former|previous|old|earlier|original) (?:{_LAW}\b|version\b|wording\b)"
    r"|\b(?:la |le )?(?:version|redaction|texte) (?:precedente?|anterieure?|initiale?|originale?|d'origine|d'avant)\b"
)
_SUBJECT = r"(?:elles?|ils?|on|je|nous|vous|un|une|le|la|les|des|ce|cette|quelqu)"
_ASKS_WHEN = re.compile(
    r"\b(?:depuis quand|a partir de quand|des quand|jusqu'a quand|quelle date|a quelle echeance"
    rf"|quand\b(?! {_SUBJECT}\b)[^?]*\b(?:appliqu|vigueur|obligat|commenc|interdi)\w*"
    rf"|(?:appliqu|commenc|obligat|interdi|vigueur)\w*\b[^?]*\bquand\b(?! {_SUBJECT}\b)|en vigueur"
    r"|(?:s'applique\w*|applicable|obligatoire|interdite?s?)\b[^?]*\b(?:deja|encore|toujours|maintenant|aujourd'hui)"
    r"|(?:deja|toujours) (?:applicable|obligatoire|interdit)e?s?"
    r"|since when|from when|which date|what date|when (?:do|does|did|will|is|are)\b[^?]*\b(?:appl|forc|bind|start)\w*"
    r"|in force|appl(?:y|ies|icable) (?:yet|already|now)|already (?:appl|bind|in force))"
)
_OF_LAW = re.compile(rf"\b{_LAW}\b")


@dataclass(frozen=True, slots=True)
class DayAsked:
    """The day that a question names, and where in the question: `text[start:end]` are the words that name it."""

    day: date
    start: int
    end: int


def day_asked(text: str, today: date, changes: Sequence[date]) -> date | None:
    """The day whose law a question asks for, None when it does not say; see `read_day`."""
    found = read_day(text, today, changes)
    return found.day if found else None


def read_day(text: str, today: date, changes: Sequence[date]) -> DayAsked | None:
    """The day that a question asks for, with its words; None without one, or with two different ones.

    `changes` are the days on which the acts in question were amended, earliest first: what "avant
    la modification" and "l'ancienne version" mean. A question that compares two days asks for none.
    """
    plain = flat(text)
    dated = [asked for asked in (_asked(plain, span, today) for span in spans(plain, today)) if asked]
    before = _before_change(plain, [day for day in changes if day <= today], list(spans(plain, today)))
    if before is not None:
        return before
    return dated[0] if len({asked.day for asked in dated}) == 1 else None


def days_of_change(changes: Mapping[str, Sequence[date]], acts: Sequence[str]) -> tuple[date, ...]:
    """The days on which the acts named were amended, earliest first; those of all acts where none is named."""
    named = [changes.get(act, ()) for act in acts] if acts else changes.values()
    return tuple(sorted({day for days in named for day in days}))


def asks_when(text: str) -> bool:
    """Whether a question asks since when, until when or whether something applies already."""
    return _ASKS_WHEN.search(flat(text)) is not None


def _asked(plain: str, span: Span, today: date) -> DayAsked | None:
    """What one date asks for; None when it is a name, an event, a deadline or plain mention."""
    lead = plain[max(0, span.start - _REACH) : span.start]
    if _DEADLINE.search(lead) or _is_name(lead) or (_EVENT.search(lead) and not _STILL_LAW.search(lead)):
        return None
    for pattern, day in ((_BEFORE, _before(span, today)), (_SINCE, _since(span, today)), (_AT, _at(span, today))):
        match = pattern.search(lead)
        if match:
            return DayAsked(day, span.start - len(lead) + match.start(), span.end) if day else None
    if _TEXT_OF.search(lead) or not lead.strip():
        return DayAsked(_at(span, today), span.start, span.end)
    return None


def _is_name(lead: str) -> bool:
    """Whether the words before a date make it the date of an act, not of a version of it."""
    return bool(_NAME.search(lead)) and not _TEXT_OF.search(lead)


def _at(span: Span, today: date) -> date:
    return today if span.holds(today) else span.last


def _since(span: Span, today: date) -> date:
    return max(today, span.last) if span.first > today else today


def _before(span: Span, today: date) -> date | None:
    """The day before; None when it has not come: a deadline, under the law of today."""
    day = span.first - _ONE_DAY
    return day if day < today else None


def _before_change(plain: str, changes: Sequence[date], dates: Sequence[Span]) -> DayAsked | None:
    """The last day of the text before an amendment: the one in the month or year named, else the latest."""
    if not changes:
        return None
    for match in _change_words(plain):
        following = [span for span in dates if 0 <= span.start - match.end() <= len(" de l'ete de ")]
        named = [day for span in following for day in changes if span.holds(day)]
        end = following[0].end if named else match.end()
        return DayAsked((named or changes)[-1] - _ONE_DAY, match.start(), end)
    return None


def _change_words(plain: str) -> Iterator[re.Match[str]]:
    yield from _BEFORE_CHANGE.finditer(plain)
    if _OF_LAW.search(plain):
        yield from _OLD.finditer(plain)
    if _SAID.search(plain):
        yield from _AT_THE_END.finditer(plain)
