"""Every fixed sentence that an answer can hold, in French and English. None of them says what the law is.

The failure this prevents: a lead-in or a refusal that makes a legal claim without a citation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

LEAD = {
    "fr": "Ce que disent les textes :",
    "en": "What the texts say:",
}
LEAD_NAMED = {
    "fr": "Voici le texte demandé :",
    "en": "This is the text you asked for:",
}
NOTHING_PROVEN = {
    "fr": "Le modèle n'a rien écrit qui soit prouvé par les textes : voici les extraits eux-mêmes.",
    "en": "The model wrote nothing that the texts prove: here are the extracts themselves.",
}
CHECK = {
    "fr": "Sans valeur d'avis juridique : en cas de doute, voyez {contact}.",
    "en": "No legal advice: when in doubt, ask {contact}.",
}
SHORTENED = {
    "fr": "Le texte est abrégé : ouvrez la source pour le lire en entier.",
    "en": "The text is shortened: open the source to read all of it.",
}
NOT_REVIEWED = {
    "fr": "Reformulation non relue : le texte officiel fait foi.",
    "en": "Rewording not reviewed: the official text is authoritative.",
}
REVIEWED = {
    "fr": "Reformulation relue par {by} le {on} ; le texte officiel fait foi.",
    "en": "Rewording reviewed by {by} on {on}; the official text is authoritative.",
}
MODEL_FAILED = {
    "fr": "Le modèle de langage n'a pas pu répondre : voici les extraits eux-mêmes.",
    "en": "The language model could not answer: here are the extracts themselves.",
}
MORE = {"fr": "En savoir plus :", "en": "Read more:"}
TABLE_HEAD = {"fr": "| Texte | Ce qu'il dit |", "en": "| Text | What it says |"}
NOTICE_EXTRACTIVE = {
    "fr": "Réponse composée par un système d'IA, sans modèle de langage : reformulations et extraits des textes cités, "
    "dans leur version au {date}.",
    "en": "Answer composed by an AI system, without a language model: rewordings and extracts of the texts cited, "
    "as they stand on {date}.",
}
NOTICE_GENERATED = {
    "fr": "Réponse rédigée par une IA (modèle {model}) à partir des textes cités, dans leur version au {date}.",
    "en": "Answer written by an AI (model {model}) from the texts cited, as they stand on {date}.",
}
NOTICE_REFUSAL = {
    "fr": "Message d'un système d'IA, sans modèle de langage.",
    "en": "Message of an AI system, without a language model.",
}
DEFAULT_CONTACT = {
    "fr": "votre référent IA ou votre DPO",
    "en": "your AI officer or your DPO",
}


def reviews(readers: Iterable[tuple[str, str]], lang: str) -> Iterator[str]:
    """Who read the plain sentences of an answer (name and day of each reader); that nobody did, where one is unread."""
    known = dict.fromkeys(readers)
    if any(not by for by, _ in known):
        yield NOT_REVIEWED[lang]
        return
    yield from (REVIEWED[lang].format(by=by, on=on) for by, on in known)
