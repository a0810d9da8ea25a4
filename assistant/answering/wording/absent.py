"""Fixed wording around sentences told without their official text: what is missing, and how to get it.

The failure this prevents: a rewording that is taken for the law, and a reader who is told that a text
is missing but not what to do about it.
"""

from __future__ import annotations

WARNING = {
    "fr": "Texte officiel absent de cette machine : {acts}. Ce qui en est dit ici est une reformulation en langage "
    "clair, pas une citation.",
    "en": "Official text absent from this machine: {acts}. What is said of it here is a rewording in plain language, "
    "not a quote.",
}
UNKNOWN_PLACE = {
    "fr": "Texte officiel absent de cette machine : {acts}. L'assistant ne peut donc ni montrer ce passage ({places}), "
    "ni dire s'il existe.",
    "en": "Official text absent from this machine: {acts}. So the assistant can neither show this place ({places}) nor "
    "say whether it exists.",
}
NOTHING_KNOWN = {
    "fr": "Texte officiel absent de cette machine : {acts}. L'assistant n'en connaît rien sur ce point.",
    "en": "Official text absent from this machine: {acts}. The assistant knows nothing of it on this point.",
}
LEAD = {
    "fr": "Voici, en langage clair, ce que l'assistant en sait :",
    "en": "Here is, in plain language, what the assistant knows of it:",
}
READ = {
    "fr": "Pour lire le texte officiel : ouvrez le lien de la source.",
    "en": "To read the official text: open the link of the source.",
}
CURE = {
    "fr": "Pour avoir le texte officiel dans l'assistant : demandez à la personne qui l'a installé de récupérer les "
    "textes (« assistant ingest »), la machine étant reliée à internet, ou d'indiquer un dossier qui les contient "
    "(réglage « mirror »).",
    "en": "To have the official text in the assistant: ask the person who installed it to fetch the texts "
    "(“assistant ingest”) while the machine has internet access, or to name a folder that holds them "
    "(setting “mirror”).",
}
CHECK = {
    "fr": "En cas de doute, demandez à {contact}.",
    "en": "When in doubt, ask {contact}.",
}
OTHER_VERSION = {
    "fr": "{act} : reformulation du texte en vigueur depuis le {since}. Au {day}, le texte était peut-être différent.",
    "en": "{act}: rewording of the text in force since {since}. On {day} the text may have been different.",
}
NOTICE = {
    "fr": "Réponse composée par un système d'IA, sans modèle de langage : reformulations écrites d'avance, sans le "
    "texte officiel, absent de cette machine.",
    "en": "Answer composed by an AI system, without a language model: rewordings written beforehand, without the "
    "official text, which is absent from this machine.",
}
