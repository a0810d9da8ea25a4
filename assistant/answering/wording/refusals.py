"""What a refusal or a question asked back says, and where else to look, in French and English.

The failure this prevents: a refusal that leaves somebody with nothing to do next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.answering.answer import RefusalType

_REFUSALS: Mapping[RefusalType, Mapping[str, tuple[str, str]]] = {
    RefusalType.OUTSIDE_CORPUS: {
        "fr": (
            "Je ne trouve pas de réponse dans les textes que je contiens (RGPD, règlement IA, NIS 2, DSA, "
            "Data Act, délibération, cadre et charte).",
            "{advice} Vous pouvez aussi reformuler avec d'autres mots, ou demander à {contact}.",
        ),
        "en": (
            "I find no answer in the texts that I hold (GDPR, AI Act, NIS2, DSA, Data Act, the cities' texts and "
            "the charter).",
            "{advice} You can also try other words, or ask {contact}.",
        ),
    },
    RefusalType.FALSE_PREMISE: {
        "fr": (
            "Ce que vous citez n'existe pas dans les textes que je contiens ({fact}).",
            "Vérifiez la référence, ou décrivez le sujet avec vos mots : je chercherai le bon passage.",
        ),
        "en": (
            "What you refer to does not exist in the texts that I hold ({fact}).",
            "Check the reference, or describe the subject in your own words: I will look for the right passage.",
        ),
    },
    RefusalType.OFF_TOPIC: {
        "fr": (
            "Votre question sort de mon domaine : je réponds sur l'IA, les données et les services numériques, d'après "
            "les textes européens et les règles de la collectivité.",
            "Demandez-moi par exemple si vous pouvez confier un document à un outil d'IA, ou ce que dit un article. "
            "Pour le reste, votre assistance ou votre service saura vous aider.",
        ),
        "en": (
            "Your question is outside my field: I answer about AI, data and digital services, from the European texts "
            "and the city's rules.",
            "Ask me, for example, whether you may give a document to an AI tool, or what an article says. For anything "
            "else, your support desk or your department can help.",
        ),
    },
    RefusalType.INJECTION: {
        "fr": (
            "Je ne peux pas suivre cette demande : je cite toujours mes sources, je n'invente pas de texte, et mes "
            "réponses disent toujours qu'une IA les a produites.",
            "Posez-moi votre question sur le fond, je chercherai ce que disent les textes. Si une règle vous gêne, "
            "parlez-en à {contact}.",
        ),
        "en": (
            "I cannot follow this request: I always cite my sources, I make up no text, and my answers always say that "
            "an AI produced them.",
            "Ask me your question itself, and I will look for what the texts say. If a rule is in your way, talk to "
            "{contact}.",
        ),
    },
    RefusalType.INDIVIDUAL_DECISION: {
        "fr": (
            "Je ne décide pas de la situation d'une personne, et je ne la note pas : j'informe, et la décision revient "
            "à un humain qui connaît le dossier.",
            "Je peux en revanche vous donner la règle : posez la question sans parler d'une personne. Pour ce dossier, "
            "voyez la personne habilitée à décider dans votre service, ou {contact}.",
        ),
        "en": (
            "I do not decide about a person's situation, and I do not score anyone: I inform, and a human who knows "
            "the file decides.",
            "I can give you the rule: ask the question without speaking of a person. For this file, see the person "
            "entitled to decide in your department, or {contact}.",
        ),
    },
}

NO_SUCH_RULE = {
    "fr": (
        "Je ne trouve pas cette règle dans {where} : votre question la tient pour acquise.",
        "Vérifiez d'où elle vient, ou demandez-moi ce que disent les textes sur ce sujet. En cas de doute, voyez "
        "{contact}.",
    ),
    "en": (
        "I do not find this rule in {where}: your question takes it for granted.",
        "Check where it comes from, or ask me what the texts say on the subject. When in doubt, ask {contact}.",
    ),
}
THE_TEXTS = {"fr": "les textes que je contiens", "en": "the texts that I hold"}
THE_TEXT_NAMED = {"fr": "le texte que vous citez ({name})", "en": "the text that you name ({name})"}
NEAREST_LEAD = {"fr": "Ce qui s'en approche le plus :", "en": "What comes nearest to it:"}

RULE_LEAD = {
    "fr": "Voici la règle :",
    "en": "This is the rule:",
}

_ADVICE: Mapping[str, Mapping[str, str]] = {
    "autre loi": {
        "fr": "La loi française et les autres textes n'y sont pas : voyez Légifrance ou votre service juridique.",
        "en": "French law and other texts are not among them: see Légifrance or your legal department.",
    },
    "jurisprudence et sanctions rendues": {
        "fr": "Les décisions des juges et des autorités n'y sont pas : voyez votre service juridique ou cnil.fr.",
        "en": "Decisions of courts and authorities are not among them: see your legal department or cnil.fr.",
    },
    "doctrine": {
        "fr": "Les guides et recommandations des autorités n'y sont pas : voyez leur site, par exemple cnil.fr.",
        "en": "Guides and recommendations of authorities are not among them: see their site, for example cnil.fr.",
    },
    "marché public": {
        "fr": "Les règles des marchés publics n'y sont pas : voyez votre service de la commande publique.",
        "en": "Public procurement rules are not among them: see your procurement department.",
    },
    "prix et budget": {
        "fr": "Les prix, les budgets et les rémunérations n'y sont pas : voyez la direction du numérique ou les "
        "ressources humaines.",
        "en": "Prices, budgets and salaries are not among them: see the digital or human resources department.",
    },
    "autre collectivité": {
        "fr": "Les règles des autres collectivités n'y sont pas : voyez leur site.",
        "en": "The rules of other cities and regions are not among them: see their site.",
    },
    "personne, lieu, contact": {
        "fr": "Les noms et coordonnées n'y sont pas : voyez l'annuaire de la collectivité.",
        "en": "Names and contact details are not among them: see the city's directory.",
    },
    "fait sur un outil": {
        "fr": "Les caractéristiques des outils n'y sont pas : voyez le catalogue des outils ou la direction du "
        "numérique.",
        "en": "Facts about tools are not among them: see the catalogue of tools or the digital department.",
    },
}
_ADVICE_OTHERWISE = {
    "fr": "Je ne connais ni la loi française, ni la jurisprudence, ni les règles internes de votre collectivité.",
    "en": "I know neither French national law, nor case law, nor the internal rules of your city.",
}


def refusal_words(
    kind: RefusalType, lang: str, contact: str, fact: str = "", clues: Sequence[str] = ()
) -> tuple[str, str]:
    """What a refusal says, and what to do next; `clues` choose where else the answer may be looked for."""
    statement, step = _REFUSALS[kind][lang]
    advice = next((_ADVICE[clue][lang] for clue in _ADVICE if clue in clues), _ADVICE_OTHERWISE[lang])
    return statement.format(fact=fact), step.format(contact=contact, advice=advice)


def no_such_rule(named: str, lang: str, contact: str) -> tuple[str, str]:
    """What is said of a rule that is not there, and what to do next; `named` is empty where no text is named."""
    statement, step = NO_SUCH_RULE[lang]
    where = THE_TEXT_NAMED[lang].format(name=named) if named else THE_TEXTS[lang]
    return statement.format(where=where), step.format(contact=contact)


WHICH_ACT = {
    "fr": "Plusieurs textes ont ce passage : lequel voulez-vous lire ?",
    "en": "Several texts have this place: which one do you mean?",
}
WHICH_SUBJECT = {
    "fr": "De quoi s'agit-il ? Dites-moi en quelques mots l'outil, les données ou le texte auxquels vous pensez.",
    "en": "What is it about? Tell me in a few words which tool, data or text you have in mind.",
}

NO_PART = {
    "fr": "{place} existe, mais n'a pas cette subdivision : il en compte {count}",
    "en": "{place} exists, but has no such part: it has {count}",
}
NO_PARTS = {
    "fr": "{place} existe, mais n'a pas de subdivision",
    "en": "{place} exists, but has no parts",
}
COUNTED = {"fr": "{act} : {count} engagements", "en": "{act}: {count} commitments"}
NOWHERE = {"fr": "aucun texte n'a de passage « {place} »", "en": "no text has a place “{place}”"}
CHAPTERS = {"fr": "{act} : {count} chapitres", "en": "{act}: {count} chapters"}
NO_CHAPTERS = {"fr": "{act} : pas de chapitres", "en": "{act}: no chapters"}
NO_EDITION = {"fr": "il n'y a pas de « {name} »", "en": "there is no “{name}”"}
NO_SUCH_ACT = {
    "fr": "je ne contiens aucun « {name} »",
    "en": "I hold no “{name}”",
}
OTHER_DELIBERATION = {
    "fr": "je ne contiens pas de délibération {number}, seulement la délibération E-2025-419",
    "en": "I hold no deliberation {number}, only deliberation E-2025-419",
}
NO_THRESHOLD = {
    "fr": "aucun de ces textes ne fixe de règle d'après le nombre d'habitants d'une commune",
    "en": "none of these texts has a rule that depends on the number of inhabitants of a town",
}
PLACES = {
    "fr": {"art": "article", "rec": "considérant", "anx": "annexe"},
    "en": {"art": "Article", "rec": "Recital", "anx": "Annex"},
}
