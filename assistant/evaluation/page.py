"""The report as one HTML page that needs nothing else: no script, no font, no other host.

The failure this prevents: figures passed on as a spreadsheet, without the questions behind them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.evaluation import plots, words
from assistant.evaluation.answers import places_cited, unexpected
from assistant.evaluation.curve import area
from assistant.evaluation.figures import Figure
from assistant.evaluation.questions import REFUSED
from assistant.evaluation.report import SET_APART, Report
from assistant.evaluation.run import Outcome, refusals
from assistant.law.days import spelled

_TEMPLATE = "page.html.j2"
NO_BREAK = "\u00a0"


def page_of(report: Report) -> str:
    """The whole page, in French."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"figure": _figure, "share": _share, "ms": _milliseconds}
    return environment.get_template(_TEMPLATE).render(_context(report))


def _context(report: Report) -> dict[str, Any]:
    return {
        "report": report,
        "made": report.made,
        "day": _spelled(report.made.as_of),
        "words": words,
        "outcomes": refusals(report.outcomes),
        "columns": _columns(report),
        "groups": _groups(report),
        "plots": _plots(report),
        "seconds": _quantiles(report.seconds),
        "search_seconds": _quantiles([o.search_seconds for o in report.outcomes if o.answer is not None]),
        "area": area(report.curve),
        "fault_groups": _by_kind(report.faulty),
        "set_apart": SET_APART,
        "unexpected": _unexpected,
    }


def _plots(report: Report) -> dict[str, str]:
    """Drawings by name; every word in them is escaped where it is drawn."""
    answered = {kind: figures for kind, figures in report.by_kind.items() if kind not in REFUSED}
    refused = {kind: figures for kind, figures in report.by_kind.items() if kind in REFUSED}
    both = ("recall@5", "required_cited")
    text = "Une barre par mesure, un trait pour l'intervalle à 95 % ; les mêmes chiffres sont dans les tableaux."
    return {
        "kinds": plots.bars("Par type de question", text, _bars(answered, both, words.KINDS)),
        "acts": plots.bars("Par texte", text, _bars(report.by_act, both, {})),
        "refusals": plots.bars("Refus pour le bon motif", text, _bars(refused, ("right_refusal",), words.KINDS)),
        "curve": plots.risk_coverage(
            "Erreurs selon la part des questions auxquelles il est répondu",
            "De gauche à droite, on répond à de plus en plus de questions, les plus sûres d'abord.",
            report.curve,
        ),
        "seconds": plots.histogram(
            "Temps de réponse", "Nombre de réponses par durée, en millisecondes.", report.seconds
        ),
    }


def _bars(
    groups: Mapping[str, Mapping[str, Figure]], measures: Sequence[str], names: Mapping[str, str]
) -> list[plots.BarGroup]:
    return [
        plots.BarGroup(names.get(name, name), tuple(figures.get(measure) for measure in measures))
        for name, figures in groups.items()
        if any(measure in figures for measure in measures)
    ]


def _groups(report: Report) -> list[tuple[str, Mapping[str, str], Mapping[str, Mapping[str, Figure]]]]:
    """The tables: heading, words for the rows, figures."""
    return [
        ("Par type de question", words.KINDS, report.by_kind),
        ("Par texte qui répond", {}, report.by_act),
        ("Par langue", words.LANGUAGES, report.by_lang),
    ]


def _columns(report: Report) -> dict[str, str]:
    """The columns that hold a figure somewhere."""
    return {measure: name for measure, name in words.COLUMNS.items() if measure in report.overall}


def _by_kind(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    found: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        found.setdefault(outcome.case.kind, []).append(outcome)
    return found


def _unexpected(outcome: Outcome) -> list[str]:
    """Provisions cited that the file neither requires nor accepts."""
    return [str(place) for place in unexpected(outcome.case, places_cited(outcome.answer))]


def _quantiles(seconds: Sequence[float]) -> dict[str, float] | None:
    ordered = sorted(seconds)
    if not ordered:
        return None
    return {name: ordered[min(int(len(ordered) * share), len(ordered) - 1)] for name, share in _QUANTILES.items()}


_QUANTILES = {"p50": 0.5, "p95": 0.95, "max": 1.0}


def _spelled(day: str) -> str:
    return spelled(date.fromisoformat(day), "fr")


def _figure(figure: Figure | None) -> str:
    """A mean in per cent with a decimal comma; a dash where nothing was measured."""
    return _share(figure.mean) if figure else "–"


def _share(value: float) -> str:
    return f"{value * 100:.1f}{NO_BREAK}%".replace(".", ",")


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.0f}{NO_BREAK}ms".replace(",", NO_BREAK)
