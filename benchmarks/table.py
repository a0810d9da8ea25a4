"""Tables in Markdown, as the README takes them over."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evaluation.figures import Figure


def markdown(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table; every row has as many cells as the header."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def interval(figure: Figure | None) -> str:
    """A mean and its 95 % interval: `0.82 (0.77–0.87)`; a dash where nothing was measured."""
    return f"{figure.mean:.2f} ({figure.low:.2f}–{figure.high:.2f})" if figure else "–"
