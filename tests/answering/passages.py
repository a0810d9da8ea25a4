"""Small passages for the tests of answering. The words are ours, in the manner of the law."""

from __future__ import annotations

from datetime import date

from assistant.law.identifiers import Reference
from assistant.law.passage import Passage
from assistant.law.validity import Validity

BREACH = (
    "1. En cas de fuite, la collectivité prévient l'autorité dans les 72 heures, sauf si le risque est faible. "
    "Le retard est motivé."
)
LOGS = "6. Les journaux sont conservés au moins six mois.\na) par le service;\nb) par le prestataire."


def passage(text: str, reference: str = "rgpd:art-33.1", lang: str = "fr", **more: str) -> Passage:
    return Passage(
        reference=Reference.parse(reference),
        lang=lang,
        version_date="2016-05-04",
        celex="32016R0679",
        label=more.get("label", "RGPD, article 33, paragraphe 1"),
        title=more.get("title", ""),
        path="",
        context=more.get("context", ""),
        text=text,
        url="https://eur-lex.europa.eu/",
        validity=Validity(date(2016, 5, 24), date(2016, 5, 4), None, ()),
    )
