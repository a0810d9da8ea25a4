"""What is quoted of a provision: all of it where it is short, else whole sentences around the one that answers.

The failure this prevents: a wall of law; what is shown is short, and what is cut is said to be.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.answering.text import content_words, sentences, words
from assistant.law.folding import fold

PLAIN = 0.6
"""Weight of the first word of the plain sentence that a quote proves, a word of the question being 1; it falls
towards the end, where conditions and exceptions stand."""

NUMBER = 2.0
"""Weight of a number of the plain sentence where one is asked for: the quote that proves it must hold it."""

ASIDE = 0.6
"""Factor on a sentence that only makes an exception: it is no proof of the rule."""

_EXCEPTS = re.compile(
    r"\b(?:cette obligation ne s'applique pas|ne s'applique(?:nt)? pas (?:aux?|a la|lorsque|si)"
    r"|ne porte(?:nt)? pas atteinte|par derogation|shall not apply (?:to|where)|by way of derogation)\b"
)

_ASKS_NUMBER = re.compile(
    r"\b(?:combien|nombre|numeros?|montants?|delais?|durees?|ages?|seuils?|pourcentage|amendes?|date|quand"
    r"|how (?:many|much|long|soon)|number|amount|deadline|time limit|threshold|percentage|fines?|when|age)\b"
)


def quote_of(question: str, text: str, limit: int, *, from_start: bool, plain: str = "") -> tuple[int, int]:
    """Offsets of a run of whole sentences: the first one, and those after it up to `limit` characters.

    It begins at the start, or at the sentence closest to the question and to the `plain` sentence that it
    stands under. No sentence is cut: its end often holds the exception.
    """
    if len(text) <= limit:
        return 0, len(text)
    spans = list(sentences(text)) or [(0, len(text))]
    weights = _weights(question, plain)
    first = 0 if from_start else max(range(len(spans)), key=lambda i: _closeness(weights, text, spans[i]))
    start, end = spans[first]
    for _, later_end in spans[first + 1 :]:
        if later_end - start > limit:
            break
        end = later_end
    return start, end


def _weights(question: str, plain: str) -> dict[str, float]:
    said = content_words(plain)
    falling = {word[:6]: PLAIN * (1 - n / len(said)) for n, word in reversed(list(enumerate(said)))}
    if _ASKS_NUMBER.search(fold(question)):
        numbers = [(n, word) for n, word in enumerate(said) if word.isdigit()]
        falling |= {word[:6]: NUMBER * (1 - n / len(said)) for n, word in reversed(numbers)}
    return falling | {word[:6]: 1.0 for word in content_words(question)}


def _closeness(weights: Mapping[str, float], text: str, span: tuple[int, int]) -> float:
    have = {word[:6] for word in words(text[span[0] : span[1]])}
    aside = ASIDE if _EXCEPTS.search(fold(text[span[0] : span[1]])) else 1.0
    return aside * sum(weights.get(word, 0.0) for word in have) - span[0] / (len(text) * 10)
