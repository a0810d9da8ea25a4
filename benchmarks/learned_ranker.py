"""Would a learned ranker order the results better than the product does? Tried on questions it has not seen.

    python -m benchmarks.learned_ranker QUESTIONS.jsonl [--split tune] [--lines 400]

A linear pairwise ranker (logistic loss on differences, as in RankNet by Burges et al. 2005, without
hidden layers) over readable features reorders the first `POOL` rows; `--lines` adds everyday lines
that an index built for this leaves out, as more questions to learn from. Figures are of cross-validation
by question. The failure this prevents: a ranker kept because it fits the questions it was trained on.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.adapters import bm25
from assistant.answering.pipeline import Assistant
from assistant.answering.reading.understand import Request
from assistant.answering.retrieval.retrieve import Evidence
from assistant.errors import AssistantError
from assistant.evaluation.figures import figure
from assistant.evaluation.questions import Case, read_cases
from assistant.evaluation.retrieval import DEPTH, hit_of, scores
from assistant.law.identifiers import LocatorKind
from assistant.settings import load_settings
from assistant.wiring import open_searcher
from benchmarks.left_out_lines import LineQuestions, without_a_tenth
from benchmarks.table import interval, markdown

POOL = 20
"""Rows that are reordered; the product's first ten and those that could come up."""

FOLDS = 5
RIDGE = 1.0
FEATURES = (
    "score", "dense", "bm25", "words", "lines", "words of the question in the text",
    "words of the question in the everyday lines", "act named", "act prior", "part of an annex", "section",
    "whole article", "length",
)  # fmt: skip
MEASURES = ("recall@1", "recall@5", "recall@10", "exact@5", "mrr@10")

Rows = npt.NDArray[np.float64]
Weights = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the rows found for it, their features, and which of them are right."""

    case: Case
    evidence: tuple[Evidence, ...]
    features: Rows
    right: npt.NDArray[np.bool_]

    def values(self, order: Sequence[int]) -> dict[str, float]:
        """The figures of an order of the rows."""
        return scores(self.case, [hit_of(self.evidence[row].passage) for row in order[:DEPTH]])


def asked(assistant: Assistant, case: Case) -> Asked:
    """Search once."""
    request, evidence = assistant.search(case.question)
    kept = tuple(evidence[:POOL])
    gold = {place.unit for place in case.gold}
    right = [hit_of(piece.passage).places[0].unit in gold for piece in kept]
    return Asked(case, kept, features(request, kept), np.array(right, dtype=np.bool_))


def features(request: Request, evidence: Sequence[Evidence]) -> Rows:
    """One row a result, in the order of `FEATURES`; the act prior is filled in by the fold."""
    question = set(bm25.encode_question(request.search_text, request.lang).indices)
    best = max((piece.score for piece in evidence), default=1.0)
    return np.array([_features(request, piece, question, best) for piece in evidence]).reshape(-1, len(FEATURES))


def _features(request: Request, piece: Evidence, question: set[int], best: float) -> list[float]:
    passage, ranks = piece.passage, dict(piece.found_by)
    locator = passage.reference.locator
    return [
        piece.score / best if best else 0.0,
        *(1 / ranks[name] if name in ranks else 0.0 for name in ("dense", "bm25", "words")),
        piece.nearest.score(passage.reference) if piece.nearest else 0.0,
        _share(question, f"{passage.title} {passage.context} {passage.text}", passage.lang),
        _share(question, passage.words, passage.lang),
        float(passage.reference.act in request.acts),
        0.0,
        float(locator.kind is LocatorKind.ANNEX),
        float(locator.kind is LocatorKind.SECTION),
        float(not locator.parts),
        float(np.log1p(len(passage.text.split()))),
    ]


def _share(question: set[int], text: str, lang: str) -> float:
    """How many of the question's stems a text holds."""
    return len(question & set(bm25.encode_passage(text, lang).indices)) / len(question) if question else 0.0


@dataclass(frozen=True, slots=True)
class Ranker:
    """Learned weights, the scale of each feature, and how often each act was right where it learned."""

    weights: Weights
    scale: Weights
    prior: dict[str, float]

    def order(self, question: Asked) -> list[int]:
        """Places that the question names first, as they were; then by the learned score."""
        values = with_prior(question, self.prior) / self.scale @ self.weights
        return sorted(range(len(values)), key=lambda row: (not question.evidence[row].named, -values[row], row))


def learn(questions: Sequence[Asked]) -> Ranker:
    """Fit on questions; each counts the same, however many pairs of rows it gives."""
    acts = Counter(place.act for question in questions for place in question.case.gold)
    prior = {act: float(np.log1p(count)) for act, count in acts.items()}
    tables = [with_prior(question, prior) for question in questions]
    scale = np.maximum(np.concatenate(tables).std(axis=0), 1e-9)
    differences, shares = [], []
    for question, table in zip(questions, tables, strict=True):
        pairs = (table[question.right][:, None] - table[~question.right][None]).reshape(-1, len(FEATURES)) / scale
        differences.append(pairs)
        shares.append(np.full(len(pairs), 1 / max(len(pairs), 1)))
    return Ranker(fit(np.concatenate(differences), np.concatenate(shares)), scale, prior)


def fit(differences: Rows, shares: Weights) -> Weights:
    """Ridge logistic regression without intercept, by Newton's method: `differences` should all be positive."""
    weights = np.zeros(differences.shape[1])
    for _ in range(25):
        wrong = 1 / (1 + np.exp(np.clip(differences @ weights, -30, 30)))
        gradient = differences.T @ (shares * wrong) - RIDGE * weights
        curvature = (differences.T * (shares * wrong * (1 - wrong))) @ differences + RIDGE * np.eye(len(weights))
        step = np.linalg.solve(curvature, gradient)
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def with_prior(question: Asked, prior: dict[str, float]) -> Rows:
    """The features with the act prior in its column."""
    filled = question.features.copy()
    filled[:, FEATURES.index("act prior")] = [prior.get(p.passage.reference.act, 0.0) for p in question.evidence]
    return filled


def cross_validated(questions: Sequence[Asked], more: Sequence[Asked], seed: int = 1) -> list[dict[str, float]]:
    """Figures of each question, ordered by a ranker that learned from all folds but its own, and from `more`."""
    rows = list(range(len(questions)))
    random.Random(seed).shuffle(rows)  # noqa: S311  (a seeded draw, no secret)
    found: dict[int, dict[str, float]] = {}
    for fold in (rows[start::FOLDS] for start in range(FOLDS)):
        kept = set(rows) - set(fold)
        ranker = learn([*(questions[row] for row in sorted(kept)), *more])
        found |= {row: questions[row].values(ranker.order(questions[row])) for row in fold}
    return [found[row] for row in range(len(questions))]


def table(named: dict[str, list[dict[str, float]]], before: list[dict[str, float]]) -> str:
    """Figures of each way of ordering, and the difference from the product's, question by question."""
    rows = []
    for name, values in named.items():
        rows.append([name, *(interval(figure([v[m] for v in values if m in v])) for m in MEASURES)])
        if values is not before:
            pairs = list(zip(values, before, strict=True))
            gains = [figure([v[m] - b[m] for v, b in pairs if m in v]) for m in MEASURES]
            rows.append(["difference", *(f"{g.mean:+.3f} ({g.low:+.3f} to {g.high:+.3f})" for g in gains)])
    return markdown(["order", *MEASURES], rows)


def main() -> int:
    """Learn, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--split", default="tune")
    parser.add_argument("--lines", type=int, default=0, help="everyday lines to learn from besides")
    given = parser.parse_args()
    settings = load_settings()
    try:
        assistant = open_searcher(settings)
        cases = [case for case in read_cases(given.questions, split=given.split) if case.is_searched]
        questions = [asked(assistant, case) for case in cases]
        before = [question.values(range(len(question.evidence))) for question in questions]
        named = {"the product's": before, "learned from the other questions": cross_validated(questions, [])}
        if given.lines:
            with ExitStack() as opened:
                held: LineQuestions = opened.enter_context(without_a_tenth(assistant))
                more = [asked(held.assistant, case) for case in held.cases[: given.lines]]
            named["learned from them and left-out lines"] = cross_validated(questions, useful(more))
            named["learned from left-out lines alone"] = _by(learn(useful(more)), questions)
        print(table(named, before))
        print(weights_of(learn(questions)))
    except AssistantError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    return 0


def useful(questions: Sequence[Asked]) -> list[Asked]:
    """Those of which something can be learned: right and wrong rows were found."""
    return [question for question in questions if question.right.any() and not question.right.all()]


def _by(ranker: Ranker, questions: Sequence[Asked]) -> list[dict[str, float]]:
    return [question.values(ranker.order(question)) for question in questions]


def weights_of(ranker: Ranker) -> str:
    """What the ranker looks at, strongest first."""
    rows = sorted(zip(FEATURES, ranker.weights, strict=True), key=lambda pair: -abs(pair[1]))
    return markdown(["feature", "weight, in standard deviations"], [[name, f"{weight:+.2f}"] for name, weight in rows])


if __name__ == "__main__":
    sys.exit(main())
