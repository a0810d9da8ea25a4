"""The label that every answer carries: an AI system made it, how, and from the texts of which day.

IPTC digital source types: `trainedAlgorithmicMedia` where a model wrote the words,
`compositeWithTrainedAlgorithmicMedia` where quotes and fixed wording were put together.
The failure this prevents: an answer shown without saying that an AI system made it (AI Act, art. 50).
"""

from __future__ import annotations

from datetime import date

from assistant.answering.answer import Label, Mode
from assistant.answering.wording import absent, phrases
from assistant.law import days

_IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"


def label(mode: Mode, model: str | None, day: date, lang: str) -> Label:
    """The label of an answer; `model` is None in extractive mode."""
    spelled = days.spelled(day, lang)
    if mode is Mode.GENERATED:
        notice = phrases.NOTICE_GENERATED[lang].format(model=model, date=spelled)
        return Label(notice, mode, model, _IPTC + "trainedAlgorithmicMedia")
    notice = phrases.NOTICE_EXTRACTIVE[lang].format(date=spelled)
    return Label(notice, mode, None, _IPTC + "compositeWithTrainedAlgorithmicMedia")


def label_without_text(lang: str) -> Label:
    """The label of an answer made of plain sentences alone, their official text being absent."""
    source_type = _IPTC + "compositeWithTrainedAlgorithmicMedia"
    return Label(absent.NOTICE[lang], Mode.EXTRACTIVE, None, source_type)


def refusal_label(lang: str) -> Label:
    """The label of a refusal: fixed wording, nothing quoted."""
    source_type = _IPTC + "compositeWithTrainedAlgorithmicMedia"
    return Label(phrases.NOTICE_REFUSAL[lang], Mode.EXTRACTIVE, None, source_type)
