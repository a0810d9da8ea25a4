"""Plots as inline SVG: bars with their intervals, the risk–coverage curve, a histogram of seconds.

Colours are classes, so that one drawing serves a light and a dark page; each drawing has a title
and a description for those who do not see it. The failure this prevents: a report that fetches a
script from somebody's server to draw ten bars.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from assistant.evaluation.curve import Point
from assistant.evaluation.figures import Figure

_WIDTH = 680
_LABELS = 235
_VALUES = 76
_ROW = 18
_GAP = 12
_HEIGHT = 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 20, 14, 44
_BINS = 24

_Words = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class BarGroup:
    """A label and one bar a series; None where nothing was measured."""

    label: str
    figures: tuple[Figure | None, ...]


def bars(title: str, description: str, groups: Sequence[BarGroup]) -> str:
    """Horizontal bars from 0 to 100 %, a whisker for the 95 % interval, the value at the end."""
    shown = [(group, [(n, f) for n, f in enumerate(group.figures) if f]) for group in groups]
    span = _WIDTH - _LABELS - _VALUES
    parts = []
    top = 6.0
    for group, series in shown:
        height = max(1, len(series)) * _ROW
        parts.append(_text(_LABELS - 8, top + height / 2 + 4, group.label, "end"))
        for line, (n, figure) in enumerate(series):
            parts.append(_bar(n, figure, top + line * _ROW, span))
        top += height + _GAP
    axis = [_line(_LABELS + span * share, 0, _LABELS + span * share, top, "grid") for share in (0, 0.25, 0.5, 0.75, 1)]
    marks = [_text(_LABELS + span * s, top + 14, percent(s), "middle") for s in (0, 0.5, 1)]
    return _svg(title, description, top + 22, [*axis, *parts, *marks])


def risk_coverage(title: str, description: str, curve: Sequence[Point]) -> str:
    """Share of wrong answers (up) against share of questions answered (right); the dot is how it works today."""
    highest = max([0.1, *(point.risk for point in curve)])
    scale = math.ceil(highest * 5) / 5
    parts = _frame("part des questions auxquelles il est répondu", scale, percent)
    spots = [(_x(point.coverage), _y(point.risk / scale)) for point in curve]
    if spots:
        path = " ".join(f"{'M' if not n else 'L'}{x:.1f} {y:.1f}" for n, (x, y) in enumerate(spots))
        last_x, last_y = spots[-1]
        parts += [
            _line(_x(0), last_y, last_x, last_y, "chance"),
            f'<path class="curve" d="{path}"/>',
            f'<circle class="dot" cx="{last_x:.1f}" cy="{last_y:.1f}" r="5"/>',
        ]
    return _svg(title, description, _HEIGHT, parts)


def histogram(title: str, description: str, seconds: Sequence[float]) -> str:
    """How many answers took how long, in milliseconds; the last bin holds what is slower than 99 % of them."""
    if not seconds:
        return ""
    ordered = sorted(value * 1000 for value in seconds)
    most = max(ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))], 1.0)
    width = most / _BINS
    counts = [0] * _BINS
    for value in ordered:
        counts[min(int(value / width), _BINS - 1)] += 1
    tallest = max(counts)
    parts = _frame(
        "millisecondes par réponse", tallest, lambda share: f"{share:.0f}", lambda share: f"{share * most:.0f}"
    )
    step = (_WIDTH - _LEFT - _RIGHT) / _BINS
    for n, count in enumerate(counts):
        high = (_HEIGHT - _TOP - _BOTTOM) * count / tallest
        y = _HEIGHT - _BOTTOM - high
        parts.append(
            f'<rect class="s0" x="{_LEFT + n * step + 1:.1f}" y="{y:.1f}" width="{step - 2:.1f}" height="{high:.1f}"/>'
        )
    return _svg(title, description, _HEIGHT, parts)


def percent(share: float) -> str:
    """A share as French readers write it."""
    return f"{share * 100:.0f} %"


def _bar(series: int, figure: Figure, top: float, span: float) -> str:
    end = _LABELS + span * figure.mean
    low, high = _LABELS + span * figure.low, _LABELS + span * figure.high
    middle = top + _ROW / 2
    return (
        f'<rect class="s{series}" x="{_LABELS}" y="{top + 2:.1f}" width="{max(end - _LABELS, 1):.1f}" '
        f'height="{_ROW - 4}"/>{_line(low, middle, high, middle, "whisker")}'
        f"{_text(max(end, high) + 6, middle + 4, percent(figure.mean), 'start')}"
    )


def _frame(label: str, scale: float, up: _Words, along: _Words = percent) -> list[str]:
    """Axes with their marks: `up` words a value between 0 and `scale`, `along` a share of the width."""
    parts = [_text((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 6, label, "middle")]
    for share in (0, 0.25, 0.5, 0.75, 1):
        parts.append(_line(_x(0), _y(share), _x(1), _y(share), "grid"))
        parts.append(_text(_LEFT - 6, _y(share) + 4, up(share * scale), "end"))
        parts.append(_text(_x(share), _HEIGHT - _BOTTOM + 16, along(share), "middle"))
    return parts


def _x(share: float) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * share


def _y(share: float) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * share


def _line(x1: float, y1: float, x2: float, y2: float, name: str) -> str:
    return f'<line class="{name}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _svg(title: str, description: str, height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg role="img" viewBox="0 0 {_WIDTH} {height:.0f}"><title>{escape(title)}</title>'
        f"<desc>{escape(description)}</desc>{''.join(parts)}</svg>"
    )
