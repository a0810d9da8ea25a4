"""Names of persons: behind a title, first name and family name in either order, behind "agent" or "voisin".

Lower case counts too, since agents type so, but then an everyday word is no name. Functions ("M. le
maire"), names of places and laws ("école Louis Pasteur", "loi Lemaire") and dead public figures are not
reported. The failure this prevents: a guard that cries at every "Madame la directrice", and is then ignored.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.privacy.finding import Finding, Kind
from assistant.privacy.vocabulary import Token, Vocabulary, tokens, vocabulary

_TITLES = frozenset("mme mmes mlle mlles mr mrs monsieur madame mademoiselle messieurs mesdames veuve".split())
_CAPITAL_TITLES = frozenset({"M", "MM", "Me", "Dr", "Pr", "Mgr", "Maître", "Docteur", "Docteure", "Professeur"})
_LONGEST = 5
"""Words of the longest name that is looked for."""


def names(text: str) -> Iterator[Finding]:
    """The names in a text, their titles included."""
    reader = _Reader(text, tokens(text), vocabulary())
    at = 0
    while at < len(reader.words):
        end = reader.titled(at) or reader.full(at) or reader.reversed_full(at) or reader.introduced(at)
        if not end:
            at += 1
            continue
        start = at + 1 if reader.introduces(at) and end > at + 1 and not reader.is_title(at) else at
        yield Finding(Kind.NAME, reader.words[start].start, reader.words[end - 1].end)
        at = end


class _Reader:
    """Looks for a name that begins at a word; each question answers with the word behind it, 0 for none."""

    def __init__(self, text: str, words: list[Token], known: Vocabulary) -> None:
        self.text, self.words, self.known = text, words, known

    def titled(self, at: int) -> int:
        """`Mme Durand`, `M. et Mme Hoffmann`, `mr Karim Benali`."""
        if not self.is_title(at):
            return 0
        behind = at + 1
        if self._near(behind) and self.words[behind].folded in {"et", "ou"} and self.is_title(behind + 1):
            behind += 2
        if self._near(behind, ".") and len(self.words[behind].text) == 1 and self._near(behind + 1, "."):
            behind += 1
        strict = self.words[at].text in _CAPITAL_TITLES - {"M", "MM"}
        begun = self._family_name(behind, after_title=True)
        if not begun or (strict and not self.words[begun - 1].capital):
            return 0
        return self._extended(begun)

    def full(self, at: int) -> int:
        """`Sophie Durand`, `jean pierre durand`, `J. Keller`."""
        first = self.words[at]
        initial = len(first.text) == 1 and first.capital and self._gap(at + 1).startswith(".")
        if not (initial or self.known.first_name(first)) or self._names_a_place(at):
            return 0
        behind = at + 1
        while (
            not initial and self._near(behind) and self.known.first_name(self.words[behind]) and self._near(behind + 1)
        ):
            if not self._family_name(behind + 1):
                break
            behind += 1
        end = self._family_name(behind, after_initial=initial)
        if not end or self._public_figure(at, behind):
            return 0
        last = self.words[end - 1]
        if initial and (not last.capital or last.shouted or len(last.text) < 3 or self.known.ordinary(last)):
            return 0
        return self._extended(end)

    def reversed_full(self, at: int) -> int:
        """`BERNARD Sylvie`."""
        family = self.words[at]
        if not (family.shouted and len(family.text) > 2 and self._near(at + 1)) or self.known.ordinary(family):
            return 0
        first = self.words[at + 1]
        known = first.capital and self.known.first_name(first) and family.folded not in self.known.not_surname
        return at + 2 if known and not self._names_a_place(at) else 0

    def introduced(self, at: int) -> int:
        """`l'agent Durand`, `élève TRAN Minh`, `nom : Haddad`."""
        labelled = self.words[at].folded in self.known.labels
        if not self.introduces(at) or (labelled and ":" not in self._gap(at + 1)) or not self._near(at + 1, ":"):
            return 0
        name = self.words[at + 1]
        mixed = self._near(at + 2) and self.words[at + 2].capital and not self.words[at + 2].shouted
        acronym = name.shouted and len(name.text) < 5 and not (labelled or mixed)
        if not name.capital or acronym or self.known.ordinary(name) or name.folded in self.known.not_surname:
            return 0
        return self._extended(at + 2)

    def introduces(self, at: int) -> bool:
        """Whether the word says that a person is named next."""
        folded = self.words[at].folded
        return folded in self.known.introductions or folded in self.known.labels

    def is_title(self, at: int) -> bool:
        """Whether the word is a form of address that a name may follow."""
        if at >= len(self.words):
            return False
        word = self.words[at]
        if word.text in _CAPITAL_TITLES or word.folded in _TITLES:
            return True
        dotted = self.text[word.end : word.end + 1] == "."
        measured = self.text[: word.start].rstrip()[-1:].isdigit()
        return (word.text == "m" and dotted and not measured) or word.folded == "dr"

    def _family_name(self, at: int, *, after_title: bool = False, after_initial: bool = False) -> int:
        """Particles and a word that can be a family name."""
        begun = at
        while self._near(at, "." if at == begun and (after_title or after_initial) else "") and (
            self._particle(at) or (after_title and self._article_of_a_name(at))
        ):
            at += 1
        dotted = "." if at == begun and (after_title or after_initial) else ""
        if not self._near(at, dotted):
            return 0
        word, known = self.words[at], self.known
        if word.folded in known.stop or word.folded in known.functions or len(word.text) < 2:
            return 0
        if after_title or after_initial:
            return at + 1
        if word.folded in known.not_surname or (word.shouted and len(word.text) < 4):
            return 0
        return at + 1 if word.capital or not known.ordinary(word) else 0

    def _particle(self, at: int) -> bool:
        """`de`, `El`, `Le`: an article only with a capital, and only in front of another word of the name."""
        word = self.words[at]
        if word.folded not in self.known.particles or not self._near(at + 1):
            return False
        if word.folded in {"le", "la", "les", "du", "des", "mac"} and not word.capital:
            return at > 0 and self.words[at - 1].folded == "de" and self.words[at + 1].capital
        return self.words[at + 1].folded not in self.known.functions

    def _article_of_a_name(self, at: int) -> bool:
        """`mme le gall`, but not `mme la directrice`: what follows is no word of everyday."""
        article = self.words[at].folded in {"le", "la"} and self._near(at + 1)
        return article and not self.known.ordinary(self.words[at + 1])

    def _extended(self, end: int) -> int:
        """More words of the same name: with a capital, or a first or family name that is sure."""
        for _ in range(_LONGEST):
            behind = end
            while self._near(behind) and self._particle(behind):
                behind += 1
            if not self._near(behind):
                return end
            word = self.words[behind]
            refused = word.folded in self.known.stop or word.folded in self.known.not_surname
            follows = word.capital or (self.known.first_name(self.words[end - 1]) and not self.known.ordinary(word))
            if refused or len(word.text) < 2 or not follows:
                return end
            end = behind + 1
        return end

    def _names_a_place(self, at: int) -> bool:
        """Whether a place or a law is named in the words before."""
        before = [word.folded for word in self.words[max(0, at - 4) : at]]
        while before and before[-1] in self.known.particles | {"l", "d", "aux", "au", "sur", "a"}:
            before.pop()
        return bool(before) and before[-1] in self.known.places

    def _public_figure(self, first: int, last: int) -> bool:
        return f"{self.words[first].folded} {self.words[last].folded}" in self.known.public_figures

    def _gap(self, at: int) -> str:
        return self.text[self.words[at - 1].end : self.words[at].start] if 0 < at < len(self.words) else "\n"

    def _near(self, at: int, sign: str = "") -> bool:
        """Whether only blanks, and `sign` where it is given, part a word from the one before."""
        gap = self._gap(at)
        return (
            "\n" not in gap and gap.replace(sign, "", 1).strip() == ""
            if sign
            else gap.strip() == "" and "\n" not in gap
        )
