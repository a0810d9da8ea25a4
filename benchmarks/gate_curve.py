"""The curve that the threshold of the proof gate was read from.

    python -m benchmarks.gate_curve [MIRROR] > tests/evaluation/gate_curve.json

Positives are sentences of the texts in force, as they stand or harmlessly reworded; negatives are
the same sentences with one hard token flipped, sentences held against another passage of the same
act, and sentences in which one content word was replaced by another of the same act. For each
threshold of closeness: the share that passes the whole gate, and the share that would pass by
closeness alone.
"""

from __future__ import annotations

import importlib.util
import json
import os
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from assistant.answering.proof.equivalents import load_equivalents
from assistant.answering.proof.hard_tokens import read
from assistant.answering.proof.verify import CLOSENESS, Weighed, weigh
from assistant.answering.text import content_words
from assistant.law.passage import Passage
from assistant.lexicon import Lexicon
from ingest.passages import passages

COUNT = 1000
STEPS = [round(0.3 + 0.02 * n, 2) for n in range(36)]
_TESTS = Path(__file__).resolve().parents[1] / "tests"
Pair = tuple[str, Passage]


def _from_tests(name: str) -> ModuleType:
    """A module of the test folder, which is no package, under the name by which tests import it."""
    place = _TESTS.parent / f"{name.replace('.', '/')}.py"
    spec = importlib.util.spec_from_file_location(name, place)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{place.name} is missing: run this from a clone of the repository")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def samples(mirror: Path) -> dict[str, list[Pair]]:
    """`COUNT` pairs of a sentence and a passage of each kind."""
    mutations = _from_tests("tests.properties.mutations")
    rewordings = _from_tests("tests.properties.rewordings")
    with tempfile.TemporaryDirectory() as folder:
        library = _from_tests("tests.in_force").library_in_force(mirror, Path(folder))
        acts = [library.open(edition) for edition in library.editions]
        drawn = mutations.drawn_from(p for act in acts for p in passages(library.manifest, act, Lexicon({})))
    chance = random.Random(mutations.SEED)  # noqa: S311  # a sample, no secret
    chosen = chance.sample(drawn, COUNT)
    return {
        "harmless": [(c.text, c.drawn.passage) for c in rewordings.harmless(drawn, COUNT, chance)],
        "flipped": [(c.text, c.drawn.passage) for c in mutations.mutants(drawn, COUNT, chance)],
        "wrong_passage": [(d.text, _other(d.passage, drawn, chance)) for d in chosen],
        "wrong_word": [(_one_word(d.text, d.passage, drawn, chance), d.passage) for d in chosen],
    }


def _other(passage: Passage, drawn: Sequence[object], chance: random.Random) -> Passage:
    """A passage of the same act and language from another article."""
    while True:
        other: Passage = chance.choice(drawn).passage  # type: ignore[attr-defined]  # loaded by path, so untyped
        same = (other.reference.act, other.lang) == (passage.reference.act, passage.lang)
        if same and other.reference.top != passage.reference.top:
            return other


def _one_word(text: str, passage: Passage, drawn: Sequence[object], chance: random.Random) -> str:
    """One long word replaced by a long word of another passage of the act."""
    long_ones = [word for word in text.split() if len(word) > 5 and word.isalpha()]
    others = [w for w in _other(passage, drawn, chance).text.split() if len(w) > 5 and w.isalpha() and w.islower()]
    others = [word for word in others if not set(content_words(word)) & set(content_words(text))]
    if not long_ones or not others:
        return text + " " + passage.label
    return text.replace(chance.choice(long_ones), chance.choice(others), 1)


def _weigh(pair: Pair) -> Weighed:
    text, passage = pair
    return weigh(read(text, passage.lang, load_equivalents()), passage, passage.lang)


def curve(mirror: Path) -> dict[str, object]:
    """Shares that pass, by kind and threshold."""
    weighed = {kind: [_weigh(pair) for pair in pairs] for kind, pairs in samples(mirror).items()}
    return {
        "count": COUNT,
        "chosen": CLOSENESS,
        "thresholds": STEPS,
        "passing_the_gate": {
            kind: [_share([w.closeness >= step and not w.objection for w in rows]) for step in STEPS]
            for kind, rows in weighed.items()
        },
        "passing_by_closeness_alone": {
            kind: [_share([w.closeness >= step for w in rows]) for step in STEPS] for kind, rows in weighed.items()
        },
    }


def _share(passed: Sequence[bool]) -> float:
    return round(sum(passed) / len(passed), 4)


def main() -> None:
    """Print the curve as JSON."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "corpus"
    mirror = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(os.environ.get("ASSISTANT_MIRROR", beside))
    print(json.dumps(curve(mirror), indent=1))


if __name__ == "__main__":
    main()
