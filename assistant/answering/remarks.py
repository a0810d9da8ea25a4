"""What must be said beside an answer: a directive, a date not reached, a text in another language.

The failure this prevents: a rule quoted as binding although it does not apply on the day asked.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering import wording
from assistant.law.citation import Citation
from assistant.law.validity import Application, Status


def remarks(citations: Sequence[Citation], lang: str) -> tuple[str, ...]:
    """One line a fact, each once, in the order of the citations."""
    lines: list[str] = []
    for citation in citations:
        if citation.status is Status.DIRECTIVE:
            lines.append(wording.DIRECTIVE[lang])
        elif citation.status is Status.NOT_YET_APPLICABLE:
            dates = "; ".join(_from(application, lang) for application in citation.applies)
            lines.append(wording.NOT_YET[lang].format(label=citation.label, dates=dates))
        elif citation.status is Status.NOT_YET_IN_FORCE:
            lines.append(wording.NOT_IN_FORCE[lang].format(label=citation.label))
        elif citation.status is Status.REPLACED:
            lines.append(wording.REPLACED[lang].format(label=citation.label))
        if citation.lang != lang:
            lines.append(wording.OTHER_LANGUAGE[lang])
    return tuple(dict.fromkeys(lines))


def _from(application: Application, lang: str) -> str:
    since = application.since
    words = wording.FROM_DATE[lang].format(date=wording.spelled_date(since.year, since.month, since.day, lang))
    return f"{words}, {application.condition}" if application.condition else words
