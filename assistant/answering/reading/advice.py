"""Questions about the use of a tool: read, decided by the table, told before the law that the verdict rests on.

The failure this prevents: "may I?" answered by a paraphrase of the law, or by a model's opinion.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.law.identifiers import Reference
from assistant.settings import Contacts
from assistant.usage import wording
from assistant.usage.advise import Advisor
from assistant.usage.report import verdict_to_json
from assistant.usage.types import City, DataClass, Situation, Use, Verdict
from assistant.usage.understanding import UsageQuestion, UsageReader

MASKED = (Reference.parse("rgpd:art-4.5"), Reference.parse("rgpd:rec-26"))
"""What the law says of names taken out: people who may still be recognised are still people."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A question about usage as it was understood, and the verdict on it where permission is asked.

    `masked`: what the law says of names taken out, where its text is held.
    """

    asked: UsageQuestion
    verdict: Verdict | None
    masked: tuple[Reference, ...] = MASKED

    @property
    def clauses(self) -> tuple[Reference, ...]:
        """The provisions that the verdict rests on: law first, the charter last."""
        if self.verdict is None:
            return ()
        masked = self.masked if self.asked.lowered_by == "sans_noms" else ()
        return (*masked, *sorted(self.verdict.clauses, key=lambda clause: clause.act == "charte"))


@dataclass(frozen=True, slots=True)
class UsageDesk:
    """Reads a question about usage and decides it by the rules; the same with and without a model."""

    reader: UsageReader
    advisor: Advisor
    contacts: Contacts

    def advise(self, text: str, lang: str, day: date, collectivite: str, history: Sequence[str]) -> Advice | None:
        """The advice on a question, None when it is about no AI; `history`: earlier questions, oldest first."""
        asked = self.reader.read(text, lang, history)
        if asked is None:
            return None
        if not asked.asks_permission:
            return Advice(asked, None)
        city = City(collectivite) if collectivite in set(City) else City.OTHER
        tool = asked.tool or ("" if asked.generic else asked.tool_named)
        situation = Situation(tool=tool, use=asked.use, data=asked.data, audience=asked.audience, city=city)
        masked = tuple(reference for reference in MASKED if reference.act in self.advisor.library.acts)
        return Advice(asked, self.advisor.advise(situation, lang, day), masked)

    def to_json(self, verdict: Verdict, numbers: Sequence[int], lang: str) -> Mapping[str, object]:
        """The verdict as the contract has it; `numbers` are those of its citations."""
        return verdict_to_json(verdict, numbers, self.contacts, lang)

    def head(self, verdict: Verdict, lang: str) -> Iterator[str]:
        """What is shown first: the verdict in words and a sign, what it is about, its reason, its conditions."""
        cell = verdict.situation
        about = [wording.USES[cell.use]] if cell.use is not Use.UNKNOWN else []
        about += [wording.DATA[cell.data]] if cell.data is not DataClass.UNKNOWN else []
        words = ", ".join([verdict.tool_name, *(wording.say(each, lang) for each in about)])
        yield f"{wording.ICONS[verdict.value]} {wording.say(wording.VALUES[verdict.value], lang)} ({words})"
        yield verdict.reason
        if verdict.conditions:
            heading = f"{wording.say(wording.TO_DO[verdict.value], lang)}{':' if lang == 'en' else ' :'}"
            yield "\n".join([heading, *(f"- [ ] {condition}" for condition in verdict.conditions)])
        if verdict.by_data:
            yield "\n".join(self._by_data(verdict, lang))

    def tail(self, verdict: Verdict, lang: str) -> Iterator[str]:
        """What is shown after the reasons: tools that would do, whom to ask."""
        colon = ":" if lang == "en" else " :"
        if verdict.alternatives:
            names = ", ".join(t.name for t in self.advisor.catalogue.tools if t.slug in verdict.alternatives)
            yield f"{'Tools that would do' if lang == 'en' else 'Outils possibles'}{colon} {names}."
        contact = wording.contact_words(verdict.contact, self.contacts, lang)
        yield f"{'Whom to ask' if lang == 'en' else 'À qui s’adresser'}{colon} {contact}."

    def _by_data(self, verdict: Verdict, lang: str) -> Iterator[str]:
        """A small table: the verdict for each class of data, classes with the same one together."""
        yield "| Selon les données | Verdict |" if lang == "fr" else "| Depending on the data | Verdict |"
        yield "|---|---|"
        for value in dict.fromkeys(value for _, value in verdict.by_data):
            classes = ", ".join(
                wording.say(wording.DATA[data], lang) for data, each in verdict.by_data if each is value
            )
            yield f"| {classes} | {wording.ICONS[value]} {wording.say(wording.VALUES[value], lang)} |"
