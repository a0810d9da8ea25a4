"""Answers for the tests of what leaves the program. The words are ours, in the manner of the law."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from assistant.answering.answer import Answer, AnswerKind, Cost, Fingerprints, Mode, RefusalType, Sentence, Withheld
from assistant.answering.wording.label import label, refusal_label
from assistant.law.act import text_hash
from assistant.law.citation import Citation
from assistant.law.identifiers import Reference
from assistant.law.validity import Application, Status

MADE = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
DAY = date(2026, 11, 21)
BREACH = (
    "1. En cas de fuite, la collectivité prévient l'autorité « dans les meilleurs délais » et, si possible, sous "
    "72 heures ; le cœur de l'avis porte sur :\na) les *personnes* touchées ;\n– leurs données [nom, n° de dossier] ;\n"
    "b) les mesures prises – ou prévues – par la Ville & ses services (<reprise> à 100 %)."
)
ENGLISH = "The provider keeps the logs for at least six months; longer where another act says so."


def citation(n: int, text: str = BREACH, **more: Any) -> Citation:
    facts: dict[str, Any] = {
        "reference": Reference.parse("rgpd:art-33.1"),
        "label": "RGPD, article 33, paragraphe 1",
        "url": "https://eur-lex.europa.eu/eli/reg/2016/679/oj?locale=fr#art_33",
        "lang": "fr",
        "version_date": "2016-05-04",
        "status": Status.IN_FORCE,
        "applies": (),
        "amended_by": "",
    }
    facts |= more
    return Citation(n=n, quote=text, start=0, end=len(text), sha256=text_hash(text), **facts)


def answer(**more: Any) -> Answer:
    first = citation(1)
    second = citation(
        2,
        ENGLISH,
        reference=Reference.parse("ai-act:art-26.6"),
        label="Règlement IA, article 26, paragraphe 6",
        lang="en",
        status=Status.NOT_YET_APPLICABLE,
        applies=(Application(date(2027, 12, 2), "systèmes de l'annexe III", "ai-act:art-113"),),
        amended_by="32026R1744",
    )
    facts: dict[str, Any] = {
        "question": "combien de temps pour prévenir la CNIL si on a une fuite ?",
        "lang": "fr",
        "kind": AnswerKind.ANSWER,
        "text": "Ce que disent les textes :\nVous prévenez l'autorité sous 72 heures [1].\n"
        "Les journaux sont gardés six mois [2].",
        "label": label(Mode.EXTRACTIVE, None, DAY, "fr"),
        "cost": Cost(0.1, 0, 0, 0.0, "estimation"),
        "fingerprints": Fingerprints("c0ffee", "5e77", "1dec"),
        "sentences": (Sentence("Vous prévenez l'autorité sous 72 heures [1].", (1,)),),
        "guidance": ("Ces extraits ne remplacent pas un avis.",),
        "citations": (first, second),
        "withheld": (Withheld("Une phrase sans preuve.", "no citation"),),
        "warnings": ("Une reformulation n'a pas été relue.",),
    }
    return Answer(**{**facts, **more})


def generated(**more: Any) -> Answer:
    return answer(label=label(Mode.GENERATED, "ministral-3-3b", DAY, "fr"), **more)


def refusal() -> Answer:
    return answer(
        question="quel temps fera-t-il demain ?",
        kind=AnswerKind.REFUSAL,
        refusal=RefusalType.OUTSIDE_CORPUS,
        text="Je ne trouve pas de réponse dans les textes.",
        label=refusal_label("fr"),
        sentences=(),
        citations=(),
        withheld=(),
        warnings=(),
    )


VERDICT: dict[str, Any] = {
    "value": "sous_conditions",
    "tool": "Le Chat",
    "use": "resumer_rediger",
    "data": "internes",
    "audience": "interne",
    "collectivite": "strasbourg",
    "conditions": ["Retirer les noms avant de coller le texte.", "Faire relire le résultat."],
    "rule": "regle-12",
    "citations": [1],
    "contact": "dpo@exemple.fr",
    "review_date": "2027-01-31",
}
