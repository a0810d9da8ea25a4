"""Personal data replaced by what it is, so that the question keeps its sense.

The failure this prevents: a masked question in which two persons have become the same one.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.privacy.finding import Finding, Kind

_WORDS = {
    Kind.EMAIL: "adresse e-mail",
    Kind.PHONE: "téléphone",
    Kind.NIR: "numéro de sécurité sociale",
    Kind.IBAN: "IBAN",
    Kind.SIRET: "SIRET",
    Kind.CARD: "carte bancaire",
    Kind.NAME: "personne",
    Kind.ADDRESS: "adresse",
    Kind.BIRTH: "date de naissance",
    Kind.PLATE: "immatriculation",
    Kind.FILE: "numéro de dossier",
    Kind.IP: "adresse IP",
}


def words(kind: Kind) -> str:
    """What a kind is called, in French."""
    return _WORDS[kind]


def mask(text: str, findings: Sequence[Finding]) -> str:
    """The text with `[personne]`, or `[personne 1]` and `[personne 2]` where there are several; the same data alike.

    `findings` do not overlap, as `detect.findings` gives them.
    """
    met: dict[Kind, dict[str, int]] = {}
    for found in findings:
        known = met.setdefault(found.kind, {})
        known.setdefault(_value(text, found), len(known) + 1)
    pieces, end = [], 0
    for found in sorted(findings, key=lambda f: f.start):
        known = met[found.kind]
        number = f" {known[_value(text, found)]}" if len(known) > 1 else ""
        pieces += [text[end : found.start], f"[{_WORDS[found.kind]}{number}]"]
        end = found.end
    return "".join((*pieces, text[end:]))


def _value(text: str, found: Finding) -> str:
    return " ".join(text[found.start : found.end].casefold().split())
