"""Figures of ranked lists as llama-index computes them: hit rate and nDCG.

The hit rate asks for one of the required provisions in the list, nDCG for all of them high up in it,
also where the question file is content with any one. llama-index's judges of answers (faithfulness, relevancy,
correctness) need a second language model to give marks; here quotes, citations and facts are
checked against the texts instead, and those classes are not used. The failure this prevents:
figures that can be compared with nobody else's.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from llama_index.core.evaluation.retrieval.metrics import NDCG, HitRate


def ranking_figures(wanted: Sequence[Hashable], found: Sequence[Hashable]) -> dict[str, float]:
    """`hit_rate` and `ndcg` of a list, best first; both 0 for an empty one, which llama-index refuses."""
    unique = list(dict.fromkeys(wanted))
    if not found or not unique:
        return {"hit_rate": 0.0, "ndcg": 0.0}
    expected, retrieved = [str(item) for item in unique], [str(item) for item in dict.fromkeys(found)]
    return {
        metric.metric_name: float(metric.compute(expected_ids=expected, retrieved_ids=retrieved).score)
        for metric in (HitRate(), NDCG())
    }
