"""Fits the weights that tell an invented rule from a real one (`corpus/portee/regle_supposee.toml`).

`python -m benchmarks.presumed_rules` needs an index. It reads the pairs of
`corpus/portee/regles_supposees.jsonl` (questions that take a rule for granted; `vraie`: whether the
texts hold it), searches each, prints what ten-fold cross-validation gives at several limits, and
writes the weights of all of them with the limit at which few enough true rules are refused.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from assistant.answering.pipeline import Assistant
from assistant.answering.question import Question
from assistant.answering.refusal.presumed import FEATURES, presumes, weigh_rule
from assistant.answering.refusal.refuse import odds
from assistant.resources import corpus_folder
from assistant.settings import load_settings
from assistant.wiring import open_assistant
from benchmarks.refusal_curve import TODAY

TRUE_REFUSED = 0.02
"""Share of questions about a true rule that may be refused."""
FOLDS = 10
_FOLDER = corpus_folder() / "portee"
_PAIRS = _FOLDER / "regles_supposees.jsonl"
_NAMES = ("scope", *FEATURES)


def main() -> int:
    """Measure, choose, write."""
    values, invented = measured(open_assistant(load_settings()))
    doubts = _cross_validated(values, invented)
    limit = round(float(np.quantile(doubts[~invented], 1 - TRUE_REFUSED)), 3)
    for at in (0.7, 0.8, 0.9, limit):
        caught, wrong = (doubts[invented] > at).mean(), (doubts[~invented] > at).mean()
        print(f"limit {at:.3f}: invented rules refused {caught:.3f}, true rules refused {wrong:.3f}")
    bias, slopes = _fit(values, invented)
    _write(limit, bias, slopes)
    return 0


def measured(assistant: Assistant) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """One row a question that is looked at, and whether its rule is invented."""
    rows = list(_rows(assistant))
    return np.array([row for row, _ in rows]), np.array([invented for _, invented in rows])


def _rows(assistant: Assistant) -> Iterator[tuple[list[float], bool]]:
    scope = assistant.gate.scope
    for line in _PAIRS.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        question = Question(pair["question"], pair["lang"], as_of=TODAY)
        request, evidence = assistant.search(question)
        if presumes(request) and assistant.gate.before(request, assistant.library) is None:
            said = odds(scope.probabilities(request.search_text))
            yield [said, *weigh_rule(request, evidence, scope).values()], not pair["vraie"]


def _cross_validated(values: npt.NDArray[np.float64], invented: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]  # has no stubs
    from sklearn.model_selection import cross_val_predict  # type: ignore[import-untyped]  # has no stubs
    from sklearn.pipeline import make_pipeline  # type: ignore[import-untyped]  # has no stubs
    from sklearn.preprocessing import StandardScaler  # type: ignore[import-untyped]  # has no stubs

    model = make_pipeline(StandardScaler(), LogisticRegression())
    said: npt.NDArray[np.float64] = cross_val_predict(model, values, invented, cv=FOLDS, method="predict_proba")
    return said[:, 1]


def _fit(values: npt.NDArray[np.float64], invented: npt.NDArray[np.bool_]) -> tuple[float, list[float]]:
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(values)
    fitted = LogisticRegression().fit(scaler.transform(values), invented)
    slopes = fitted.coef_[0] / scaler.scale_
    return round(float(fitted.intercept_[0] - slopes @ scaler.mean_), 4), [round(float(s), 4) for s in slopes]


def _write(limit: float, bias: float, slopes: Sequence[float]) -> None:
    head = [
        "# Written by `python -m benchmarks.presumed_rules`.",
        f"limit = {limit}",
        f"bias = {bias}",
        "",
        "[weights]",
    ]
    lines = [f'"{name}" = {slope}' for name, slope in zip(_NAMES, slopes, strict=True)]
    (_FOLDER / "regle_supposee.toml").write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
