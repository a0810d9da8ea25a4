"""All outcomes of a run as one report: figures by group, refusals, curve, seconds, every question.

Questions of the split `test` are set apart: the report counts them and names their faults, and
shows neither their words nor their answers, so that nothing is tuned to them by reading it. The
failure this prevents: a page and a JSON file that disagree, and a figure without its misses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from assistant.evaluation.curve import Point, area, points
from assistant.evaluation.faults import FaultKind
from assistant.evaluation.figures import Figure, Values, grouped, pooled
from assistant.evaluation.run import Outcome, refusals
from assistant.render.contract import answer_to_json, passage_to_json

SET_APART = "test"
"""The split whose words stay out of reports."""


@dataclass(frozen=True, slots=True)
class Made:
    """What the figures were made from."""

    file: str
    sha256: str
    split: str
    as_of: str
    mode: str
    model: str | None
    corpus: str
    settings: str
    index: str


@dataclass(frozen=True)
class Report:
    """A run over one file of questions."""

    made: Made
    outcomes: Sequence[Outcome]

    @cached_property
    def overall(self) -> dict[str, Figure]:
        """Figures over all questions."""
        return pooled(self._values)

    @cached_property
    def by_lang(self) -> dict[str, dict[str, Figure]]:
        """Figures by the language of the question."""
        return grouped([(outcome.case.lang,) for outcome in self.outcomes], self._values)

    @cached_property
    def by_kind(self) -> dict[str, dict[str, Figure]]:
        """Figures by kind of question."""
        return grouped([(outcome.case.kind,) for outcome in self.outcomes], self._values)

    @cached_property
    def by_act(self) -> dict[str, dict[str, Figure]]:
        """Figures by act that answers; a question that needs two acts counts for both."""
        return grouped([outcome.case.acts for outcome in self.outcomes], self._values)

    @cached_property
    def curve(self) -> list[Point]:
        """Risk against coverage, up to what was answered."""
        return points([outcome.answered for outcome in self.outcomes if outcome.is_answered], len(self.outcomes))

    @property
    def faulty(self) -> list[Outcome]:
        """Outcomes with a fault, in the order of the file."""
        return [outcome for outcome in self.outcomes if outcome.faults]

    @property
    def fault_counts(self) -> dict[FaultKind, int]:
        """Questions that have each kind of fault, gravest kind first."""
        counts = Counter(kind for outcome in self.outcomes for kind in {fault.kind for fault in outcome.faults})
        return {kind: counts[kind] for kind in FaultKind if counts[kind]}

    @property
    def seconds(self) -> list[float]:
        """How long each answer took."""
        return [outcome.answer_seconds for outcome in self.outcomes if outcome.answer is not None]

    def to_json(self) -> dict[str, Any]:
        """Everything, for programs."""
        return {
            "made": asdict(self.made),
            "questions": len(self.outcomes),
            "figures": {"all": _means(self.overall)}
            | {name: _by_group(groups) for name, groups in self._groups().items()},
            "refusals": refusals(self.outcomes),
            "faults": {kind.value: count for kind, count in self.fault_counts.items()},
            "risk_coverage": {"area": area(self.curve), "points": [_point(point) for point in self.curve]},
            "rows": [row_of(outcome) for outcome in self.outcomes],
        }

    @property
    def _values(self) -> list[Values]:
        return [outcome.values for outcome in self.outcomes]

    def _groups(self) -> Mapping[str, Mapping[str, Mapping[str, Figure]]]:
        return {"by_lang": self.by_lang, "by_kind": self.by_kind, "by_act": self.by_act}


def guarded(outcomes: Sequence[Outcome]) -> dict[str, dict[str, dict[str, Figure]]]:
    """What a baseline keeps: per split the figures of all questions, of each language and of each kind."""
    found = {}
    for split in dict.fromkeys(outcome.case.split for outcome in outcomes):
        own = [outcome for outcome in outcomes if outcome.case.split == split]
        values = [outcome.values for outcome in own]
        groups = grouped([(outcome.case.lang, outcome.case.kind) for outcome in own], values)
        found[split] = {"all": pooled(values), **groups}
    return found


def row_of(outcome: Outcome) -> dict[str, Any]:
    """One question: its figures and faults and, unless it is set apart, its words, answer and evidence."""
    case = outcome.case
    row: dict[str, Any] = {
        "id": case.id,
        "split": case.split,
        "kind": case.kind,
        "lang": case.lang,
        "values": {measure: list(values) for measure, values in outcome.values.items()},
        "faults": [{"kind": fault.kind.value} for fault in outcome.faults],
        "search_seconds": round(outcome.search_seconds, 5),
        "answer_seconds": round(outcome.answer_seconds, 5),
    }
    if case.split == SET_APART:
        return row
    return row | {
        "faults": [{"kind": fault.kind.value, "detail": fault.detail} for fault in outcome.faults],
        "question": case.question.text,
        "history": [{"role": turn.role, "content": turn.content} for turn in case.question.history],
        "gold": [str(place) for place in case.gold],
        "any_will_do": case.any_will_do,
        "answer": answer_to_json(outcome.answer) if outcome.answer else None,
        "evidence": [
            {"score": piece.score, "found_by": dict(piece.found_by)}
            | passage_to_json(piece.passage, case.question.as_of or piece.passage.validity.valid_from)
            for piece in outcome.evidence
        ],
    }


def _by_group(groups: Mapping[str, Mapping[str, Figure]]) -> dict[str, Any]:
    return {name: _means(figures) for name, figures in groups.items()}


def _means(figures: Mapping[str, Figure]) -> dict[str, Any]:
    return {
        measure: {"mean": round(f.mean, 4), "low": round(f.low, 4), "high": round(f.high, 4), "n": f.n}
        for measure, f in figures.items()
    }


def _point(point: Point) -> dict[str, float]:
    return {name: round(value, 4) for name, value in asdict(point).items()}
