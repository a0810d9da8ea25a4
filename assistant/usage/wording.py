"""Fixed words of a verdict in French and English: values, uses, data, people to ask, dates.

The failure this prevents: a verdict shown by its colour alone, or by a code that only the program knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from assistant.law.days import spelled
from assistant.settings import Contacts
from assistant.usage.types import Audience, Criterion, DataClass, Rank, Role, Status, Use, VerdictValue

Words = tuple[str, str]
"""French, English."""

VALUES: Mapping[VerdictValue, Words] = {
    VerdictValue.AUTHORISED: ("Autorisé", "Authorised"),
    VerdictValue.CONDITIONS: ("Autorisé sous conditions", "Authorised under conditions"),
    VerdictValue.TO_VALIDATE: ("À faire valider avant", "To be validated first"),
    VerdictValue.NOT_EVALUATED: ("Non évalué", "Not evaluated"),
    VerdictValue.FORBIDDEN: ("Interdit", "Not allowed"),
}

ICONS: Mapping[VerdictValue, str] = {
    VerdictValue.AUTHORISED: "✓",
    VerdictValue.CONDITIONS: "☑",
    VerdictValue.TO_VALIDATE: "⚠",
    VerdictValue.NOT_EVALUATED: "?",
    VerdictValue.FORBIDDEN: "✕",
}
"""One shape a value, always beside its words."""

TO_DO: Mapping[VerdictValue, Words] = {
    VerdictValue.AUTHORISED: ("Conditions à remplir", "Conditions to meet"),
    VerdictValue.CONDITIONS: ("Conditions à remplir", "Conditions to meet"),
    VerdictValue.TO_VALIDATE: ("Avant de commencer", "Before you start"),
    VerdictValue.NOT_EVALUATED: ("En attendant", "Meanwhile"),
    VerdictValue.FORBIDDEN: ("Que faire", "What to do"),
}
"""What stands above the checklist: only what is allowed has conditions, the rest says what may be done."""

USES: Mapping[Use, Words] = {
    Use.WRITE: ("résumer ou rédiger un document", "summarising or drafting a document"),
    Use.MINUTES: ("faire un compte rendu de réunion", "writing the minutes of a meeting"),
    Use.TRANSCRIBE: ("transcrire une réunion", "transcribing a meeting"),
    Use.TRANSLATE: ("traduire un texte", "translating a text"),
    Use.LETTER: ("répondre à un usager", "replying to a user"),
    Use.IMAGE: ("créer une image, un son ou une vidéo", "making an image, a sound or a video"),
    Use.CODE: ("écrire du code", "writing code"),
    Use.TABLE: ("analyser un tableau ou des données", "analysing a table or data"),
    Use.RESEARCH: ("chercher une information", "looking for information"),
    Use.DECISION_SUPPORT: ("aider à préparer une décision", "helping to prepare a decision"),
    Use.INDIVIDUAL_DECISION: ("décider de la situation d'une personne", "deciding about a person"),
    Use.RECRUITMENT: ("trier des candidatures", "sorting job applications"),
    Use.SURVEILLANCE: ("surveiller des agents ou le public", "watching staff or the public"),
    Use.BIOMETRICS: ("reconnaître des personnes (biométrie)", "recognising people (biometrics)"),
    Use.EMOTIONS: ("déduire les émotions de personnes", "inferring people's emotions"),
    Use.PUBLIC_AGENT: ("faire dialoguer une IA avec le public", "letting an AI talk with the public"),
    Use.INTERPRETING: ("traduire à l'oral", "interpreting speech"),
    Use.TRAINING: ("former ou montrer un outil", "training people or showing a tool"),
    Use.UNKNOWN: ("un usage non précisé", "a use that was not specified"),
}

DATA: Mapping[DataClass, Words] = {
    DataClass.PUBLIC: ("données publiques", "public data"),
    DataClass.INTERNAL: ("documents internes", "internal documents"),
    DataClass.PERSONAL: ("données personnelles", "personal data"),
    DataClass.SENSITIVE: ("données sensibles", "sensitive data"),
    DataClass.CONFIDENTIAL: ("documents confidentiels", "confidential documents"),
    DataClass.MINORS: ("données d'enfants", "children's data"),
    DataClass.SECRETS: ("mots de passe, clés ou plans de réseau", "passwords, keys or network plans"),
    DataClass.UNKNOWN: ("données non précisées", "data that was not specified"),
}

AUDIENCES: Mapping[Audience, Words] = {
    Audience.INTERNAL: ("pour les agents", "for staff"),
    Audience.USERS: ("pour des usagers", "for users of a service"),
    Audience.PUBLIC: ("pour le public", "for the public"),
    Audience.UNKNOWN: ("pour un public non précisé", "for people not specified"),
}

STATUSES: Mapping[Status, Words] = {
    Status.AUTHORISED: ("autorisé", "authorised"),
    Status.TRIAL: ("en cours d'essai", "on trial"),
    Status.NOT_EVALUATED: ("non évalué", "not evaluated"),
    Status.FORBIDDEN: ("interdit", "not allowed"),
}

RANKS: Mapping[Rank, Words] = {
    Rank.LAW: ("La loi", "The law"),
    Rank.DELIBERATION: ("Le texte adopté par la collectivité", "The text that the city adopted"),
    Rank.CHARTER: ("La charte", "The charter"),
}

CRITERIA: Mapping[Criterion, Words] = {
    Criterion.VALUE: ("création de valeur", "value created"),
    Criterion.SECURITY: ("sécurité des données", "security of data"),
    Criterion.ETHICS: ("conformité éthique", "ethical compliance"),
    Criterion.COMPLIANCE: ("conformité réglementaire", "regulatory compliance"),
    Criterion.INTEROPERABILITY: ("interopérabilité", "interoperability"),
}

_ROLES: Mapping[Role, Words] = {
    Role.REFERENT: ("votre référent IA", "your AI officer"),
    Role.DPO: ("votre délégué à la protection des données (DPO)", "your data protection officer (DPO)"),
    Role.SUPPORT: ("votre assistance informatique", "your IT support"),
}

NO_TOOL: Words = ("un outil d'IA", "an AI tool")


def say(words: Words, lang: str) -> str:
    """The words in `lang`."""
    return words[1] if lang == "en" else words[0]


def contact_words(role: Role, contacts: Contacts, lang: str) -> str:
    """Whom to ask: the contact that the settings name, else the function."""
    named = {Role.REFERENT: contacts.referent_ia, Role.DPO: contacts.dpo, Role.SUPPORT: contacts.support}[role]
    function = say(_ROLES[role], lang)
    return f"{function}: {named}" if named and lang == "en" else f"{function} : {named}" if named else function


def later(labels: list[str], since: date, lang: str) -> str:
    """Says of provisions that they apply from a later day only."""
    if lang == "en":
        verb = "Applies" if len(labels) == 1 else "Apply"
        return f"{verb} from {spelled(since, lang)} only: {'; '.join(labels)}. The rest holds today."
    verb = "Ne s'applique qu'" if len(labels) == 1 else "Ne s'appliquent qu'"
    return f"{verb}à partir du {spelled(since, lang)} : {' ; '.join(labels)}. Le reste vaut dès aujourd'hui."


def not_in_force(label: str, since: date, lang: str) -> str:
    """Says of a text that it did not exist yet on the day asked for."""
    if lang == "en":
        return f"{label}: not in force before {spelled(since, lang)}."
    return f"{label} : pas en vigueur avant le {spelled(since, lang)}."


def no_longer(label: str, lang: str) -> str:
    """Says of a provision that another version has replaced it."""
    return (
        f"{label}: replaced by a later version." if lang == "en" else f"{label} : remplacé par une version ultérieure."
    )


def review_past(tool: str, day: date, lang: str) -> str:
    """Says that an evaluation was to be looked at again before today."""
    if lang == "en":
        return f"The evaluation of {tool} was due for review on {spelled(day, lang)}: have it confirmed first."
    return f"L'évaluation de {tool} devait être revue le {spelled(day, lang)} : faites-la d'abord confirmer."


def example_catalogue(lang: str) -> str:
    """Says that the catalogue in use is the example."""
    if lang == "en":
        return "Example catalogue, to be replaced by your city's own: it binds nobody."
    return "Catalogue d'exemple, à remplacer par celui de votre collectivité : il n'engage personne."


def contradiction(higher: Rank, lower: Rank, reason: str, lang: str) -> str:
    """Says that a norm of lower rank would decide otherwise, and which one stands."""
    over, under = say(RANKS[higher], lang), say(RANKS[lower], lang)
    if lang == "en":
        return f"{under} says otherwise: “{reason}” {over} stands over it."
    return f"{under} dit autre chose : « {reason} » {over} l'emporte."


def unreadable(clause: str, lang: str) -> str:
    """Says that a clause of a rule is not among the texts at hand."""
    if lang == "en":
        return f"{clause} is not among the texts at hand: have the rule checked (`assistant rules check`)."
    return f"{clause} n'est pas dans les textes disponibles : faites vérifier la règle (`assistant rules check`)."


def outside_catalogue(name: str, lang: str) -> str:
    """Says that a tool is not in the catalogue, and that nothing is therefore known of it."""
    if lang == "en":
        return f"“{name}” is not in the catalogue: nothing is known here of its publisher, nor of where data goes."
    return f"« {name} » n'est pas au catalogue : rien n'est connu ici de son éditeur, ni d'où vont les données."
