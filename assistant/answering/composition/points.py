"""What an answer without a model tells: which provisions, with which plain sentence, quoting what.

The provisions whose score is close to the best one's, at least one of each act that the question
names; beside the first one, the paragraph of the same article that makes an exception to it. The
failure this prevents: a wall of law, or a rule without its exception.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answering.composition.extract import quote_of
from assistant.answering.reading.asked_for import asked_for, has_amount, has_duration
from assistant.answering.reading.parts import parts_of
from assistant.answering.reading.understand import Request
from assistant.answering.retrieval.retrieve import PART_SURE, Evidence
from assistant.answering.text import words
from assistant.law.folding import fold
from assistant.law.identifiers import Reference
from assistant.law.passage import Passage
from assistant.lexicon import Lexicon
from assistant.library import Library

MOST, NEAR = 4, 0.6
"""Provisions at most, and the share of the best score from which one is told. Chosen on 279 questions
(development set and own tuning set): 0.92 of the required provisions cited, 0.66 of the cited legitimate;
at 0.7 it is 0.90 and 0.74."""

SURE = 0.8
"""Share of the best score below which a provision is left for further reading."""

LEVEL = 0.95
"""Share of a paragraph's score from which the first paragraph of its article is told before it."""

TWO = 2
"""Parts of a question from which it asks two things."""

SAME = 0.9
"""Share of a provision's score from which the next passage of the same article is told beside it."""

BESIDE = 3
"""Further passages of the provisions told, for further reading."""

FOUND_BESIDE = 2
"""Provisions told at most beside those that a verdict rests on."""

WORDS = 70
"""Words of plain sentences and of the first quote after which a point is left for further reading."""

EXCEPTION = 60
"""Words of an exception, or of the other part of an answer, up to which it is told whatever else is said."""

FIRST_QUOTE, NAMED_QUOTE, QUOTE, LONG_QUOTE = 200, 1800, 300, 900
"""Characters quoted of the first provision, of one that the question names, of the others, and of the first one for
further reading."""

_EXCEPTION = re.compile(
    r"\b(?:par derogation|ne s'appliqu\w+ pas|n'est pas (?:necessaire|requis\w*)|ne sont pas (?:necessaires|requis\w*)"
    r"|by way of derogation|shall not apply|(?:is|are|shall) not (?:be )?required|do(?:es)? not apply)\b"
)

_APART = re.compile(
    r"\b(?:ne porte(?:nt)? pas atteinte|est sans prejudice d|sont sans prejudice d|is without prejudice to"
    r"|are without prejudice to|shall not (?:affect|prejudice))"
)
"""Words of a provision that only says what another leaves untouched."""

_PARAGRAPH = re.compile(r"\b(?:paragraphes?|paragraphs?) (\d+)\b")

_OPENING = 200
"""Characters of a provision in which it says what it makes an exception to."""


@dataclass(frozen=True, slots=True)
class Point:
    """One provision as an answer tells it: its plain sentence (empty: there is none) and the offsets of a quote.

    `reviewed_by`, `reviewed_on`: of the plain sentence, empty until a lawyer read it; `late`: left for
    further reading; `unsure`: found far behind the first; `kept`: an exception, told with the rule
    before it, or the other part of a question.
    """

    passage: Passage
    plain: str
    reviewed_by: str
    reviewed_on: str
    start: int
    end: int
    named: bool
    unsure: bool = False
    kept: bool = False
    late: bool = False

    @property
    def quote(self) -> str:
        """The official words."""
        return self.passage.text[self.start : self.end]

    @property
    def shortened(self) -> bool:
        """Whether part of the provision is left out of the quote."""
        return self.end - self.start < len(self.passage.text)


@dataclass(frozen=True, slots=True)
class Teller:
    """Chooses what is told."""

    lexicon: Lexicon
    library: Library

    def points(self, request: Request, evidence: Sequence[Evidence]) -> list[Point]:
        """The points of an answer, the one that answers first."""
        told = self.clauses(request)
        beside: list[Passage] = []
        pieces = chosen(request, evidence)
        best = max((piece.score for piece in pieces), default=0.0)
        other = _other_half(request, pieces)
        for piece in pieces:
            for passage, kept in self._passages(request, piece):
                if all(point.passage.reference != passage.reference for point in told):
                    point = self._point(request, passage, first=not told, named=piece.named)
                    told.append(replace(point, unsure=piece.score < SURE * best, kept=kept or piece is other))
            if len(told) == 1 and not piece.named:
                told += self._exceptions(request, told[0])
            if not piece.named:
                also = (piece.passage, *(passage for passage, _ in piece.also))
                beside += [*self._holder(request, piece.passage), *also]
        return [*_in_time(told, request.sides), *self._beside(request, told, beside)]

    def _passages(self, request: Request, piece: Evidence) -> list[tuple[Passage, bool]]:
        """What is told of a piece of evidence, and whether it is told whatever else is said.

        The rule that it makes an exception to, the provision meant, those of the same article found as well.
        """
        if piece.named:
            asked = (passage for passage, _ in piece.also if passage.reference in request.references)
            return [(passage, False) for passage in (piece.passage, *asked)]
        piece = _first_paragraph_first(piece)
        near = [passage for passage, score in piece.also if score >= SAME * piece.score]
        meant = self._with_figure(request, self._list_of(request, self._meant(request, piece), near))
        rule = list(self._rule_before(request, meant))
        others = [passage for passage in near if not _holds(meant, passage)]
        main = (meant, bool(rule) or piece.asked_beside)
        return [*((passage, False) for passage in rule), main, *((passage, False) for passage in others)]

    def _meant(self, request: Request, piece: Evidence) -> Passage:
        """The provision to tell: the one that holds a passage, where its line was found and it has a plain sentence.

        A passage whose own words are the nearest of all to the question speaks for itself, unless the line says it all.
        """
        sure = piece.nearest is not None and piece.nearest.score(piece.meant) >= PART_SURE
        own = piece.meant == piece.passage.reference or (("bm25", 1) in piece.found_by and not sure)
        if own or self.library.defines(piece.meant):
            return piece.passage
        holder = self.library.passage(piece.meant, request.lang, request.day)
        return holder if self.lexicon.plain_for(holder, request.lang) else piece.passage

    def _list_of(self, request: Request, passage: Passage, near: Sequence[Passage]) -> Passage:
        """The paragraph whose list holds a provision and another found as well: not this point or that one is meant."""
        parent = passage.reference.locator.parent
        if parent is None or not passage.context or all(near_by.reference.locator.parent != parent for near_by in near):
            return passage
        holder = self.library.passage(Reference(passage.reference.act, parent), request.lang, request.day)
        defines = self.library.defines(holder.top)
        return holder if self.lexicon.plain_for(holder, request.lang) and not defines else passage

    def _with_figure(self, request: Request, passage: Passage) -> Passage:
        """Where an amount or a time limit is asked for and stands in the words before a list: what holds the list."""
        asked, parent = asked_for(request.search_text), passage.reference.locator.parent
        wanted = [has for has, on in ((has_amount, asked.amount), (has_duration, asked.duration)) if on]
        bare = replace(passage, context="")
        if parent is None or not wanted or all(has(passage) == has(bare) for has in wanted):
            return passage
        return self.library.passage(Reference(passage.reference.act, parent), request.lang, request.day)

    def _rule_before(self, request: Request, passage: Passage) -> Iterator[Passage]:
        """What a provision leaves untouched or makes an exception to: the paragraph it names, else what holds it."""
        locator = passage.reference.locator
        says = fold(passage.text[:_OPENING])
        apart = _APART.search(says)
        if locator.parent is None or not (apart or _EXCEPTION.search(fold(passage.context[-_OPENING:]))):
            return
        named = _PARAGRAPH.search(says if apart else fold(passage.context))
        rule = replace(locator, parts=(named[1],)) if named else locator.parent if apart else locator.top
        act = self.library.act(passage.reference.act, request.lang, request.day)
        if act.find(rule) is not None:
            yield self.library.passage(Reference(passage.reference.act, rule), request.lang, request.day)

    def _holder(self, request: Request, passage: Passage) -> Iterator[Passage]:
        """The paragraph that holds a point: its amount or its condition often stands in the words before the list."""
        parent = passage.reference.locator.parent
        if passage.context and parent is not None:
            yield self.library.passage(Reference(passage.reference.act, parent), request.lang, request.day)

    def _beside(self, request: Request, told: Sequence[Point], passages: Sequence[Passage]) -> Iterator[Point]:
        """Further passages of the provisions told, for further reading."""
        known = {point.passage.reference for point in told}
        for passage in passages:
            if passage.reference not in known and len(known) < len(told) + BESIDE:
                known.add(passage.reference)
                yield replace(self._point(request, passage, first=False, named=False), late=True)

    def clauses(self, request: Request) -> list[Point]:
        """What a verdict rests on, where there is one."""
        clauses = request.advice.clauses if request.advice else ()
        passages = [self.library.passage(clause, request.lang, request.day) for clause in clauses]
        return [self._point(request, passage, first=n == 0, named=False) for n, passage in enumerate(passages)]

    def longer(self, request: Request, first: Point) -> Point:
        """The first point with more of its official words."""
        question, text = request.search_text, first.passage.text
        start, end = quote_of(question, text, LONG_QUOTE, from_start=first.named, plain=first.plain)
        return replace(first, start=start, end=end)

    def _point(self, request: Request, passage: Passage, *, first: bool, named: bool) -> Point:
        limit = NAMED_QUOTE if named else FIRST_QUOTE if first else QUOTE
        entry = self.lexicon.plain_for(passage, request.lang)
        plain = entry.plain[request.lang] if entry else ""
        start, end = quote_of(request.search_text, passage.text, limit, from_start=named, plain=plain)
        by, on = (entry.reviewed_by, entry.reviewed_on) if entry else ("", "")
        return Point(passage, plain, by, on, start, end, named)

    def _exceptions(self, request: Request, first: Point) -> Iterator[Point]:
        """The next paragraph of the same article that says where the first one does not apply."""
        reference = first.passage.reference
        paragraph = reference.locator.parts[:1]
        if not paragraph or not paragraph[0].isdigit():
            return
        named = re.compile(rf"\bparagraphe?s? (?:\d+ (?:et|and|ou|or) )?{paragraph[0]}\b")
        act = self.library.act(reference.act, request.lang, request.day)
        article = act.find(reference.locator.top)
        for child in article.children if article else ():
            text = fold(child.text[:260])
            if child.locator.parts != paragraph and _EXCEPTION.search(text) and named.search(text):
                passage = self.library.passage(Reference(reference.act, child.locator), request.lang, request.day)
                yield replace(self._point(request, passage, first=False, named=False), kept=True)
                return


def _holds(passage: Passage, other: Passage) -> bool:
    """Whether a provision holds another, which then says nothing more."""
    one, two = passage.reference, other.reference
    return one.act == two.act and one.locator.holds(two.locator)


def chosen(request: Request, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The places that the question names and nothing else, or the evidence close to the best."""
    named = [piece for piece in evidence if piece.named]
    if named:
        return named
    ruled = request.advice is not None and request.advice.verdict is not None
    sure, most = request.sides, FOUND_BESIDE if ruled else MOST
    found = [piece for piece in evidence if not piece.ruled]
    best = found[0].score if found else 0.0
    return [piece for n, piece in enumerate(found[: max(most, sure)]) if n < sure or piece.score >= NEAR * best]


def _first_paragraph_first(piece: Evidence) -> Evidence:
    """Of paragraphs of an article found almost equally, the first one leads: it holds the rule, the others go on."""
    here = piece.passage.reference.locator.parts
    if piece.meant != piece.passage.reference:
        return piece
    for passage, score in piece.also:
        first = passage.reference.locator.parts == ("1",) and here[:1] != ("1",) and here[:1] != ()
        if first and here[0].isdigit() and score >= LEVEL * piece.score:
            rest = ((other, its) for other, its in piece.also if other is not passage)
            return replace(piece, passage=passage, also=((piece.passage, piece.score), *rest))
    return piece


def _other_half(request: Request, pieces: Sequence[Evidence]) -> Evidence | None:
    """Where a question asks two things: the next provision that was found almost as surely as the first."""
    found = [piece for piece in pieces if not piece.ruled]
    if len(parts_of(request.search_text)) < TWO:
        return None
    first = found[0] if found else None
    others = (p for p in found if first and p.passage.reference.unit != first.passage.reference.unit)
    return next((piece for piece in others if first and piece.score >= SURE * first.score), None)


def _in_time(points: Sequence[Point], sides: int) -> Iterator[Point]:
    """Points marked late once enough is said; of several texts asked about, the first of each is in time."""
    said = 0
    seen: set[str] = set()
    for n, point in enumerate(points):
        new = point.passage.reference.act not in seen and len(seen) < sides
        seen.add(point.passage.reference.act)
        length = len(words(point.plain or point.quote))
        kept = new or (point.named and n < MOST) or (point.kept and not point.unsure and length <= EXCEPTION)
        late = said > 0 and not kept and (point.unsure or said + length > WORDS)
        said += 0 if late else length + (0 if said else len(words(point.quote)))
        yield replace(point, late=late)
