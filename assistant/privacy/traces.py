"""Personal data recognised by its form and by the words around it: addresses, birth dates, files, plates, IP.

The failure this prevents: "12 places de crèche" reported as an address, and "le dossier de 2019" as a file number.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from assistant.privacy.finding import Finding, Kind

_SURE_WAYS = r"rue|avenue|av\.?|boulevard|bd\.?|blvd|all[ée]e|impasse|ruelle|faubourg|fbg|sentier|esplanade|lotissement"
_OTHER_WAYS = (
    r"place|square|pl\.?|quai|route|rte\.?|chemin|cours|passage|promenade|villa|voie|clos|cit[ée]|mail|mont[ée]e|hameau|lieu-dit|"
    r"r[ée]sidence"
)
_NUMBER = r"\d{1,4}(?:\s?(?:bis|ter|quater|[a-d]\b))?\s?,?\s+"
_LINK = r"(?:de\s+la\s+|de\s+l['’]\s?|du\s+|des\s+|de\s+|d['’]\s?|la\s+|le\s+|les\s+|l['’]\s?|aux?\s+)?"
_NOT_A_NAME = (
    r"(?!(?:a|au|aux|avec|car|chez|contre|dans|demande|depuis|elle|en|est|et|il|je|la|le|les|mais|ne|on|ou|où|par|peut|pour|"
    r"puis|qui|que|sans|se|si|son|sa|ses|sur|svp|un|une|faut|doit|veut|avant|après|jusqu|dont|y)\b)"
)
_WORD = r"[^\W\d_][\w'’-]*"
_FLAT = r"(?:\s*(?:,\s*)?\b(?:appt?|apt|app|b[âa]t|b[âa]timent|esc|escalier)\b\.?\s*(?:n°\s?)?\w{1,4}\b)*"
_TOWN = r"(?:\s*(?:,\s*)?\d{5}(?:\s+(?-i:[A-ZÀ-Ý])[\w'’-]+(?:\s(?-i:[A-ZÀ-Ý])[\w'’-]+)*)?)?"
_NAME_OF_WAY = (
    rf"{_LINK}{_NOT_A_NAME}{_WORD}(?:\s(?:(?:de|du|des|la|le)\s(?-i:(?=[A-ZÀ-Ý])))*(?-i:(?=[A-ZÀ-Ý])){_WORD})*"
)
_ADDRESS = re.compile(rf"(?<![\w/.-]){_NUMBER}(?:{_SURE_WAYS})\s+{_NAME_OF_WAY}{_FLAT}{_TOWN}", re.IGNORECASE)
_OTHER_ADDRESS = re.compile(rf"(?<![\w/.-]){_NUMBER}(?:{_OTHER_WAYS})\s+{_NAME_OF_WAY}{_FLAT}{_TOWN}", re.IGNORECASE)
_LIVES = re.compile(
    r"(?:habit|loge|r[ée]sid|domicil|demeur|adress|livr|courrier|vit|log[ée]e?s?|install[ée]e?|chez\s\w+|\bau|\bsis)\w*"
    r"(?:\s(?:lui|moi|revenu|de|du|au|à|a|est|:))*\W*$",
    re.IGNORECASE,
)
_PROPER = re.compile(r"\s(?:[a-zà-ÿ]+\s|[ld]['’])*[A-ZÀ-Ý][a-zà-ÿ]|\d{5}")

_MONTHS = r"janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[ée]cembre"
_DATE = (
    rf"(?:\d{{1,2}}\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?\d{{2,4}}|\d{{1,2}}(?:er)?\s(?:{_MONTHS})\s\d{{4}}|"
    rf"\d{{4}}-\d{{2}}-\d{{2}}|(?:(?:{_MONTHS})\s)?(?:19|20)\d{{2}})"
)
_BIRTH = re.compile(
    rf"(?:\bn[ée]s?(?:\(e\)|e)?s?|naissance|\bddn|\bn[ée]\.e|anniversaire)(?:[\s:=,]|est|le|en|au|la){{0,40}}+"
    rf"({_DATE})(?!\d)",
    re.IGNORECASE,
)

_FILE = re.compile(
    r"\b(?:allocataire|dossier|matricule|demande|demandeur|r[ée]clamation|b[ée]n[ée]ficiaire|usager|[ée]tranger|fiscal|passeport|"
    r"carte\s(?:nationale\s)?d['’]identit[ée]|cni|titre\sde\ss[ée]jour|permis|[ée]tudiante?|adh[ée]rente?|abonn[ée]e?|patient|ine|"
    r"agent|contribuable|identifiant|caf)"
    r"(?:[\s:#]|n°|n\.|(?:no|num[ée]ro|est|le|caf|msa|rsa)(?![\w./-])){0,40}+"
    r"((?=[\w./-]{0,60}\d{3})[A-Z0-9][A-Z0-9./-]{3,60}[A-Z0-9](?:\s[A-Z]\b(?!['’]))?)",
    re.IGNORECASE,
)
_YEAR_OR_AMOUNT = re.compile(r"(?:19|20)\d{2}(?:[/-](?:19|20)?\d{2})?|\d{1,3}(?:[/-](?:19|20)\d{2})?")
_PLATE = re.compile(r"\b[A-HJ-NP-TV-Z]{2}([ -]?)\d{3}\1[A-HJ-NP-TV-Z]{2}\b", re.IGNORECASE)
_OLD_PLATE = re.compile(r"\b\d{1,4}[ -]?[A-HJ-NP-TV-Z]{2,3}[ -]?(?:\d{2,3}|2[AB])\b", re.IGNORECASE)
_NAMES_A_PLATE = re.compile(r"plaque|immatricul|v[ée]hicule|voiture|scooter|camion|fourri[èe]re", re.IGNORECASE)
_IPV4 = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\d)")
_IPV6 = re.compile(r"(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])", re.IGNORECASE)

_BEFORE = 40
"""Characters before a match that are looked at for what it is."""


def addresses(text: str) -> Iterator[Finding]:
    """A number, a kind of way and its name; a kind that is an everyday word too needs a second sign."""
    for match in _ADDRESS.finditer(text):
        yield Finding(Kind.ADDRESS, match.start(), match.end())
    for match in _OTHER_ADDRESS.finditer(text):
        if _PROPER.search(match[0]) or _LIVES.search(text[max(0, match.start() - _BEFORE) : match.start()]):
            yield Finding(Kind.ADDRESS, match.start(), match.end())


def birth_dates(text: str) -> Iterator[Finding]:
    """A date, or a year, that is said to be that of a birth."""
    for match in _BIRTH.finditer(text):
        yield Finding(Kind.BIRTH, match.start(1), match.end(1))


def file_numbers(text: str) -> Iterator[Finding]:
    """Numbers of files, beneficiaries, staff, identity papers; never a bare year."""
    for match in _FILE.finditer(text):
        if not _YEAR_OR_AMOUNT.fullmatch(match[1]):
            yield Finding(Kind.FILE, match.start(1), match.end(1))


def plates(text: str) -> Iterator[Finding]:
    """Licence plates; those of before 2009 only where a vehicle is spoken of."""
    for match in _PLATE.finditer(text):
        yield Finding(Kind.PLATE, match.start(), match.end())
    if _NAMES_A_PLATE.search(text):
        for match in _OLD_PLATE.finditer(text):
            yield Finding(Kind.PLATE, match.start(), match.end())


def ip_addresses(text: str) -> Iterator[Finding]:
    """Addresses of machines; not those that mean "this machine" or "any", nor numbers of versions and articles."""
    for pattern in (_IPV4, _IPV6):
        for match in pattern.finditer(text):
            if re.search(
                r"(?:version|v|art(?:icle)?\.?|point)\s?$",
                text[max(0, match.start() - _BEFORE) : match.start()],
                re.IGNORECASE,
            ):
                continue
            try:
                address = ipaddress.ip_address(match[0])
            except ValueError:
                continue
            if not (address.is_loopback or address.is_unspecified or address.is_multicast):
                yield Finding(Kind.IP, match.start(), match.end())
