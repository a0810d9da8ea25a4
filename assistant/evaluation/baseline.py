"""The figures that a change must not make worse, kept in the repository.

The assistant without a chat model is deterministic: on one machine the same tree gives the same
figures to the last digit, so what is allowed to fall is only what another processor's rounding may
turn. Near ties in a ranking can swap there; one question is what such a swap costs. A figure may
therefore fall by `TOLERANCE`, or by one question where the group is so small that one is worth more.
Proof is not a matter of rounding: quotes, citations and labels may not fall at all.
The failure this prevents: a change of a word list or a weight that loses answers and that nobody
notices.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.errors import QuestionError
from assistant.evaluation.figures import Figure

TOLERANCE = 0.01
"""Fall that is allowed, from 0 to 1; about two questions of a split."""

PROOF = frozenset({"labelled", "sentences_cited", "sentences_dangling", "quotes_verified"})
"""Measures that may not fall at all."""

LOWER_IS_BETTER = frozenset({"over_refusal", "sentences_dangling"})

_ROUNDING = 1e-4
"""Means are kept with four decimals."""

Groups = Mapping[str, Mapping[str, Figure]]
"""Figures by group of questions (all, a language, a kind, an act) and measure."""


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    mean: float
    n: int


class Baseline(BaseModel):
    """The file: per split, group and measure the mean, and how many values it is over."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    sets: dict[str, dict[str, dict[str, _Kept]]]


def write(path: Path, measured: Mapping[str, Groups]) -> None:
    """Keep what was measured, by split; splits of the file that were not measured stay as they are."""
    rows = {
        split: {
            group: {measure: {"mean": round(f.mean, 4), "n": f.n} for measure, f in figures.items()}
            for group, figures in groups.items()
        }
        for split, groups in measured.items()
    }
    kept = json.loads(read(path).model_dump_json())["sets"] if path.is_file() else {}
    try:
        path.write_text(json.dumps({"sets": {**kept, **rows}}, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise QuestionError(f"{path} cannot be written ({error.strerror}): choose another place") from error


def read(path: Path) -> Baseline:
    """The file; `QuestionError` says how to make it."""
    try:
        return Baseline.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, ValidationError) as error:
        raise QuestionError(f"{path} is no baseline: delete it and write one with --write-baseline") from error


def drops(baseline: Baseline, measured: Mapping[str, Groups]) -> Iterator[str]:
    """One line a figure that is worse than the baseline allows, or whose questions changed; of splits measured."""
    for split, groups in measured.items():
        name = split or "all questions"
        if split not in baseline.sets:
            yield f"{name}: not in the baseline, write it again"
            continue
        for group, measures in baseline.sets[split].items():
            for measure, kept in measures.items():
                line = _drop(measure, kept, groups.get(group, {}).get(measure))
                if line:
                    yield f"{name}, {group}, {measure}: {line}"


def _drop(measure: str, kept: _Kept, now: Figure | None) -> str:
    if measure not in VARIABLE_COUNT and (now is None or now.n != kept.n):
        return "the questions changed, write the baseline again"
    if now is None:
        return "not measured any more"
    loss = now.mean - kept.mean if measure in LOWER_IS_BETTER else kept.mean - now.mean
    allowed = 0.0 if measure in PROOF else max(TOLERANCE, 1 / kept.n)
    return f"{now.mean:.4f}, the baseline has {kept.mean:.4f}" if loss > allowed + _ROUNDING else ""


VARIABLE_COUNT = PROOF - {"labelled"} | {"legitimate"}
"""Measures over sentences, citations or answers that cite something: their number may change with the answers."""
