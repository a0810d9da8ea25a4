"""Personal data that has a check digit or a grammar: libraries decide, our patterns only point at candidates.

python-stdnum checks NIR, IBAN, SIRET, SIREN and card numbers, phonenumbers the telephone numbers. A
number that names itself ("n° de sécu …") is taken even where its key is wrong: people mistype.
The failure this prevents: every long number reported, or none because of a blank in its midst.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from phonenumbers import Leniency, PhoneNumberMatcher
from stdnum import iban, luhn
from stdnum.fr import nir, siren, siret

from assistant.privacy.finding import Finding, Kind

_AT = r"(?:\s?@\s?|\s?[(\[]\s?(?:at|arobase)\s?[)\]]\s?|\sarobase\s)"
_DOT = r"(?:\.|\s?[(\[]\s?(?:dot|point)\s?[)\]]\s?)"
_EMAIL = re.compile(
    rf"(?<![\w.+%'-])[\w.+%'-]{{1,64}}{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,6}}{_DOT}[a-z]{{2,24}}",
    re.IGNORECASE,
)
_SHARED_BOXES = frozenset(
    "accueil administration cabinet communication contact contacts courrier dpo dpd info infos information mairie "
    "noreply no-reply nepasrepondre presse rgpd referent-ia rh secretariat securite service support webmaster".split()
)
"""What stands before the @ of a box that several people read: no personal data."""

_FRENCH_PHONE = re.compile(r"(?<![\d.,/-])(?:\+33\s?|0033\s?|0)[1-79](?:[\s.-]?\d{2}){4}(?![\d/])")
_NIR = re.compile(
    r"(?<!\d)[1-478]_\d{2}_(?:0[1-9]|1[0-2]|[2-9]\d)_(?:\d{2}|2[AB])_\d{3}_\d{3}(?:_\d{2})?(?!\d)".replace(
        "_", r"[\s.-]?"
    ),
    re.IGNORECASE,
)
_NAMES_A_NIR = re.compile(r"s[ée]cu(?:rit[ée])?\b|\bnir\b|\bnss\b|insee|vitale", re.IGNORECASE)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}[A-Z0-9]{0,30}+(?:[ .-][A-Z0-9]{1,30}+){0,9}\b", re.IGNORECASE)
_CARD = re.compile(r"(?<!\d)[3-6]\d{3}(?:[ -]?\d{4}){2}[ -]?\d{1,7}(?!\d)")
_SIRET = re.compile(r"(?<!\d)\d{3}[ .]?\d{3}[ .]?\d{3}(?:[ .]?\d{5})?(?!\d)")
_NAMES_A_SIRET = re.compile(r"sire[nt]", re.IGNORECASE)
_COMPANY = re.compile(
    r"\b(?:SAS|SASU|SA|SARL|EURL|SCOP|SCI|SNC|GIE|EPCI|soci[ée]t[ée]|association|mairie|ville|commune|m[ée]tropole|"
    r"collectivit[ée]|r[ée]gion|d[ée]partement|[ée]tablissement public)\b",
    re.IGNORECASE,
)
_PUBLIC_BODY = ("1", "2")
"""First digits of the SIREN of the State and of local authorities."""


def emails(text: str) -> Iterator[Finding]:
    """Addresses of persons, also with "(at)"; shared boxes are left out."""
    for match in _EMAIL.finditer(text):
        box = re.split(_AT, match[0], maxsplit=1, flags=re.IGNORECASE)[0].lower()
        if box not in _SHARED_BOXES:
            yield Finding(Kind.EMAIL, match.start(), match.end())


def phones(text: str) -> Iterator[Finding]:
    """Numbers that exist in their country's plan, and any ten digits written the French way."""
    for found in PhoneNumberMatcher(text, "FR", leniency=Leniency.VALID):
        if sum(char.isdigit() for char in found.raw_string) > 6:
            yield Finding(Kind.PHONE, found.start + _unclosed(found.raw_string), found.end)
    for match in _FRENCH_PHONE.finditer(text):
        yield Finding(Kind.PHONE, match.start(), match.end())


def _unclosed(number: str) -> int:
    """How many brackets a number begins with that close behind it: they belong to the sentence."""
    opened = len(number) - len(number.lstrip("(["))
    return max(0, opened - number.count(")") - number.count("]"))


def national_numbers(text: str) -> Iterator[Finding]:
    """French social security numbers (NIR): with a right key, or called so."""
    named = _NAMES_A_NIR.search(text) is not None
    for match in _NIR.finditer(text):
        if named or nir.is_valid(match[0]):
            yield Finding(Kind.NIR, match.start(), match.end())


def ibans(text: str) -> Iterator[Finding]:
    """International account numbers; words behind the number are left out."""
    for match in _IBAN.finditer(text):
        groups = [match.start() + cut.start() for cut in re.finditer(r"[ .-]|$", match[0])]
        for end in reversed(groups):
            if iban.is_valid(text[match.start() : end].upper()):
                yield Finding(Kind.IBAN, match.start(), end)
                break


def bank_cards(text: str) -> Iterator[Finding]:
    """Payment card numbers: 13 to 19 digits with a right check digit (Luhn)."""
    for match in _CARD.finditer(text):
        if luhn.is_valid(re.sub(r"\D", "", match[0])):
            yield Finding(Kind.CARD, match.start(), match.end())


def sirets(text: str) -> Iterator[Finding]:
    """SIRET and SIREN that may be those of a person who works alone: not those of public bodies or named companies."""
    if not _NAMES_A_SIRET.search(text) or _COMPANY.search(text):
        return
    for match in _SIRET.finditer(text):
        number = re.sub(r"\D", "", match[0])
        if not number.startswith(_PUBLIC_BODY) and (siret.is_valid(number) or siren.is_valid(number)):
            yield Finding(Kind.SIRET, match.start(), match.end())
