"""The interface's wording, one TOML file a language, checked at load; which language a browser gets.

The failure this prevents: an English sentence left over in a French page, found by a user.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from assistant.errors import AssistantError
from assistant.law.validity import Status
from assistant.manifest import Lang

ASSETS = Path(__file__).resolve().parent / "assets"
NAME = "Assistant IA et droit"

_Twelve = Annotated[tuple[str, ...], Field(min_length=12, max_length=12)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NoticeTexts(_Strict):
    """What is said before the first question."""

    summary: str
    items: tuple[str, ...]
    extractive: str
    generated: str
    absent: str


class AnswerTexts(_Strict):
    """Headings inside an answer."""

    sources: str
    found: str
    warning: str
    version: str
    choices: str
    stopped: str


class SourceTexts(_Strict):
    """The panel that shows an official passage."""

    panel: str
    version: str
    amended: str
    applies: str
    basis: str
    introduced_by: str
    whole: str
    other_language: str
    eurlex: str
    published_at: str
    outside: str
    quote: str
    changed: str
    absent: str
    status: dict[Status, str]


class PageTexts(_Strict):
    """Answers to addresses that are not served."""

    not_found: str
    refused: str


class ServeTexts(_Strict):
    """What the terminal shows."""

    loading: str
    address: str


class Texts(_Strict):
    """Everything the interface says in one language."""

    lang: Lang
    locale: str
    skip_link: str
    close: str
    copy_answer: str
    to_the_end: str
    theme: str
    new_conversation: str
    question: str
    send: str
    stop: str
    starters: tuple[str, ...]
    months: _Twelve
    notice: NoticeTexts
    answer: AnswerTexts
    source: SourceTexts
    errors: dict[str, str]
    pages: PageTexts
    serve: ServeTexts
    chainlit: dict[str, str]

    def day(self, day: date) -> str:
        """A date as people write it: `25 mai 2018`, `1er août 2024`, `25 May 2018`."""
        number = "1er" if self.lang == "fr" and day.day == 1 else str(day.day)
        return f"{number} {self.months[day.month - 1]} {day.year}"

    def error(self, error: Exception) -> str:
        """One line for the reader, with the next step: the wording of the error's nearest class."""
        for kind in type(error).__mro__:
            if kind.__name__ in self.errors and issubclass(kind, AssistantError):
                return self.errors[kind.__name__]
        return self.errors["unexpected"]


@lru_cache(maxsize=2)
def texts(lang: Lang) -> Texts:
    """The wording in `lang`."""
    return Texts.model_validate(tomllib.loads((ASSETS / f"{lang}.toml").read_text(encoding="utf-8")))


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
