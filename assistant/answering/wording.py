"""Every fixed sentence that an answer can hold, in French and English. None of them says what the law is.

The failure this prevents: a lead-in or a refusal that makes a legal claim without a citation.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.answering.answer import RefusalType

LEAD = {
    "fr": "Voici ce que disent les textes sur ce point :",
    "en": "This is what the texts say on this point:",
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
    "fr": "Ces extraits ne remplacent pas un avis : en cas de doute, demandez à {contact}.",
    "en": "These extracts are no legal advice: when in doubt, ask {contact}.",
}
SHORTENED = {
    "fr": "Le texte est abrégé : ouvrez la source pour le lire en entier.",
    "en": "The text is shortened: open the source to read all of it.",
}
OTHER_LANGUAGE = {
    "fr": "Ce texte n'existe que dans une autre langue : il est cité tel quel.",
    "en": "This text exists in French only: it is quoted as it stands.",
}
DIRECTIVE = {
    "fr": "NIS 2 est une directive : elle s'applique à travers la loi française de transposition, que cet outil ne "
    "contient pas.",
    "en": "NIS2 is a directive: it applies through the national law that transposes it, which this tool does not hold.",
}
NOT_YET = {
    "fr": "{label} : pas encore applicable à la date choisie ({dates}).",
    "en": "{label}: not yet applicable on the date chosen ({dates}).",
}
FROM_DATE = {"fr": "à partir du {date}", "en": "from {date}"}
NOT_IN_FORCE = {
    "fr": "{label} : le texte n'est pas encore en vigueur à la date choisie.",
    "en": "{label}: the text is not in force yet on the date chosen.",
}
REPLACED = {
    "fr": "{label} : cette version n'est plus en vigueur à la date choisie.",
    "en": "{label}: this version is no longer in force on the date chosen.",
}
NOTICE_EXTRACTIVE = {
    "fr": "Réponse composée par un système d'IA, sans modèle de langage : extraits des textes cités, "
    "dans leur version au {date}.",
    "en": "Answer composed by an AI system, without a language model: extracts of the texts cited, as they stand on "
    "{date}.",
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

_REFUSALS: Mapping[RefusalType, Mapping[str, tuple[str, str]]] = {
    RefusalType.OUTSIDE_CORPUS: {
        "fr": (
            "Je ne trouve pas de réponse dans les textes que je contiens (RGPD, règlement IA, NIS 2, DSA, "
            "Data Act, délibération, cadre et charte).",
            "Reformulez avec d'autres mots, ou posez la question à {contact}. Je ne connais ni la loi française, "
            "ni la jurisprudence, ni les règles internes de votre collectivité.",
        ),
        "en": (
            "I find no answer in the texts that I hold (GDPR, AI Act, NIS2, DSA, Data Act, the cities' texts and "
            "the charter).",
            "Try other words, or ask {contact}. I know neither French national law, nor case law, nor the internal "
            "rules of your city.",
        ),
    },
    RefusalType.FALSE_PREMISE: {
        "fr": (
            "Le passage que vous nommez n'existe pas ({fact}).",
            "Vérifiez la référence, ou décrivez le sujet avec vos mots : je chercherai le bon article.",
        ),
        "en": (
            "The place you name does not exist ({fact}).",
            "Check the reference, or describe the subject in your own words: I will look for the right article.",
        ),
    },
}


def refusal_words(kind: RefusalType, lang: str, contact: str, fact: str = "") -> tuple[str, str]:
    """What a refusal says, and what to do next."""
    statement, step = _REFUSALS[kind][lang]
    return statement.format(fact=fact), step.format(contact=contact)


_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "en": "January February March April May June July August September October November December".split(),
}


def spelled_date(year: int, month: int, day: int, lang: str) -> str:
    """`2 décembre 2027`, `1er août 2024`, `2 December 2027`."""
    number = "1er" if lang == "fr" and day == 1 else str(day)
    return f"{number} {_MONTHS[lang][month - 1]} {year}"
