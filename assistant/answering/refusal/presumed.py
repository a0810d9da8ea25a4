"""A rule that a question takes for granted and that the texts do not hold: "les 15 jours que donne l'article 33".

Only questions that speak of a rule of a named text, or ask for its place, are looked at; whether the
rule is there is weighed from what was found (`corpus/portee/regle_supposee.toml`, fitted by
`python -m benchmarks.presumed_rules` on pairs of true and invented rules). The failure this prevents:
an answer about article 33 that lets "15 jours" stand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.answering.proof.equivalents import load_equivalents
from assistant.answering.proof.hard_tokens import NUMBER, read
from assistant.answering.reading.understand import Request
from assistant.answering.refusal.scope import Scope
from assistant.answering.refusal.support import NEAREST, measure
from assistant.answering.retrieval.retrieve import Evidence
from assistant.law.folding import fold
from assistant.law.passage import Passage

FEATURES = ("covered by one", "nearest line", "quantity not found", "named place")
"""What `weigh_rule` returns, in order; the odds of the scope model come beside them."""

_SAYS = re.compile(
    r"\b(?:impos|oblig|exig|interdi(?:t|sent|sait)\b|prevoi|fixe|puni|autoris|permet|accord|ordonn|dispens|exempt|exoner"
    r"|plafonn|prescri|institu|instaur|sanctionn|donne|laisse|rend\b|protege|postpon|requir|forbid|bans?\b|prohibit"
    r"|allows?\b|permits?\b|grant|caps?\b|sets?\b|lets?\b|mandat|demands?\b|gives?\b|orders?\b|creates?\b|dit que"
    r"|disent que|says? that|ma(?:kes?|de) (?:us|it)|doi(?:t|vent)\b(?![- ](?:on|ils?|elles?|je)\b)"
    r"|must\b(?! (?:i|we|it|they|the)\b))"
)
"""Words in which a question says that there is a rule."""

_IS = re.compile(
    r"\b(?:prevue?s?\b|interdiction|obligation|amendes?\b|quotas?\b|seuils?\b|delais?\b|forfaits?\b|preavis|moratoire|taxe"
    r"|fines?\b|limits?\b|ban\b|thresholds?\b|deadlines?\b|fees?\b)"
)
"""Names of rules: with a quantity, they take one for granted."""

_COMPARES = re.compile(r"\b(?:entre|between|laquelle|lequel|which of|compar\w*|differen\w*)\b")
"""Words of a question that weighs one thing against another, and takes neither for granted."""

_PLACE_ASKED = re.compile(
    r"\b(?:quels?|quelles?|which|what|cite\w*)\b.{0,25}\b(?:articles?|dispositions?|paragraphes?|alineas?|points?|regles?"
    r"|passages?|considerants?|annexes?|rules?|provisions?|paragraphs?|parts?|recitals?|annex|sections?|engagements?"
    r"|commitments?)\b|\bou est|\bwhere (?:is|does|do)\b|\bc'est ecrit"
)
"""Questions for the place of a rule, which take it for granted."""

_QUANTITY = re.compile(r"[a-z%€]")
"""In the value of a number: a unit. A bare number says how many people or machines a question is about."""


def presumes(request: Request) -> bool:
    """Whether a question speaks of a rule of a text that it names, or asks where a rule stands."""
    folded = fold(request.question)
    if request.advice is not None and request.advice.verdict is not None:
        return False
    if not (request.acts or request.references or _PLACE_ASKED.search(folded)):
        return False
    measured = _IS.search(folded) is not None and bool(quantities(request.question, request.lang))
    return measured or (_SAYS.search(folded) is not None and _COMPARES.search(folded) is None)


def where_it_would_stand(request: Request, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Of what was found, the places named; else what belongs to the texts named, or everything."""
    named = [piece for piece in evidence if piece.named]
    of_acts = [piece for piece in evidence if piece.passage.reference.act in request.acts]
    return (named or of_acts or list(evidence))[:NEAREST]


def weigh_rule(request: Request, evidence: Sequence[Evidence], scope: Scope) -> Mapping[str, float]:
    """How far what was found holds the rule that a question takes for granted, by the names of `FEATURES`."""
    held = where_it_would_stand(request, evidence)
    asked = quantities(request.question, request.lang)
    found = {value for piece in held for value in _quantities_of(piece.passage)}
    nearest = (piece.nearest.score(piece.passage.reference) for piece in held if piece.nearest)
    figures = (
        measure(request, held, scope).one,
        max(nearest, default=0.0),
        float(bool(asked - found)),
        float(any(piece.named for piece in held)),
    )
    return dict(zip(FEATURES, figures, strict=True))


def _quantities_of(passage: Passage) -> set[str]:
    return quantities(f"{passage.context}\n{passage.text}", passage.lang)


def quantities(text: str, lang: str) -> set[str]:
    """Durations, amounts and shares that a text names."""
    items = read(text, lang, load_equivalents())
    return {item.value for item in items if item.family == NUMBER and _QUANTITY.search(item.value)}
