"""What is quoted of a provision: all of it where it is short, else whole sentences around the one that answers.

The failure this prevents: a wall of law; what is shown is short, and what is cut is said to be.
"""

from __future__ import annotations

from assistant.answering.text import content_words, sentences, words


def quote_of(question: str, text: str, limit: int, *, from_start: bool) -> tuple[int, int]:
    """Offsets of a run of whole sentences: the first one, and those after it up to `limit` characters.

    It begins at the start, or at the sentence closest to the question. No sentence is cut: its end often
    holds the exception.
    """
    if len(text) <= limit:
        return 0, len(text)
    spans = list(sentences(text)) or [(0, len(text))]
    first = 0 if from_start else max(range(len(spans)), key=lambda i: _closeness(question, text, spans[i]))
    start, end = spans[first]
    for _, later_end in spans[first + 1 :]:
        if later_end - start > limit:
            break
        end = later_end
    return start, end


def _closeness(question: str, text: str, span: tuple[int, int]) -> float:
    wanted = {word[:6] for word in content_words(question)}
    have = {word[:6] for word in words(text[span[0] : span[1]])}
    return len(wanted & have) - span[0] / (len(text) * 10)
