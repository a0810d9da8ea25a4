"""What the page shows of an answer beside the answer itself: for whom, in which words, with which lookups.

The failure this prevents: a template that reads texts or files, and so can fail half-way through an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.chat.sections import Profile
from assistant.chat.texts import Texts


@dataclass(frozen=True, slots=True)
class View:
    """How one answer is shown.

    `key` is its address on this server, empty when it has none; `thread` that of the conversation,
    empty when it is not kept; `mail` the address of a person who can be asked, empty when none is set;
    `full` the whole official passages by citation number and `labels` the names of the provisions that
    say from when one applies, both for the legal profile; `tools` the names of the catalogue's tools by
    slug; `examples` questions that staff ask about the cited texts, for the trainer profile;
    `linked_data` the mark as JSON-LD.
    """

    spoken: Texts
    profile: Profile = Profile.STAFF
    key: str = ""
    thread: str = ""
    mail: str = ""
    full: Mapping[int, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    tools: Mapping[str, str] = field(default_factory=dict)
    examples: tuple[str, ...] = ()
    linked_data: str = ""
