"""What the report calls its measures, kinds and faults, in French, for readers who do not measure every day.

The failure this prevents: a page of `recall@700w` that only its author can read.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.evaluation.faults import FaultKind

SEARCH: Mapping[str, str] = {
    "recall@5": "Textes attendus trouvés parmi les 5 premiers",
    "recall@10": "Textes attendus trouvés parmi les 10 premiers",
    "exact@5": "Paragraphe ou point exact parmi les 5 premiers",
    "recall@700w": "Textes attendus dans les 700 premiers mots",
    "mrr@10": "Rang du premier texte attendu (100 % : toujours premier)",
    "hit_rate": "Au moins un texte attendu parmi les 10 premiers (llama-index)",
    "ndcg": "Qualité de l'ordre, nDCG (llama-index)",
}
ANSWERS: Mapping[str, str] = {
    "required_cited": "Textes attendus cités",
    "key_facts": "Faits essentiels présents",
    "dated": "Questions datées : texte cité et faits présents",
    "legitimate": "Citations attendues ou admises",
    "over_refusal": "Refus à tort (le moins possible)",
}
REFUSED: Mapping[str, str] = {
    "refused": "Questions refusées quand il le faut",
    "right_refusal": "Refusées pour le bon motif",
}
PROOF: Mapping[str, str] = {
    "quotes_verified": "Citations identiques au texte officiel, au caractère près",
    "sentences_cited": "Phrases appuyées sur une citation",
    "sentences_dangling": "Phrases avec un numéro qui ne mène nulle part (zéro attendu)",
    "labelled": "Réponses signalées comme faites par une IA",
}
COLUMNS: Mapping[str, str] = {
    "recall@5": "trouvés à 5",
    "recall@10": "trouvés à 10",
    "exact@5": "exact à 5",
    "recall@700w": "700 mots",
    "required_cited": "cités",
    "legitimate": "admis",
    "key_facts": "faits",
    "dated": "datées",
    "over_refusal": "refus à tort",
    "right_refusal": "bon refus",
}
KINDS: Mapping[str, str] = {
    "lookup": "Retrouver un article",
    "definition": "Définitions",
    "usage": "Ai-je le droit de… ?",
    "local": "Textes de la ville",
    "multihop": "Deux textes à la fois",
    "dated": "Droit daté",
    "figure": "Chiffres et délais",
    "followup": "Questions de suite",
    "unanswerable": "Hors des textes",
    "false_premise": "Prémisse fausse",
    "offtopic": "Hors sujet",
    "injection": "Détournement",
    "individual": "Décision individuelle",
}
OUTCOMES: Mapping[str, str] = {
    "answer": "réponse",
    "clarification": "précision demandée",
    "hors_corpus": "hors corpus",
    "premisse_fausse": "prémisse fausse",
    "hors_sujet": "hors sujet",
    "injection": "détournement",
    "decision_individuelle": "décision individuelle",
    "error": "erreur",
}
FAULTS: Mapping[FaultKind, str] = {
    FaultKind.ERROR: "erreur du programme",
    FaultKind.QUOTE: "citation différente du texte officiel",
    FaultKind.UNCITED: "phrase sans citation",
    FaultKind.DANGLING: "numéro sans citation",
    FaultKind.UNLABELLED: "réponse sans mention de l'IA",
    FaultKind.ANSWERED: "répondu au lieu de refuser",
    FaultKind.OTHER_REFUSAL: "refusé pour un autre motif",
    FaultKind.OVER_REFUSAL: "refusé à tort",
    FaultKind.CLARIFICATION: "précision demandée au lieu de répondre",
    FaultKind.NOT_CITED: "texte attendu non cité",
    FaultKind.FACT_MISSING: "fait essentiel absent",
    FaultKind.NOT_FOUND: "texte attendu non trouvé",
}
LANGUAGES: Mapping[str, str] = {"fr": "Français", "en": "Anglais"}
MODES: Mapping[str, str] = {"extractive": "extraits des textes, sans modèle", "generated": "modèle de langage"}


def kind_words(kind: str) -> str:
    """A kind of question in words; an unknown one as the file writes it."""
    return KINDS.get(kind, kind)


MEASURES = (*SEARCH, *ANSWERS, *REFUSED, *PROOF)
"""Every measure that the report words, in its order."""
