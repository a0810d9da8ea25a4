"""A draft by a language model: few exact passages, a grammar that only lets existing numbers be cited.

The failure this prevents: a model that cites [7] of four passages, or writes on without a citation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answering.composition.prompts import Template
from assistant.law.passage import Passage
from assistant.ports import LanguageModel, Prompt

NO_SOURCE = "AUCUNE_SOURCE"
"""What the model writes when the passages do not answer."""

PASSAGE_LIMIT = 1100
"""Characters of one passage in the prompt: on a CPU the passages are what costs."""

_FINISHED = re.compile(r"^(.*?\[\d+\](?:\s*\[\d+\])*[.!?]?)(?:\s|$)", re.DOTALL)
_SENTENCES = 4


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


def prompt_for(question: str, passages: Sequence[Passage], template: Template, max_tokens: int) -> Prompt:
    """The prompt: a static system message, then the numbered passages and the question."""
    blocks = [f"[{number}] {p.label}\n{_shown(p)}" for number, p in enumerate(passages, 1)]
    system, user = template.fill(passages="\n\n".join(blocks), question=question, no_source=NO_SOURCE)
    return Prompt(system, user, grammar(len(passages)), max_tokens)


def _shown(passage: Passage) -> str:
    whole = f"{passage.context} {passage.text}".strip()
    return whole if len(whole) <= PASSAGE_LIMIT else whole[:PASSAGE_LIMIT].rsplit(" ", 1)[0] + " …"


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
