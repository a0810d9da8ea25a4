"""The sections of the interface's wording files, each with the texts that one part of the page needs.

The failure this prevents: a text that one language has and the other lacks.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from assistant.law.validity import Status
from assistant.privacy import Kind


class Profile(StrEnum):
    """For whom answers are shown."""

    STAFF = "agent"
    TRAINER = "formateur"
    LEGAL = "juriste"


class Strict(BaseModel):
    """A section: nothing missing, nothing unknown."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class NoticeTexts(Strict):
    """What is said before the first question."""

    summary: str
    items: tuple[str, ...]
    kept: str
    conversations: str
    extractive: str
    generated: str
    absent: str


class AnswerTexts(Strict):
    """What stands around the words of an answer."""

    sources: str
    found: str
    warning: str
    version: str
    choices: str
    understood: str
    working: str
    writing: str
    reasons: str
    by_data: str
    data: str
    verdict: str
    alternatives: str
    contact: str
    review: str
    full_text: str
    quote: str
    applies: str
    amended: str
    publisher: str
    digest: str
    withheld_some: str
    withheld: str
    withheld_none: str
    examples: str
    cost: str
    seconds: str
    little_time: str
    tokens: str
    no_tokens: str
    little_energy: str
    measured: str
    estimated: str
    limits: str
    actions: str
    copy_sources: str
    export: str
    publish: str
    report: str
    human: str
    mail_subject: str
    mail_opening: str
    mail_answer: str
    mail_sources: str
    mail_shortened: str
    stopped: str


class ActionTexts(Strict):
    """What is said once an action is done, or was not."""

    copied: str
    copy_failed: str
    exported: str
    reported: str
    gone: str
    failed: str
    incomplete: str


class DialogTexts(Strict):
    """The boxes that ask before something leaves the page."""

    cancel: str
    export_title: str
    export_format: str
    export_mark: str
    export_send: str
    publish_title: str
    publish_why: str
    reviewer: str
    editor: str
    report_title: str
    report_kept: str
    report_reason: str
    report_comment: str
    report_send: str
    guard_title: str
    guard_why: str
    guard_masked: str
    guard_mask: str
    guard_send: str
    guard_edit: str
    formats: dict[str, str]
    report_reasons: dict[str, str]
    kinds: dict[Kind, str]


class ProfileTexts(Strict):
    """One way to show answers: its name, what it is for, questions to start from."""

    name: str
    description: str
    starters: tuple[str, ...]


class AccessibilityTexts(Strict):
    """The accessibility statement: pairs of a heading and a paragraph."""

    title: str
    link: str
    back: str
    sections: tuple[tuple[str, str], ...]
    contact: str


class SourceTexts(Strict):
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
    named: str
    terms: str
    term: str
    left_out: str
    back: str
    back_name: str
    turning: str
    previous: str
    next: str
    changed: str
    absent: str
    status: dict[Status, str]


class PageTexts(Strict):
    """Answers to addresses that are not served."""

    links: str
    gone: str
    signed_out: str
    not_found: str
    refused: str
    too_large: str


class ServeTexts(Strict):
    """What the terminal shows."""

    loading: str
    address: str
