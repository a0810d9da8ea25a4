"""Whether a question is answered at all, decided before a model is called, and the words of a refusal.

Before the search: attacks, decisions about a person, other subjects, places that do not exist.
After it: whether what was found can answer. Thresholds in `corpus/portee/seuils.toml`, drawn from
the curve of `python -m benchmarks.refusal_curve`. The failure this prevents: an answer where there
should have been "I do not know".
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.answering.answer import RefusalType
from assistant.answering.reading.understand import Request
from assistant.answering.refusal.clarify import Clarification, clarification
from assistant.answering.refusal.clues import OTHER_LAW
from assistant.answering.refusal.limits import Rule, Rules, Thresholds, Weights
from assistant.answering.refusal.premise import false_premise
from assistant.answering.refusal.presumed import presumes, weigh_rule, where_it_would_stand
from assistant.answering.refusal.scope import ANSWERABLE, Scope, load_scope
from assistant.answering.refusal.support import NEAREST, measure
from assistant.answering.retrieval.retrieve import Evidence
from assistant.data_files import read_toml
from assistant.errors import UnknownReference
from assistant.law.folding import fold
from assistant.law.identifiers import Reference
from assistant.law.passage import Passage
from assistant.library import Library
from assistant.manifest import load_manifest
from assistant.resources import corpus_folder
from assistant.usage.types import Use

_CODE = r"(?:code|cgct|cgfp|cgppp|crpa|ceseda|casf|ccp|csp|css|csi|cgi|cja|cpp)\b"
ARTICLE_OF_A_CODE = re.compile(
    r"\bart(?:icle)?s?\b\.?\s*[lrd]\s?\.?\s?\d{2,}(?:-\d+)*\b|\b[lrd]\.\s?\d{3,}(?:-\d+)+\b"
    rf"|\b[lrd]\s?\.?\s?\d{{2,}}(?:-\d+)*\s*\(?(?:du |de la |of the )?{_CODE}"
    rf"|\b{_CODE}[^?!.;]{{0,60}}\b[lrd]\s?\.?\s?\d{{2,}}\b"
)
"""An article of a French code: its letter alone is a building's or a file's ("le bâtiment D12")."""
_ARTICLE = re.compile(r"\barticles?\b|\bart\b")
_DISGUISE = frozenset({"balise", "texte codé"})

_ABOUT_PERSONS = frozenset(
    {Use.INDIVIDUAL_DECISION, Use.DECISION_SUPPORT, Use.RECRUITMENT, Use.SURVEILLANCE, Use.UNKNOWN}
)
"""Uses in which a question may be about one person's case, even where it names a tool."""

_WATCHED = frozenset({Use.PUBLIC_AGENT, Use.EMOTIONS, Use.BIOMETRICS, Use.RECRUITMENT, Use.SURVEILLANCE})
"""Uses that are never another subject, whatever the question's other words."""

LENIENCE = 0.7
"""How far the limit is raised for a follow-up, and where the rules of use decide: there is something to say."""

HELD = 0.6
"""Share of a question's words that one passage of a dropped document must hold to answer it."""

SURE = 0.85
"""Probability from which a question's wording counts before what it takes for granted, and before a place it names."""

CASE_SURE, CASE_DOUBT = 0.9, 0.6
"""A decision about a person is refused by its wording from this probability; below it, down to its threshold, where the
texts found are this doubtful too. Read from 240 control questions: of those below 0.9, 31 of 36 true ones are that
doubtful, and 1 of 11 that the texts answer."""

FLOOR = 1e-4
"""Added to probabilities before their logarithm."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer. `fact`: what there is instead; `clues`: groups of words that say whom to ask.

    `near`: of a rule that is not there, the passage that comes nearest to it.
    """

    kind: RefusalType
    fact: str = ""
    clues: tuple[str, ...] = ()
    near: Passage | None = None


Stop = Refusal | Clarification


@dataclass(frozen=True, slots=True)
class Gate:
    """Decides whether a question is answered. `published`: the texts of the manifest; others were dropped in."""

    scope: Scope
    thresholds: Thresholds
    presumed: Weights
    rules: tuple[Rule, ...]
    published: frozenset[str]

    def before(self, request: Request, library: Library) -> Stop | None:
        """What stops a question before anything is searched."""
        if self._disguised(request.question):
            return Refusal(RefusalType.INJECTION)
        unclear = clarification(request, library)
        if unclear is not None:
            return unclear
        kind, sure = self._by_wording(request)
        if kind is RefusalType.OFF_TOPIC and not self.published.issuperset(library.acts):
            kind, sure = None, 0.0
        fact = false_premise(request, library) if sure < SURE else ""
        if fact:
            return Refusal(RefusalType.FALSE_PREMISE, fact)
        if kind is not None:
            return Refusal(kind)
        clues = self.scope.clues.found(request.question)
        return Refusal(RefusalType.OUTSIDE_CORPUS, clues=clues) if _article_of_other_law(request, clues) else None

    def after(self, request: Request, evidence: Sequence[Evidence]) -> Refusal | None:
        """What stops a question once its passages are known."""
        if self._about_a_case(request, evidence):
            return Refusal(RefusalType.INDIVIDUAL_DECISION)
        if self._dropped_text_answers(request, evidence) or _ruled_on(request):
            return None
        clues = self.scope.clues.found(request.question)
        limit = self.thresholds.hors_corpus
        verdict = request.advice.verdict if request.advice else None
        if request.completed is not None or verdict is not None:
            limit += (1.0 - limit) * LENIENCE
        if not evidence or self.doubt(request, evidence) > limit:
            said = self.scope.probabilities(request.search_text)
            other = said[RefusalType.OFF_TOPIC] > said[RefusalType.OUTSIDE_CORPUS]
            return Refusal(RefusalType.OFF_TOPIC if other else RefusalType.OUTSIDE_CORPUS, clues=clues)
        return self._no_such_rule(request, evidence)

    def _no_such_rule(self, request: Request, evidence: Sequence[Evidence]) -> Refusal | None:
        """Whether the question takes for granted a rule that what was found does not hold."""
        if not presumes(request):
            return None
        said = odds(self.scope.probabilities(request.search_text))
        doubt = self.presumed.probability({"scope": said, **weigh_rule(request, evidence, self.scope)})
        near = where_it_would_stand(request, evidence)[0].passage
        return Refusal(RefusalType.FALSE_PREMISE, near=near) if doubt > self.presumed.limit else None

    def _about_a_case(self, request: Request, evidence: Sequence[Evidence]) -> bool:
        """Whether a decision about a person seems to be asked, and what was found does not answer it either."""
        if request.acts or request.references or _ruled_on(request, except_for=_ABOUT_PERSONS):
            return False
        said = self.scope.probabilities(request.question)[RefusalType.INDIVIDUAL_DECISION]
        return said > self.thresholds.decision_individuelle and self.doubt(request, evidence) > CASE_DOUBT

    def _dropped_text_answers(self, request: Request, evidence: Sequence[Evidence]) -> bool:
        """Whether a document that was dropped in holds the question's words: it may be about anything."""
        own = [piece for piece in evidence[:NEAREST] if piece.passage.reference.act not in self.published]
        return bool(own) and measure(request, own, self.scope).one >= HELD

    def doubt(self, request: Request, evidence: Sequence[Evidence]) -> float:
        """How likely it is that these passages do not answer, 0 to 1."""
        named = measure(request, evidence, self.scope)
        if named.named:
            return 0.0
        values = {**named.values(), "scope": odds(self.scope.probabilities(request.search_text))}
        total = self.thresholds.bias + sum(weight * values[name] for name, weight in self.thresholds.weights.items())
        return 1.0 / (1.0 + math.exp(-total))

    def quoted(self, refusal: Refusal, request: Request, library: Library) -> Iterator[tuple[Passage, str]]:
        """The rules that a refusal rests on, and what the quoted sentence is about."""
        if refusal.near is not None:
            yield refusal.near, request.search_text
        for rule in self.rules:
            if rule.refusal is refusal.kind and rule.collectivite in {"", request.collectivite}:
                try:
                    passage = library.passage(Reference.parse(rule.ref), request.lang, request.day)
                except UnknownReference:
                    continue
                yield passage, rule.words[passage.lang]

    def _by_wording(self, request: Request) -> tuple[RefusalType | None, float]:
        """An attack, a decision about a person or another subject by the question's own words, and how sure that is."""
        said = self.scope.probabilities(request.question)
        attack = self.thresholds.injection
        limits = {RefusalType.INJECTION: max(SURE, attack) if request.references else attack}
        if not _ruled_on(request, except_for=_ABOUT_PERSONS):
            sure = self.thresholds.decision_individuelle
            limits[RefusalType.INDIVIDUAL_DECISION] = sure if _decides_a_case(request) else max(CASE_SURE, sure)
        verdict = request.advice.verdict if request.advice else None
        if not (request.completed or request.acts or request.references or verdict):
            limits[RefusalType.OFF_TOPIC] = self.thresholds.hors_sujet
        kinds = [kind for kind, limit in limits.items() if said[kind] > limit]
        best = max(kinds, key=lambda kind: said[kind], default=None)
        return best, said[best] if best else 0.0

    def _disguised(self, text: str) -> bool:
        """Markup of prompts, letters apart, a coded text: written so that it is not read as a question."""
        return not _DISGUISE.isdisjoint(self.scope.clues.found(text))


def _ruled_on(request: Request, except_for: Collection[Use] = ()) -> bool:
    """Whether the rules of use decide on a tool that is named, or on a use that they watch: there is an answer."""
    advice = request.advice
    if advice is None or advice.verdict is None or advice.asked.use in except_for:
        return False
    return bool(advice.asked.tool or advice.asked.tool_named) or advice.asked.use in _WATCHED


def _decides_a_case(request: Request) -> bool:
    """Whether the rules of use read the question as a decision about a person too."""
    return request.advice is not None and request.advice.asked.use is Use.INDIVIDUAL_DECISION


def _article_of_other_law(request: Request, clues: Sequence[str]) -> bool:
    """Article 82 de la loi informatique et libertés, article L. 311-1: no act here is meant."""
    folded = fold(request.question)
    if request.acts:
        return False
    other = OTHER_LAW in clues and bool(request.unplaced) and _ARTICLE.search(folded) is not None
    return other or ARTICLE_OF_A_CODE.search(folded) is not None


def odds(said: Mapping[str, float]) -> float:
    """Logarithm of how much likelier a question for these texts is than one that they cannot answer."""
    refused = said[RefusalType.OUTSIDE_CORPUS] + said[RefusalType.OFF_TOPIC]
    return math.log(said[ANSWERABLE] + FLOOR) - math.log(refused + FLOOR)


@lru_cache(maxsize=2)
def load_gate(folder: Path | None = None) -> Gate:
    """Read the model, the thresholds and the rules; `ManifestError` names the wrong file and field."""
    folder = folder or corpus_folder() / "portee"
    manifest = load_manifest()
    return Gate(
        scope=load_scope(),
        thresholds=read_toml(folder / "seuils.toml", Thresholds),
        presumed=read_toml(folder / "regle_supposee.toml", Weights),
        rules=read_toml(folder / "regles.toml", Rules).rule,
        published=frozenset([*(act.id for act in manifest.act), *(document.id for document in manifest.document)]),
    )
