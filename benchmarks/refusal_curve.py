"""Draws the thresholds of refusals (`corpus/portee/seuils.toml`) and the curve that they were read from.

`python -m benchmarks.refusal_curve` needs an index. Every example of `corpus/portee/exemples/` gets
the probabilities of a model that has not seen it; examples and the `tune` questions of
`tests/evaluation/questions.jsonl` are searched, and a logistic regression weighs what was found.
Written: the thresholds, and `tests/evaluation/refusal_curve.json` and `.svg` (risk: share of the
questions answered that no text answers; coverage: share of those that can be answered that are).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from assistant.answering.pipeline import Assistant
from assistant.answering.question import Question, Turn
from assistant.answering.refusal.refuse import odds
from assistant.answering.refusal.scope import ANSWERABLE, Scope
from assistant.answering.refusal.support import FEATURES, measure
from assistant.resources import corpus_folder
from assistant.settings import load_settings
from assistant.wiring import open_searcher
from benchmarks.train_scope import Material, cross_validated, prepare, train

TODAY = date(2026, 11, 21)
LINES = 1000
"""Everyday lines, not trained on, that count as questions to be answered."""
FALSE_ALARMS = {"tune": 0.0, "examples": 0.015, "lines": 0.01}
"""Share of answerable questions that one type of refusal by wording may stop; the examples are near misses."""
LEAST = {"injection": 0.5, "decision_individuelle": 0.3, "hors_sujet": 0.3}
"""No type is refused by wording below this probability; true attacks are far above it."""
OVER_REFUSAL = {"tune": 0.015, "examples": 0.035}
"""Share of answerable questions that may be refused for want of support; the examples are near misses."""
BY_WORDING = ("injection", "decision_individuelle", "hors_sujet")
WITHOUT_SUPPORT = ("hors_corpus", "hors_sujet")
_ROOT = corpus_folder().parent
_OUT = _ROOT / "tests" / "evaluation"
_TUNE_WEIGHT = 3.0


@dataclass(frozen=True, slots=True)
class Row:
    """A question, what it must get, and what it was measured to be."""

    origin: str
    text: str
    label: str
    said: Mapping[str, float]
    support: Mapping[str, float]


def main() -> int:
    """Measure, choose, write."""
    assistant = open_searcher(load_settings())
    material = prepare()
    model = train(material, range(len(material.examples)))
    rows = [*_examples(assistant, material, model), *_tune(assistant, model)]
    alarms = [model.probabilities(line) for line in material.lines[-LINES:]]
    print(json.dumps(calibrate(rows, alarms), indent=1))
    return 0


def calibrate(rows: Sequence[Row], alarms: Sequence[Mapping[str, float]]) -> Mapping[str, float]:
    """Choose and write the thresholds and the curve; the thresholds and what they do, by name."""
    limits = {kind: _by_wording(kind, rows, alarms) for kind in BY_WORDING}
    kept = [row for row in rows if row.label in {ANSWERABLE, *WITHOUT_SUPPORT} and not row.support["named place"]]
    bias, weights = _fit(kept)
    doubts = np.array([_doubt(row, bias, weights) for row in kept])
    limits["hors_corpus"] = _threshold(kept, doubts)
    _write_thresholds(limits, bias, weights)
    _write_curve(kept, doubts, limits["hors_corpus"])
    return {**limits, **_figures(kept, doubts, limits["hors_corpus"])}


def _examples(assistant: Assistant, material: Material, model: Scope) -> Iterator[Row]:
    for example, said in cross_validated(material):
        yield Row("examples", example.text, example.label, said, _support(assistant, model, Question(example.text)))


def _tune(assistant: Assistant, model: Scope) -> Iterator[Row]:
    for line in (_OUT / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["split"] == "tune":
            day = date.fromisoformat(row["as_of"]) if row.get("as_of") else None
            turns = tuple(Turn(turn["role"], turn["content"]) for turn in row.get("history", ()))
            question = Question(row["question"], row["lang"], turns, day)
            said = model.probabilities(assistant.understand(question).search_text)
            label = row["refusal"] or ANSWERABLE
            yield Row("tune", row["question"], label, said, _support(assistant, model, question))


def _support(assistant: Assistant, model: Scope, question: Question) -> Mapping[str, float]:
    dated = Question(question.text, question.lang, question.history, question.as_of or TODAY)
    return measure(*assistant.search(dated), model).values()


def _by_wording(kind: str, rows: Sequence[Row], alarms: Sequence[Mapping[str, float]]) -> float:
    """The lowest probability at which few enough answerable questions would be refused."""
    groups = {"lines": [said[kind] for said in alarms]}
    for origin in OVER_REFUSAL:
        groups[origin] = [row.said[kind] for row in rows if row.origin == origin and row.label == ANSWERABLE]
    highest = max(float(np.quantile(group, 1 - FALSE_ALARMS[name])) for name, group in groups.items())
    return round(max(LEAST[kind], highest + 0.005), 2)


def _values(row: Row) -> list[float]:
    return [odds(row.said), *(row.support[name] for name in FEATURES)]


def _fit(rows: Sequence[Row]) -> tuple[float, dict[str, float]]:
    """Bias and weights of the doubt, for values as they are measured."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]  # has no stubs
    from sklearn.preprocessing import StandardScaler  # type: ignore[import-untyped]  # has no stubs

    values = np.array([_values(row) for row in rows])
    refused = [row.label != ANSWERABLE for row in rows]
    scaler = StandardScaler().fit(values)
    weight = [_TUNE_WEIGHT if row.origin == "tune" else 1.0 for row in rows]
    fitted = LogisticRegression().fit(scaler.transform(values), refused, sample_weight=weight)
    slopes = fitted.coef_[0] / scaler.scale_
    bias = float(fitted.intercept_[0] - slopes @ scaler.mean_)
    names = ("scope", *FEATURES)
    return round(bias, 4), {name: round(float(slope), 4) for name, slope in zip(names, slopes, strict=True)}


def _doubt(row: Row, bias: float, weights: Mapping[str, float]) -> float:
    total = bias + sum(weight * value for weight, value in zip(weights.values(), _values(row), strict=True))
    return float(1 / (1 + np.exp(-total)))


def _threshold(rows: Sequence[Row], doubts: npt.NDArray[np.float64]) -> float:
    """The lowest doubt at which no more answerable questions are refused than allowed."""
    lowest = 0.0
    for origin, share in OVER_REFUSAL.items():
        answerable = doubts[[row.origin == origin and row.label == ANSWERABLE for row in rows]]
        lowest = max(lowest, float(np.quantile(answerable, 1 - share)))
    return round(lowest, 3)


def _figures(rows: Sequence[Row], doubts: npt.NDArray[np.float64], limit: float) -> dict[str, float]:
    found = {}
    for origin in OVER_REFUSAL:
        for label in (ANSWERABLE, *WITHOUT_SUPPORT):
            group = doubts[[row.origin == origin and row.label == label for row in rows]]
            if len(group):
                found[f"{origin}, {label} refused (n {len(group)})"] = round(float((group > limit).mean()), 3)
    return found


def _write_thresholds(limits: Mapping[str, float], bias: float, weights: Mapping[str, float]) -> None:
    head = "# Written by `python -m benchmarks.refusal_curve`; the curve is in tests/evaluation/refusal_curve.svg.\n"
    body = [f"{name} = {value}" for name, value in limits.items()]
    slopes = [f'"{name}" = {value}' for name, value in weights.items()]
    text = "\n".join([*body, f"bias = {bias}", "", "[weights]", *slopes])
    (corpus_folder() / "portee" / "seuils.toml").write_text(f"{head}{text}\n", encoding="utf-8")


def _write_curve(rows: Sequence[Row], doubts: npt.NDArray[np.float64], limit: float) -> None:
    refused = np.array([row.label != ANSWERABLE for row in rows])
    points = []
    for step in np.unique(np.round(np.append(doubts, limit), 3)):
        answered = doubts <= step
        coverage = float((answered & ~refused).sum() / (~refused).sum())
        risk = float((answered & refused).sum() / max(1, answered.sum()))
        points.append({"doubt": float(step), "coverage": round(coverage, 4), "risk": round(risk, 4)})
    data = {"threshold": limit, "figures": _figures(rows, doubts, limit), "points": points}
    (_OUT / "refusal_curve.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    (_OUT / "refusal_curve.svg").write_text(_svg(points, limit), encoding="utf-8")


def _svg(points: Sequence[Mapping[str, float]], limit: float) -> str:
    width, height, left, top = 480, 300, 60, 20
    highest = max(point["risk"] for point in points) or 1.0

    def at(point: Mapping[str, float]) -> str:
        return f"{left + point['coverage'] * width:.1f},{top + (1 - point['risk'] / highest) * height:.1f}"

    chosen = min(points, key=lambda point: abs(point["doubt"] - limit))
    x, y = at(chosen).split(",")
    line = " ".join(at(point) for point in points)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width + 90} {height + 70}" font-family="sans-serif" '
        f'font-size="12" role="img"><title>Risk and coverage</title><rect width="100%" height="100%" fill="white"/>'
        f'<path d="M{left} {top}V{top + height}H{left + width}" fill="none" stroke="black"/>'
        f'<polyline points="{line}" fill="none" stroke="#00558c" stroke-width="2"/>'
        f'<circle cx="{x}" cy="{y}" r="5" fill="#c0392b"/>'
        f'<text x="{float(x) - 12}" y="{float(y) - 12}" text-anchor="end">doubt {limit}: coverage '
        f"{chosen['coverage']:.3f}, risk {chosen['risk']:.3f}</text>"
        f'<text x="{left + width / 2}" y="{top + height + 40}" text-anchor="middle">coverage (answerable questions '
        f'that are answered)</text><text x="{left - 8}" y="{top + 8}" text-anchor="end">{highest:.2f}</text>'
        f'<text x="{left - 8}" y="{top + height}" text-anchor="end">0</text>'
        f'<text x="{left}" y="{top + height + 18}">0</text><text x="{left + width}" y="{top + height + 18}">1</text>'
        f'<text transform="translate(14 {top + height / 2}) rotate(-90)" text-anchor="middle">risk (answered though no '
        f"text answers)</text></svg>\n"
    )


if __name__ == "__main__":
    sys.exit(main())
