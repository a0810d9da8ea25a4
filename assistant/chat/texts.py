"""The interface's wording, one TOML file a language, checked at load; which language a browser gets.

The failure this prevents: an English sentence left over in a French page, found by a user.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from assistant.chat.sections import (
    AccessibilityTexts,
    ActionTexts,
    AnswerTexts,
    DialogTexts,
    NoticeTexts,
    PageTexts,
    Profile,
    ProfileTexts,
    ServeTexts,
    SourceTexts,
    Strict,
)
from assistant.errors import AssistantError
from assistant.manifest import Lang

ASSETS = Path(__file__).resolve().parent / "assets"
NAME = "Assistant IA et droit"

_BEFORE_SIGN = re.compile(r"(?<=\w) (?=[:;?!»])|(?<=[)”]) (?=[:;?!])|(?<=«) ")
_Twelve = Annotated[tuple[str, ...], Field(min_length=12, max_length=12)]


class Texts(Strict):
    """Everything the interface says in one language."""

    lang: Lang
    locale: str
    skip_link: str
    close: str
    theme: str
    new_conversation: str
    question: str
    send: str
    stop: str
    privacy: str
    private_now: str
    account: str
    reveal: str
    useful: str
    not_useful: str
    remark: str
    announced: str
    profile: str
    cost_decimal: str
    months: _Twelve
    notice: NoticeTexts
    answer: AnswerTexts
    actions: ActionTexts
    dialogs: DialogTexts
    withheld_reasons: dict[str, str]
    profiles: dict[Profile, ProfileTexts]
    accessibility: AccessibilityTexts
    source: SourceTexts
    errors: dict[str, str]
    pages: PageTexts
    serve: ServeTexts
    chainlit: dict[str, str]

    def day(self, day: date) -> str:
        """A date as people write it: `25 mai 2018`, `1er août 2024`, `25 May 2018`."""
        number = "1er" if self.lang == "fr" and day.day == 1 else str(day.day)
        return f"{number} {self.months[day.month - 1]} {day.year}"

    def withheld_because(self, reason: str) -> str:
        """The gate's reason in the reader's words: those of the longest beginning that fits."""
        fitting = [start for start in self.withheld_reasons if reason.startswith(start)]
        return self.withheld_reasons[max(fitting, key=len)]

    def error(self, error: Exception) -> str:
        """One line for the reader, with the next step: the wording of the error's nearest class."""
        for kind in type(error).__mro__:
            if kind.__name__ in self.errors and issubclass(kind, AssistantError):
                return self.errors[kind.__name__]
        return self.errors["unexpected"]


@lru_cache(maxsize=2)
def texts(lang: Lang) -> Texts:
    """The wording in `lang`, with the no-break spaces that French puts before some signs."""
    file = (ASSETS / f"{lang}.toml").read_text(encoding="utf-8")
    return Texts.model_validate(tomllib.loads(_BEFORE_SIGN.sub("\u00a0", file) if lang == "fr" else file))


def interface_language(accept_language: str, default: Lang) -> Lang:
    """The language of the page: the first of French and English that the browser asks for, else `default`.

    `accept_language` is the header of RFC 9110, section 12.5.4; browsers send it in order of
    preference, so its weights are not needed.
    """
    for wanted in accept_language.split(","):
        tag = wanted.split(";")[0].strip().lower().split("-")[0]
        if tag == "fr":
            return "fr"
        if tag == "en":
            return "en"
    return default
