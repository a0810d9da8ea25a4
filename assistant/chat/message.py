"""An answer as the HTML that Chainlit shows: label, verdict, words with their links, sources, cost, actions.

The failure this prevents: official words changed on their way to the page, and an answer on the page
without its sources or its label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from assistant.answering.answer import Answer, Cost, Sentence
from assistant.answering.wording.phrases import MORE
from assistant.chat.mail import draft
from assistant.chat.sections import Profile
from assistant.chat.source_row import SourceRow, marker
from assistant.chat.templates import one_line, render
from assistant.chat.texts import Texts
from assistant.chat.verdict_card import VerdictCard
from assistant.chat.view import View
from assistant.law.citation import Citation

_MARKER = re.compile(r"\[(\d+)\]")
_LITTLE_TIME = 0.01
"""Seconds that two decimals can show."""
_LITTLE_ENERGY = 0.001
"""Watt-hours below which a figure would look more exact than its method is."""


def linked(text: str, citations: Iterable[Citation]) -> Markup:
    """Text as HTML, each `[n]` a link to the passage it cites; a number without a citation stays text."""
    known = {citation.n: citation for citation in citations}
    pieces = _MARKER.split(text)
    shown = [one_line(pieces[0])]
    for number, after in zip(pieces[1::2], pieces[2::2], strict=True):
        citation = known.get(int(number))
        shown += [marker(citation) if citation else one_line(f"[{number}]"), one_line(after)]
    return Markup("").join(shown)


def working(texts: Texts) -> str:
    """What stands in a message before anything is found."""
    return str(render("working.html", said=texts.answer, lang=texts.lang, sentences=(), found=(), note=""))


def so_far(
    sentences: Sequence[Sentence], citations: Sequence[Citation], found: Sequence[Citation], texts: Texts
) -> str:
    """A message that is still being written: the sentences proven so far, above the texts that were found.

    What was found is listed without numbers: those of the answer are given as it is written.
    """
    return _unfinished(sentences, citations, found, texts, "")


def stopped(
    sentences: Sequence[Sentence], citations: Sequence[Citation], found: Sequence[Citation], texts: Texts
) -> str:
    """What was shown when the reader pressed stop, with a line that says so."""
    return _unfinished(sentences, citations, found, texts, texts.answer.stopped)


def _unfinished(
    sentences: Sequence[Sentence],
    citations: Sequence[Citation],
    found: Sequence[Citation],
    texts: Texts,
    note: str,
) -> str:
    shown = render(
        "working.html",
        said=texts.answer,
        lang=texts.lang,
        sentences=[linked(_with_markers(sentence), citations) for sentence in sentences],
        found=[SourceRow.of(citation, texts) for citation in found],
        note=note,
    )
    return str(shown)


def _with_markers(sentence: Sentence) -> str:
    written = {int(number) for number in _MARKER.findall(sentence.text)}
    return sentence.text + "".join(f" [{number}]" for number in sentence.citations if number not in written)


def whole(answer: Answer, view: View) -> str:
    """The complete message."""
    texts = view.spoken
    card = VerdictCard.of(answer.verdict, view.tools, texts) if answer.verdict is not None else None
    first, further = _parted(_paragraphs(answer, card), MORE[answer.lang])
    shown = render(
        "answer.html",
        answer=answer,
        view=view,
        said=texts.answer,
        lang=answer.lang,
        legal=view.profile is Profile.LEGAL,
        linked_data=Markup(view.linked_data),  # noqa: S704  (JSON without "<", made by `mark`)
        understood=_understood(answer, texts),
        verdict=card,
        reasons=linked(_reasons(card), answer.citations) if card else "",
        paragraphs=[_shown(text, answer.citations) for text in first],
        more=[_shown(text, answer.citations) for text in further],
        more_heading=MORE[answer.lang].rstrip(" :"),
        choices=answer.choices,
        sources=[SourceRow.of(each, texts, view.full.get(each.n, ""), view.labels) for each in answer.citations],
        withheld=[(piece.text, texts.withheld_because(piece.reason)) for piece in answer.withheld],
        cost=_cost(answer.cost, texts),
        warnings=answer.warnings,
        mail=draft(answer, view.mail, texts),
    )
    return str(shown)


def _understood(answer: Answer, texts: Texts) -> str:
    completed = answer.completed_question
    return texts.answer.understood.format(question=completed) if completed and completed != answer.question else ""


def _reasons(card: VerdictCard) -> str:
    marks = "".join(f" [{n}]" for n in card.citations if f"[{n}]" not in card.reason)
    return f"{card.reason}{marks}".strip()


def _paragraphs(answer: Answer, card: VerdictCard | None) -> list[str]:
    """The text's paragraphs, then guidance that it lacks; without what has a place of its own on the page."""
    elsewhere = {*answer.warnings, *answer.choices}
    unsaid = [line for line in answer.guidance if line not in answer.text]
    parts = [part.strip() for part in (*answer.text.split("\n\n"), *unsaid)]
    return [part for part in parts if part and part not in elsewhere and not (card and card.says(part))]


def _shown(paragraph: str, citations: Sequence[Citation]) -> Markup:
    """A paragraph, or the table that it writes with bars."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in paragraph.split("\n")]
    if not (paragraph.startswith("|") and len(rows) > 2 and set("".join(rows[1])) == {"-"}):
        return linked(paragraph, citations)
    body = [[linked(cell, citations) for cell in row] for row in rows[2:]]
    return render("table.html", head=rows[0], body=body)


def _parted(paragraphs: Sequence[str], heading: str) -> tuple[Sequence[str], Sequence[str]]:
    """The answer itself, and what stands below the heading of further reading."""
    if heading not in paragraphs:
        return paragraphs, ()
    place = paragraphs.index(heading)
    return paragraphs[:place], paragraphs[place + 1 :]


def _cost(cost: Cost, texts: Texts) -> str:
    said = texts.answer
    energy = said.little_energy
    if cost.watt_hours >= _LITTLE_ENERGY:
        energy = f"{cost.watt_hours:.3f} Wh".replace(".", texts.cost_decimal)
    time = said.little_time
    if cost.seconds >= _LITTLE_TIME:
        time = said.seconds.format(seconds=f"{cost.seconds:.2f}".replace(".", texts.cost_decimal))
    model = said.no_tokens
    if cost.prompt_tokens or cost.generated_tokens:
        model = said.tokens.format(prompt=cost.prompt_tokens, generated=cost.generated_tokens)
    return said.cost.format(
        time=time,
        model=model,
        energy=energy,
        method=said.measured if cost.method.startswith("measured") else said.estimated,
    )
