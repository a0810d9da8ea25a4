"""Trains the scope model (`corpus/portee/poids.json`) on our examples, and measures it on examples kept apart.

`python -m benchmarks.train_scope` writes the weights and prints a table: five-fold cross-validation
over `corpus/portee/exemples/*.txt`, and the questions of `corpus/portee/controle.jsonl`, which were
written after the clues and are never trained on. `--dry-run` writes nothing.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.answering.refusal.clues import load_clues, stems
from assistant.answering.refusal.scope import ANSWERABLE, HUNDREDTHS, Scope, norm, valued
from assistant.lexicon import load_lexicon
from assistant.resources import corpus_folder

_FOLDER = corpus_folder() / "portee"
SEED = 1
LINES = 6000
"""Everyday lines trained on, as questions that can be answered."""
LINE_WEIGHT = 0.05
"""Weight of a line beside one for an example."""
MADE_WEIGHT = 0.4
"""The same for an example made from a template."""
STRENGTH = 3.0
"""Inverse of the regularisation."""
SEEN = 4
"""Examples that must hold a feature."""
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Example:
    """A text and the label that it must get; `made`: filled from a template, not written."""

    text: str
    label: str
    made: bool = False


@dataclass(frozen=True, slots=True)
class Material:
    """What is trained on, its features worked out once."""

    examples: Sequence[Example]
    rows: Sequence[Mapping[str, float]]
    lines: Sequence[str]
    line_rows: Sequence[Mapping[str, float]]
    known: Mapping[str, int]


def main() -> int:
    """Train, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    asked = parser.parse_args()
    material = prepare()
    report("cross-validation", [(example, best(said)) for example, said in cross_validated(material)])
    model = train(material, range(len(material.examples)))
    control = [Example(row["question"], row["label"]) for row in read_control() if row["label"] in model.labels]
    report("kept apart", [(example, best(model.probabilities(example.text))) for example in control])
    if not asked.dry_run:
        write(model, _FOLDER / "poids.json")
    return 0


def prepare() -> Material:
    """The examples and the everyday lines with their features."""
    clues, examples, lines = load_clues(), [*read_examples(), *made_examples()], everyday_lines()
    known = Counter(stem for line in lines for stem in set(stems(line)))
    rows = [dict(valued(example.text, clues, known)) for example in examples]
    return Material(examples, rows, lines, [dict(valued(line, clues, known, own=1)) for line in lines[:LINES]], known)


def read_examples() -> list[Example]:
    """All examples, the name of a file being their label."""
    files = sorted((_FOLDER / "exemples").glob("*.txt"))
    return [
        Example(line.strip(), file.stem)
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def made_examples() -> Iterator[Example]:
    """Examples filled from templates, the same ones each time."""
    file = tomllib.loads((_FOLDER / "gabarits.toml").read_text(encoding="utf-8"))
    random = np.random.default_rng(SEED)

    def filled(pattern: str) -> str:
        while slot := re.search(r"\{(\w+)\}", pattern):
            words = file["slots"][slot[1]]
            pattern = pattern.replace(slot[0], words[random.integers(len(words))], 1)
        return pattern

    for template in file["template"]:
        patterns = template["patterns"]
        texts = {filled(patterns[number % len(patterns)]): None for number in range(template["count"])}
        yield from (Example(text, template["label"], made=True) for text in texts)


def read_control() -> list[dict[str, str]]:
    """The questions kept apart."""
    text = (_FOLDER / "controle.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def everyday_lines() -> list[str]:
    """Every line of the everyday index, both languages, in an order fixed by the seed."""
    entries = load_lexicon().entries.values()
    lines = sorted({line for entry in entries for lang in ("fr", "en") for line in entry.words[lang]})
    return [lines[n] for n in np.random.default_rng(SEED).permutation(len(lines))]


def cross_validated(material: Material) -> Iterator[tuple[Example, dict[str, float]]]:
    """Each written example, and the probabilities of a model that has not seen it."""
    folds = np.random.default_rng(SEED).permutation(len(material.examples)) % FOLDS
    for fold in range(FOLDS):
        model = train(material, [number for number, own in enumerate(folds) if own != fold])
        for example, own in zip(material.examples, folds, strict=True):
            if own == fold and not example.made:
                yield example, model.probabilities(example.text)


def best(probabilities: Mapping[str, float]) -> str:
    """The likeliest label."""
    return max(probabilities, key=lambda label: probabilities[label])


def train(material: Material, chosen: Sequence[int]) -> Scope:
    """Multinomial logistic regression over the chosen examples; the everyday lines count as answerable."""
    from sklearn.feature_extraction import DictVectorizer  # type: ignore[import-untyped]  # has no stubs
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]  # has no stubs

    own = [material.rows[number] for number in chosen]
    counts = Counter(feature for row in own for feature in row)
    kept = [{f: v for f, v in row.items() if counts[f] >= SEEN} for row in (*own, *material.line_rows)]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{f: v / norm(row) ** 0.5 for f, v in row.items()} for row in kept])
    labels = [material.examples[number].label for number in chosen] + [ANSWERABLE] * len(material.line_rows)
    made = [MADE_WEIGHT if material.examples[number].made else 1.0 for number in chosen]
    weights = np.array(made + [LINE_WEIGHT] * len(material.line_rows))
    fitted = LogisticRegression(C=STRENGTH, max_iter=400).fit(matrix, labels, sample_weight=weights)
    return Scope(
        labels=tuple(str(label) for label in fitted.classes_),
        bias=tuple(round(float(value), 4) for value in fitted.intercept_),
        weights=_rounded(vectorizer.get_feature_names_out(), fitted.coef_),
        known=dict(material.known),
        lines=len(material.lines),
        clues=load_clues(),
    )


def _rounded(names: Sequence[str], coefficients: npt.NDArray[np.float64]) -> dict[str, tuple[int, ...]]:
    whole = np.rint(coefficients * HUNDREDTHS).astype(int)
    return {
        str(name): tuple(int(v) for v in whole[:, place]) for place, name in enumerate(names) if whole[:, place].any()
    }


def write(model: Scope, path: Path) -> None:
    """One feature a line, so that a change can be read."""
    weights = ",\n".join(
        f"{json.dumps(f, ensure_ascii=False)}:{json.dumps(w, separators=(',', ':'))}"
        for f, w in sorted(model.weights.items())
    )
    known = json.dumps({s: model.known[s] for s in sorted(model.known)}, ensure_ascii=False, separators=(",", ":"))
    path.write_text(
        f'{{"labels":{json.dumps(model.labels)},\n"bias":{json.dumps(model.bias)},\n"lines":{model.lines},\n'
        f'"known":{known},\n"weights":{{\n{weights}\n}}}}\n',
        encoding="utf-8",
    )
    print(f"{path.name}: {len(model.weights)} features, {path.stat().st_size / 1000:.0f} kB")


def report(name: str, said: Sequence[tuple[Example, str]]) -> None:
    """Recall and precision of each label."""
    print(f"{name} ({len(said)})")
    for label in sorted({e.label for e, _ in said}):
        must = [got for e, got in said if e.label == label]
        got = [e.label for e, given in said if given == label]
        right = sum(given == label for given in must)
        print(f"  {label:22} n {len(must):4}  recall {right / len(must):.3f}  precision {right / max(1, len(got)):.3f}")


if __name__ == "__main__":
    sys.exit(main())
