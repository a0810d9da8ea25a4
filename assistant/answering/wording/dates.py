"""Fixed sentences about dates, versions and the order of norms, in French and English.

The failure this prevents: a provision named "en vigueur" in one place and "applicable" in another,
and an amending act that an English answer calls by its French name.
"""

from __future__ import annotations

import re

from assistant.law.days import spelled
from assistant.law.validity import Application

DIRECTIVE = {
    "fr": "NIS 2 est une directive : elle s'applique à travers la loi française de transposition, que cet outil ne "
    "contient pas. Son article 2, paragraphe 5, laisse chaque État membre décider si elle vaut pour les "
    "administrations locales.",
    "en": "NIS2 is a directive: it applies through the national law that transposes it, which this tool does not hold. "
    "Its Article 2(5) lets each Member State decide whether it covers local administration.",
}
OTHER_LANGUAGE = {
    "fr": "Ce texte n'existe que dans une autre langue : il est cité tel quel.",
    "en": "This text exists in French only: it is quoted as it stands.",
}
NOT_YET = {
    "fr": "{labels} : pas encore applicable le {day} ({dates}).",
    "en": "{labels}: not yet applicable on {day} ({dates}).",
}
NOT_IN_FORCE = {
    "fr": "{labels} : pas encore en vigueur le {day} (entrée en vigueur le {since}).",
    "en": "{labels}: not yet in force on {day} (entry into force on {since}).",
}
PARTLY = {
    "fr": "{labels} : applicable, avec une date plus tardive pour une partie ({dates}).",
    "en": "{labels}: applicable, with a later date for a part of it ({dates}).",
}
APPLICABLE_SINCE = {
    "fr": "{labels} : applicable depuis le {since}.",
    "en": "{labels}: applicable since {since}.",
}
APPLICABLE_THEN = {
    "fr": "{labels} : applicable à partir du {since}.",
    "en": "{labels}: applicable from {since}.",
}
AMENDED = {
    "fr": "{labels} : texte modifié le {since}{by} (pour l'ancien, ajoutez « avant le {since} »).",
    "en": "{labels}: text amended on {since}{by} (for the earlier one, add “before {since}”).",
}
INSERTED = {
    "fr": "{labels} : texte ajouté le {since}{by} ; il n'existait pas avant.",
    "en": "{labels}: text added on {since}{by}; it did not exist before.",
}
REPLACED = {
    "fr": "{labels} : ce texte a été remplacé le {since}{by}.",
    "en": "{labels}: this text was replaced on {since}{by}.",
}
REMOVED = {
    "fr": "{labels} : ce texte a été supprimé le {since}{by}.",
    "en": "{labels}: this text was deleted on {since}{by}.",
}
EXISTS_FROM = {
    "fr": "{label} n'existait pas le {day} : le texte a été ajouté le {since}",
    "en": "{label} did not exist on {day}: it was added on {since}",
}
EXISTED_UNTIL = {
    "fr": "{label} n'existe plus le {day} : le texte a été supprimé le {since}",
    "en": "{label} no longer exists on {day}: it was deleted on {since}",
}
TO_COME = {
    "fr": "Les textes sont ceux connus le {today} : ils peuvent changer d'ici le {day}.",
    "en": "The texts are those known on {today}: they may change before {day}.",
}
NORMS = {
    "fr": "La loi prime. Ordre de lecture : {levels}.",
    "en": "The law comes first. Order of reading: {levels}.",
}
THEN = {"fr": ", puis ", "en": ", then "}
FROM_DATE = {"fr": "à partir du {date}", "en": "from {date}"}
BY = {"fr": " par le {act}", "en": " by {act}"}
_CELEX = re.compile(r"3(\d{4})([RL])0*(\d+)")
_ACTS = {"fr": {"R": "règlement (UE)", "L": "directive (UE)"}, "en": {"R": "Regulation (EU)", "L": "Directive (EU)"}}


def amending_act(celex: str, lang: str) -> str:
    """` par le règlement (UE) 2026/1744`, ` by Regulation (EU) 2026/1744`; empty where no act is known."""
    match = _CELEX.fullmatch(celex)
    if match is None:
        return ""
    act = f"{_ACTS[lang][match[2]]} {match[1]}/{match[3]}"
    words = BY[lang].format(act=act)
    return words.replace(" par le directive", " par la directive")


def from_dates(applications: tuple[Application, ...], lang: str) -> str:
    """`à partir du 2 décembre 2027, systèmes de l'annexe III; à partir du …`."""
    words = []
    for application in applications:
        since = FROM_DATE[lang].format(date=spelled(application.since, lang))
        words.append(f"{since}, {application.condition}" if application.condition else since)
    return "; ".join(words)
