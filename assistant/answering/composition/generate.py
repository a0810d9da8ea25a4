"""A draft by a language model: few exact passages, a grammar that only lets existing numbers be cited.

The failure this prevents: a model that cites [7] of four passages, or writes on without a citation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.answer import Sentence
from assistant.answering.composition.prompts import Template
from assistant.answering.text import sentences, words
from assistant.law.passage import Passage
from assistant.lexicon import Entry
from assistant.ports import LanguageModel, Prompt

NO_SOURCE = "AUCUNE_SOURCE"
"""What the model writes when the passages do not answer."""

PASSAGE_LIMIT = 1100
"""Characters of one passage in the prompt: on a CPU the passages are what costs."""

_CITED = re.compile(r"\[(\d+)\]")
_FINISHED = re.compile(r"^(.*?\[\d+\](?:\s*\[\d+\])*[.!?]?)(?:\s|$)", re.DOTALL)
_SENTENCES = 4


_IN_PLAIN_WORDS = {"fr": "En clair :", "en": "In plain words:"}


@dataclass(frozen=True, slots=True)
class Source:
    """What the model is given of a provision: its official text, and its plain sentences where it has some."""

    passage: Passage
    entry: Entry | None
    lang: str

    @property
    def plain(self) -> str:
        """The plain sentences; empty where it has none."""
        return self.entry.plain[self.lang] if self.entry else ""

    def says_plainly(self, text: str) -> bool:
        """Whether a sentence is one of the plain ones, which were checked against the provision when written."""
        told = [self.plain, *(self.plain[start:end] for start, end in sentences(self.plain))]
        return any(words(text) == words(each) for each in told if each)


def repeated(text: str, sources: Mapping[int, Source]) -> Sentence | None:
    """A sentence that repeats a plain one of a provision that it cites; None where it does not."""
    bare = re.sub(r"\s+([.!?])$", r"\1", _CITED.sub("", text).strip())
    cited = dict.fromkeys(int(number) for number in _CITED.findall(text))
    proving = tuple(n for n in cited if n in sources and sources[n].says_plainly(bare))
    return Sentence(bare, proving) if proving else None


def grammar(count: int) -> str:
    """GBNF: one to four sentences, each ending in one or two numbers from 1 to `count`, or the refusal token."""
    numbers = " | ".join(f'"[{number}]"' for number in range(1, count + 1))
    return "\n".join(
        [
            f'root ::= "{NO_SOURCE}" | sentence (" " sentence){{0,{_SENTENCES - 1}}}',
            'sentence ::= start body [.!?] " " number (" " number)?',
            "start ::= [A-ZÀÂÇÉÈÊËÎÏÔÙÛÜŒ]",
            r"body ::= [^\[\]\n.!?]{12,320}",
            f"number ::= {numbers}",
        ]
    )


def prompt_for(question: str, sources: Sequence[Source], template: Template, max_tokens: int) -> Prompt:
    """The prompt: a static system message, then the numbered passages and the question."""
    blocks = [f"[{number}] {source.passage.label}\n{_shown(source)}" for number, source in enumerate(sources, 1)]
    system, user = template.fill(passages="\n\n".join(blocks), question=question, no_source=NO_SOURCE)
    return Prompt(system, user, grammar(len(sources)), max_tokens)


def _shown(source: Source) -> str:
    """The official words, cut where the plain sentence still fits after them."""
    plain = f"{_IN_PLAIN_WORDS[source.lang]} {source.plain}" if source.plain else ""
    whole = f"{source.passage.context} {source.passage.text}".strip()
    room = PASSAGE_LIMIT - len(plain)
    official = whole if len(whole) <= room else whole[:room].rsplit(" ", 1)[0] + " …"
    return "\n".join(filter(None, (official, plain)))


def stream_sentences(model: LanguageModel, prompt: Prompt) -> Iterator[str]:
    """Finished sentences, citation marks included, as soon as each is complete; a cut last one is left out.

    An empty text stands for a piece that finishes none, so that the caller can stop in between.
    """
    buffer = ""
    for piece in model.stream(prompt):
        buffer += piece
        yield ""
        while match := _FINISHED.match(buffer):
            if match.end() == len(buffer) and not buffer.endswith((" ", "\n")):
                break
            yield match[1].strip()
            buffer = buffer[match.end() :]
    last = _FINISHED.match(buffer.strip())
    if last:
        yield last[1].strip()
