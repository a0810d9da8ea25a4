"""From a question to a request: language, places named, acts named, the day that decides the version.

The failure this prevents: each later step guessing again what was asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answering.question import Question, Turn
from assistant.answering.reading.act_names import ActNames
from assistant.answering.reading.advice import Advice, UsageDesk
from assistant.answering.reading.dates import day_asked, days_of_change
from assistant.answering.reading.follow_up import FollowUp, follow_up
from assistant.answering.reading.references import Mention, mentions
from assistant.answering.text import content_words, detect_language
from assistant.law.folding import fold
from assistant.law.identifiers import Locator, Reference
from assistant.thesaurus import Thesaurus

ENOUGH = 2
"""Words that carry meaning without which a question is not searched with the names of its acts taken out."""


@dataclass(frozen=True, slots=True)
class Request:
    """A question understood. `leaning`: with the one that it leans on; `unplaced` are places without an act.

    `acts` are named; `union_law`: so is the law of the Union as such, beside a city's text; `usage`: an AI tool is
    named; `advice`: what the rules say where its use is asked about.
    """

    question: str
    leaning: FollowUp | None
    lang: str
    day: date
    collectivite: str
    references: tuple[Reference, ...]
    unplaced: tuple[Locator, ...]
    acts: tuple[str, ...]
    union_law: bool
    usage: bool
    advice: Advice | None
    history: tuple[Turn, ...]
    names: ActNames
    thesaurus: Thesaurus

    @property
    def completed(self) -> str | None:
        """The question read with the one that it leans on, to be shown; None where it stands alone."""
        return self.leaning.completed if self.leaning else None

    @property
    def search_text(self) -> str:
        """What retrieval looks for."""
        return self.leaning.searched(self.names) if self.leaning else self.question

    @property
    def within_an_act(self) -> str:
        """The same for a search of one act alone, where its name says nothing more."""
        bare = self.names.without(self.search_text)
        return bare if len(content_words(bare)) >= ENOUGH else self.search_text

    @property
    def sides(self) -> int:
        """How many texts are asked about, each of which must be told: 1 where none is named."""
        return max(1, len(self.acts) + self.union_law)

    def expansion_of(self, text: str) -> str:
        """The words to search beside a text, from the thesaurus."""
        return self.thesaurus.expand(text, self.lang)


CHARTER_ACT = "charte"
"""The model charter, or the adopted one in its place."""

_UNION_LAW = re.compile(
    r"\b(?:lois?|droits?|textes?|reglements?|reglementations?|regles?) (?:europeen(?:ne)?s?|de l'(?:union|ue|europe)\b)"
    r"|\b(?:european|eu|union) (?:laws?|rules?|regulations?|legislation)\b"
)

_OURS = re.compile(
    r"\b(?:chez nous|ici|notre (?:ville|collectivite|metropole|mairie)|nous aussi|our (?:own )?city|here)\b"
)

_COMPARES = re.compile(
    r"\b(?:differen\w+|compar\w+|versus|vs|contre|par rapport|plutot que|ou bien|plus strict\w*|moins strict\w*"
    r"|meme chose|rather than|stricter)\b|\bou\b.*\?|\bor\b.*\?"
)

_LABEL = re.compile(r"[^:\u00ab|]{2,60}, ?(?:\u00ab|[a-zA-Zé]+ )")
"""A line of an answer that cites: it begins with the label of a provision, "RGPD, article 33, paragraphe 1"."""

_MARK = re.compile(r"\[\d+\]")


def compares(request: Request) -> bool:
    """Whether two acts are set beside each other: "RGPD ou Data Act ?", "la différence entre le DSA et NIS 2"."""
    return len(request.acts) > 1 and _COMPARES.search(fold(request.search_text)) is not None


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads questions: names of the acts, thesaurus, rules of use, and what holds where a question does not say.

    `owners`: whose each local text is; `changes`: the days on which each act was changed.
    """

    names: ActNames
    thesaurus: Thesaurus
    desk: UsageDesk | None
    owners: Mapping[str, str]
    changes: Mapping[str, Sequence[date]]
    language: str
    collectivite: str

    def read(self, question: Question, today: date) -> Request:
        """One question understood; `QuestionError` when it cannot be one."""
        checked = question.checked()
        leaning = follow_up(checked.text, checked.history)
        search_text = leaning.searched(self.names) if leaning else checked.text
        placed = [_placed(mention, checked.history, self.names) for mention in mentions(checked.text, self.names)]
        acts = self._with_ours(self.names.acts(checked.text) or self.names.acts(search_text), search_text)
        lang = checked.lang or detect_language(checked.text, self.language)
        now = checked.as_of or today
        changes = days_of_change(self.changes, acts)
        day = day_asked(checked.text, now, changes) or day_asked(search_text, now, changes) or now
        collectivite = checked.collectivite or self._city(acts) or self.collectivite
        earlier = [turn.content for turn in checked.history if turn.role == "user"]
        return Request(
            question=checked.text,
            leaning=leaning,
            lang=lang,
            day=day,
            collectivite=collectivite,
            references=tuple(Reference(m.act, m.locator) for m in placed if m.act),
            unplaced=tuple(m.locator for m in placed if not m.act),
            acts=acts,
            union_law=self._asks_union_law(search_text, acts),
            usage=self.thesaurus.names_tool(search_text),
            advice=self.desk.advise(checked.text, lang, day, collectivite, earlier) if self.desk else None,
            history=checked.history,
            names=self.names,
            thesaurus=self.thesaurus,
        )

    def _with_ours(self, acts: tuple[str, ...], text: str) -> tuple[str, ...]:
        """The own city's text too, where another's is named beside it: "chez nous et à Lyon"."""
        owners = {self.owners[act] for act in acts if act in self.owners}
        if len(owners) != 1 or self.collectivite in owners or not _OURS.search(fold(text)):
            return acts
        return (*(act for act, owner in self.owners.items() if owner == self.collectivite), *acts)

    def _asks_union_law(self, text: str, acts: Sequence[str]) -> bool:
        """Whether the law of the Union is asked about as such, beside a city's text and no act of the Union."""
        local = all(act in self.owners or act == CHARTER_ACT for act in acts)
        return bool(acts) and local and _UNION_LAW.search(fold(text)) is not None

    def _city(self, acts: Sequence[str]) -> str:
        """The collectivité whose text a question names, where it names one alone."""
        named = {self.owners[act] for act in acts if act in self.owners}
        return named.pop() if len(named) == 1 else ""


def _placed(mention: Mention, history: Sequence[Turn], names: ActNames) -> Mention:
    """A place named without its act belongs to the act asked about last, else to the one that the last answer cites."""
    if mention.act:
        return mention
    asked = [names.acts(turn.content) for turn in history if turn.role == "user"]
    named = next((acts[-1] for acts in reversed(asked) if acts), None)
    return Mention(named or _cited_first(history, names), mention.locator)


def _cited_first(history: Sequence[Turn], names: ActNames) -> str | None:
    """The act of the first citation in the last answer: the order of norms and further reading name others too."""
    answer = next((turn.content for turn in reversed(history) if turn.role == "assistant"), "")
    lines = [line.strip("| ") for line in answer.splitlines()]
    named = [(line, *found[0]) for line in lines if (found := names.found(line))]
    labels = [act for line, start, act in named if start == 0 and _LABEL.match(line)]
    marked = [act for line, _, act in named if _MARK.search(line)]
    return next(iter([*labels, *marked]), None)
