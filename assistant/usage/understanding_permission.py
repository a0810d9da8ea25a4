"""Whether a question asks for permission to use an AI, or something else about it.

"Je peux résumer ça dans ChatGPT ?" gets a verdict first; "qu'est-ce que ChatGPT ?" or "que dit
l'article 50 sur les chatbots" do not. The failure this prevents: a verdict shown to somebody who
asked what the law says, and the law recited to somebody who asked "may I".
"""

from __future__ import annotations

from assistant.usage.understanding_lexicon import UsageLexicon
from assistant.usage.understanding_words import Line


def asks_permission(line: Line, lexicon: UsageLexicon, *, named: bool, use: bool, data: bool) -> bool:
    """Whether a question that is about an AI asks if it may be used.

    `named`: it names a tool; `use`, `data`: it says one. A clause asks when words of permission come in
    it before any word of another question; an AI without a name wants a task as well. Without such
    words a task is enough as long as nothing else is asked ("chatgpt pour mes mails").
    """
    if lexicon.never.found(_direct(line.line, lexicon)):
        return False
    means = lexicon.means.found(line.line)
    task = use or means or lexicon.tasks.found(line.line)
    if any(_asks(clause, lexicon) for clause in line.clauses):
        return named or task
    if asks_otherwise(line, lexicon) or lexicon.law.found(line.line):
        return False
    return (task or data) if named else (use and means)


def asks_otherwise(line: Line, lexicon: UsageLexicon) -> bool:
    """Whether a question holds words of another question than "may I"."""
    direct = _direct(line.line, lexicon)
    return lexicon.never.found(direct) or lexicon.before.found(direct)


def _asks(clause: str, lexicon: UsageLexicon) -> bool:
    clause = _direct(clause, lexicon)
    asked = lexicon.asks.first(clause)
    if not asked:
        return False
    other = lexicon.before.first(clause)
    return other is None or asked.start <= other.start


def _direct(line: str, lexicon: UsageLexicon) -> str:
    """The line without question words that stand inside a task ("prédire quels agents…")."""
    return lexicon.indirect.replaced(line, "_")
