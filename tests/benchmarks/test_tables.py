from __future__ import annotations

from assistant.evaluation.figures import Figure
from benchmarks import speed_rows
from benchmarks.processes import Ran
from benchmarks.table import interval, markdown

TIMES = {"p50": 1.0, "p95": 2.0}
PEER = {
    "split": 1.0, "embed": 2.0, "store": 3.0, "kept": 10, "of": 100, "asked": 5, "ratio": 25.0,
    "search": TIMES, "ours": TIMES,
}  # fmt: skip


def test_a_row_of_a_table_has_a_cell_for_each_heading() -> None:
    assert markdown(["a", "b"], [["1", "2"]]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"


def test_a_figure_is_shown_with_its_interval_and_a_missing_one_as_a_dash() -> None:
    assert interval(Figure(0.8249, 0.771, 0.869, 100)) == "0.82 (0.77–0.87)"
    assert interval(None) == "–"


def test_every_row_says_how_it_was_measured() -> None:
    stages = ", ".join(f'"{stage}": 1.0' for stage in speed_rows.STAGES)
    cold = Ran(f'indexed\n{{"stages": {{{stages}}}}}', 9.0, 10**8)
    rows = [
        *speed_rows.ingestion(cold, cold),
        *speed_rows.cold_search([cold]),
        *speed_rows.serve(10**8),
        *speed_rows.no_generation("smollm2-135m"),
        *speed_rows.peers({"defaults": PEER, "hybrid": PEER}),
    ]
    assert all(row.what and row.measured and row.how for row in rows)


def test_a_peer_measured_on_a_part_of_the_texts_says_so() -> None:
    first = next(speed_rows.peers({"defaults": PEER, "hybrid": PEER}))
    assert first.measured == "51.00 s"
    assert "10 of 100 chunks measured, the rest in proportion" in first.how


def test_a_peer_that_could_not_be_measured_says_what_to_do() -> None:
    first = next(speed_rows.peers({"defaults": None, "hybrid": PEER}))
    assert first.measured == "not measured"
    assert "assistant models pull all-MiniLM-L6-v2" in first.how
