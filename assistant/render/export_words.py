"""Every fixed word of an export, in French and English.

The failure this prevents: an export in French with an English line in it, or two formats that name
the same thing differently.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; those with braces are completed by `export_content`."""

    title: str
    conversation: str
    question: str
    understood: str
    verdict: str
    to_do: Mapping[str, str]
    answer: str
    choices: str
    warning: str
    sources: str
    withheld: str
    version: str
    applies: str
    amended: str
    official: str
    about: str
    model: str
    no_model: str
    made: str
    reviewer: str
    editor: str
    unreviewed: str
    fingerprints: str
    mark: str
    footer: str
    colon: str
    verdict_values: Mapping[str, str]
    verdict_facts: Mapping[str, str]


FRENCH = Words(
    title="Réponse de l'assistant IA et droit",
    conversation="Conversation avec l'assistant IA et droit",
    question="Question",
    understood="Question comprise",
    verdict="Verdict d'usage",
    to_do={
        "autorise": "Conditions à remplir",
        "sous_conditions": "Conditions à remplir",
        "a_valider": "Avant de commencer",
        "non_evalue": "En attendant",
        "interdit": "Que faire",
    },
    answer="Réponse",
    choices="Précisez :",
    warning="Attention",
    sources="Sources",
    withheld="{count} phrase(s) non prouvée(s) par les textes, retirée(s) de la réponse.",
    version="Version du texte",
    applies="Applicable",
    amended="Modifié par",
    official="Texte officiel",
    about="À propos de ce document",
    model="Modèle de langage",
    no_model="aucun (extraits des textes)",
    made="Document produit le",
    reviewer="Relu par",
    editor="Responsabilité éditoriale",
    unreviewed="Contenu produit par une intelligence artificielle, sans relecture humaine enregistrée.",
    fingerprints="Empreintes (textes, réglages, index)",
    mark="Type de source numérique (IPTC)",
    footer="Contenu produit par un système d'IA",
    colon=" :",
    verdict_values={
        "autorise": "Autorisé",
        "sous_conditions": "Autorisé sous conditions",
        "a_valider": "À faire valider",
        "non_evalue": "Non évalué",
        "interdit": "Interdit",
    },
    verdict_facts={
        "tool": "Outil",
        "use": "Usage",
        "data": "Données",
        "audience": "Destinataires",
        "collectivite": "Collectivité",
        "rule": "Règle",
        "contact": "À qui s'adresser",
        "review_date": "Fiche à revoir le",
    },
)

ENGLISH = Words(
    title="Answer of the AI and law assistant",
    conversation="Conversation with the AI and law assistant",
    question="Question",
    understood="Question as understood",
    verdict="Usage verdict",
    to_do={
        "autorise": "Conditions to meet",
        "sous_conditions": "Conditions to meet",
        "a_valider": "Before you start",
        "non_evalue": "Meanwhile",
        "interdit": "What to do",
    },
    answer="Answer",
    choices="Please specify:",
    warning="Please note",
    sources="Sources",
    withheld="{count} sentence(s) that the texts do not prove, left out of the answer.",
    version="Version of the text",
    applies="Applies",
    amended="Amended by",
    official="Official text",
    about="About this document",
    model="Language model",
    no_model="none (extracts of the texts)",
    made="Document made on",
    reviewer="Reviewed by",
    editor="Editorial responsibility",
    unreviewed="Content made by artificial intelligence; no human review is on record.",
    fingerprints="Fingerprints (texts, settings, index)",
    mark="Digital source type (IPTC)",
    footer="Content made by an AI system",
    colon=":",
    verdict_values={
        "autorise": "Allowed",
        "sous_conditions": "Allowed under conditions",
        "a_valider": "To be validated first",
        "non_evalue": "Not evaluated",
        "interdit": "Forbidden",
    },
    verdict_facts={
        "tool": "Tool",
        "use": "Use",
        "data": "Data",
        "audience": "Audience",
        "collectivite": "City",
        "rule": "Rule",
        "contact": "Whom to ask",
        "review_date": "Entry to be reviewed on",
    },
)


def words(lang: str) -> Words:
    """The words of `fr` or `en`."""
    return ENGLISH if lang == "en" else FRENCH
