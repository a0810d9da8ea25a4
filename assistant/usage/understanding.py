"""From a typed question to a question about usage: tool, use, data, audience, and whether permission is asked.

Nothing is guessed: what the words do not say stays `inconnu`, for the rules or one short question to
settle. A short question that completes the one before it takes over what it does not say. The failure
this prevents: "et si j'enlève les noms ?" read without the tool and the task it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.usage.types import Audience, DataClass, Tool, Use
from assistant.usage.understanding_lexicon import Lowering, UsageLexicon, UseRow
from assistant.usage.understanding_permission import asks_otherwise, asks_permission
from assistant.usage.understanding_tools import ToolFinder, ToolMatch
from assistant.usage.understanding_words import Line, read_line

REMEMBERED = 3
"""Earlier questions of a conversation that a short question may complete."""
FOLLOW_UP_WORDS = 12
"""A question that completes another has at most this many words."""

_RAISED = frozenset({DataClass.UNKNOWN, DataClass.INTERNAL})
"""Classes that give way to the one which a use handles by nature (voices in a recording)."""
_RAISED_BY_WORDS = _RAISED | {DataClass.PERSONAL, DataClass.CONFIDENTIAL}
"""Classes that give way to the one of what is handled (an interview that is transcribed)."""


@dataclass(frozen=True, slots=True)
class UsageQuestion:
    """A question about the use of an AI.

    `tool` is a slug of the catalogue; `tool_named` the words typed, also for a tool that the catalogue
    has not; `tool_score` from 0 to 1 (1: spelt right); `generic`: an AI without a name. `lowered_by` is the
    kind of words that lowered the class of data ("sans_noms": the people may still be recognised), "" when
    none did; `completed`: something was taken from an earlier question.
    """

    tool: str | None
    tool_named: str
    tool_score: float
    generic: bool
    use: Use
    data: DataClass
    audience: Audience
    asks_permission: bool
    lowered_by: str = ""
    completed: bool = False


class UsageReader:
    """Reads questions about usage, for the tools of one catalogue."""

    def __init__(self, tools: Iterable[Tool], lexicon: UsageLexicon) -> None:
        self._lexicon = lexicon
        catalogue = tuple(tools)
        self._finder = ToolFinder(catalogue, lexicon)
        self._made_for = {tool.slug: self._said(read_line(tool.kind.fr).line) for tool in catalogue}

    def read(self, text: str, lang: str, history: Sequence[str] = ()) -> UsageQuestion | None:
        """The question understood, None when it is about no AI; `history` holds earlier questions, oldest first."""
        earlier: UsageQuestion | None = None
        for question in history[-REMEMBERED:]:
            earlier = self._read(question, lang, earlier)
        return self._read(text, lang, earlier)

    def _read(self, text: str, lang: str, earlier: UsageQuestion | None) -> UsageQuestion | None:
        line = read_line(text)
        tool = self._tool(line)
        generic = tool is None and self._is_generic(line.line, lang)
        follows = earlier is not None and self._follows(line, has_target=tool is not None or generic)
        if not (tool or generic or follows):
            return None
        slots = self._slots(line, tool, generic=generic, earlier=earlier if follows else None)
        if earlier is None or not follows:
            return slots
        return self._completed(slots, earlier, line)

    def _tool(self, line: Line) -> ToolMatch | None:
        """The tool named; an agent that talks with the public is the city's own, wherever people find it."""
        tool = self._finder.find(line)
        row = self._said(line.line) if tool and tool.described else None
        return None if row and row.use is Use.PUBLIC_AGENT else tool

    def _is_generic(self, line: str, lang: str) -> bool:
        """Whether an AI without a name is spoken of, the names of texts and bodies put aside.

        A machine, a system or a tool is one when it does something that is a use of an AI.
        """
        phrases = self._lexicon.generic["en" if lang == "en" else "fr"]
        left = self._lexicon.not_generic.replaced(line, "|")
        return phrases.found(left) or (self._lexicon.acting.found(left) and self._said(left) is not None)

    def _slots(
        self, line: Line, tool: ToolMatch | None, *, generic: bool, earlier: UsageQuestion | None
    ) -> UsageQuestion:
        words = _without(line, tool)
        row = self._use(words, tool, earlier, line.line if tool and tool.described else words)
        lowering = next((low for low in self._lexicon.lowerings if low.phrases.found(words)), None)
        said = self._data(lowering.phrases.replaced(words, "|") if lowering else words)
        use = row.use if row else Use.UNKNOWN
        data = said if said is not DataClass.UNKNOWN or earlier is None else earlier.data
        data = _lowered(self._raised(data, row, words), lowering)
        audience = self._audience(words) or (earlier.audience if earlier else None)
        if not audience or audience is Audience.UNKNOWN:
            audience = row.audience if row else Audience.UNKNOWN
        return UsageQuestion(
            tool=tool.slug if tool else None,
            tool_named=tool.named if tool else "",
            tool_score=tool.score if tool else 0.0,
            generic=generic,
            use=use,
            data=data,
            audience=audience,
            asks_permission=asks_permission(
                line,
                self._lexicon,
                named=tool is not None,
                use=use is not Use.UNKNOWN,
                data=data is not DataClass.UNKNOWN,
            ),
            lowered_by=lowering.kind if lowering else "",
        )

    def _use(self, line: str, tool: ToolMatch | None, earlier: UsageQuestion | None, told: str) -> UseRow | None:
        """The use said; else the earlier question's; else the one a tool is made for; else that of the object named.

        `told` is the line with the words that describe a tool, which say its use ("un traducteur gratuit").
        """
        before = next((row for row in self._lexicon.uses if earlier and row.use is earlier.use), None)
        made_for = self._made_for.get(tool.slug) if tool and tool.slug else None
        return self._said(told) or before or made_for or self._row(self._lexicon.weak.best(line))

    def _said(self, line: str) -> UseRow | None:
        return self._row(self._lexicon.strong.best(line))

    def _row(self, rank: int | None) -> UseRow | None:
        return None if rank is None else self._lexicon.uses[rank]

    def _data(self, line: str) -> DataClass:
        """The strictest class said; of phrases that overlap only the longest is read."""
        rank = self._lexicon.data.best_of_longest(line)
        return DataClass.UNKNOWN if rank is None else self._lexicon.data_classes[rank]

    def _raised(self, data: DataClass, row: UseRow | None, line: str) -> DataClass:
        """The class that a use handles by nature, or by what is handled with it (an interview that is transcribed)."""
        if row is None:
            return data
        for raising in self._lexicon.raisings:
            if row.use in raising.uses and data in _RAISED_BY_WORDS and raising.phrases.found(line):
                return raising.to
        return row.data if data in _RAISED and row.data is not DataClass.UNKNOWN else data

    def _audience(self, line: str) -> Audience | None:
        return next((audience for audience, phrases in self._lexicon.audiences if phrases.found(line)), None)

    def _follows(self, line: Line, *, has_target: bool) -> bool:
        """Whether a question completes the one before: it opens like one, or is short and names no AI."""
        if len(line.words) > FOLLOW_UP_WORDS:
            return False
        opens = self._lexicon.opens.opens(line.line)
        words = line.line
        says = self._data(words) is not DataClass.UNKNOWN or self._audience(words) is not None
        changes = has_target or says or self._use(words, None, None, words) is not None
        lowers = any(low.phrases.found(words) for low in self._lexicon.lowerings)
        return (opens and changes) or lowers or self._lexicon.same.found(words)

    def _completed(self, own: UsageQuestion, earlier: UsageQuestion, line: Line) -> UsageQuestion:
        """A question with what it does not say taken from the one before it."""
        named = own if own.tool_named or own.generic else earlier
        other = asks_otherwise(line, self._lexicon)
        return replace(
            own,
            tool=named.tool,
            tool_named=named.tool_named,
            tool_score=named.tool_score,
            generic=named.generic,
            asks_permission=own.asks_permission or (earlier.asks_permission and not other),
            lowered_by=own.lowered_by or (earlier.lowered_by if own.data is earlier.data else ""),
            completed=True,
        )


def _without(line: Line, tool: ToolMatch | None) -> str:
    """The line without the tool's name: "Notion" or "Copilot" say nothing about the task."""
    if tool is None:
        return line.line
    start, end = line.words[tool.first].at, line.words[tool.last]
    return line.line[:start] + "_" + line.line[end.at + len(end.text) :]


def _lowered(data: DataClass, lowering: Lowering | None) -> DataClass:
    return lowering.to.get(data, data) if lowering else data
