"""Links between provisions and to definitions, over the library; each provision is read once.

The failure this prevents: a chat and an answer that find different targets for "visée à l'article 9,
paragraphe 1", or that wait for a whole act to be read.
"""

from __future__ import annotations

from datetime import date

from assistant.law.act import Act
from assistant.law.crossref_reading import Corpus, CrossReference
from assistant.law.crossrefs import corpus_of, crossrefs
from assistant.law.definitions import Definition, Glossary, TermUse, definitions_used, glossary
from assistant.law.identifiers import Reference
from assistant.library import Library

_Version = tuple[str, str, date]


class Links:
    """What a provision names, in the version of a day; safe to share between threads (the worst is double work)."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._corpora: dict[frozenset[_Version], Corpus] = {}
        self._found: dict[tuple[frozenset[_Version], Reference], tuple[CrossReference, ...]] = {}
        self._glossaries: dict[_Version, Glossary | None] = {}

    def crossrefs(self, reference: Reference, lang: str, day: date) -> tuple[CrossReference, ...]:
        """The links in the official text of a provision, with offsets in it; none when it does not exist.

        `UnknownReference` when no text has the act's code.
        """
        versions = self._versions(lang, day)
        key = (versions, reference)
        if key not in self._found:
            act = self.library.act(reference.act, lang, day)
            self._found[key] = crossrefs(act, reference.locator, self._corpus(versions, lang, day))
        return self._found[key]

    def named_by(self, reference: Reference, lang: str, day: date) -> tuple[Reference, ...]:
        """The provisions that a provision names, each once, in order; not itself, what holds it or lies in it."""
        named = [target for link in self.crossrefs(reference, lang, day) for target in link.references]
        return tuple(target for target in dict.fromkeys(named) if not _same_place(reference, target))

    def terms(self, text: str, act: str, lang: str, day: date) -> tuple[TermUse, ...]:
        """Where a text uses terms that the act defines, with offsets in it."""
        edition = self.library.edition(act, lang, day)
        version = (edition.act, edition.lang, edition.version_date)
        if version not in self._glossaries:
            self._glossaries[version] = glossary(self.library.open(edition))
        found = self._glossaries[version]
        return found.used_in(text) if found else ()

    def definitions_used(self, text: str, act: str, lang: str, day: date) -> tuple[Definition, ...]:
        """The act's definitions that a text needs, each once, in the order of first use."""
        return definitions_used(self.terms(text, act, lang, day))

    def _versions(self, lang: str, day: date) -> frozenset[_Version]:
        editions = [self.library.edition(act, lang, day) for act in self.library.acts]
        return frozenset((edition.act, edition.lang, edition.version_date) for edition in editions)

    def _corpus(self, versions: frozenset[_Version], lang: str, day: date) -> Corpus:
        if versions not in self._corpora:
            acts: list[Act] = [self.library.act(act, lang, day) for act in self.library.acts]
            self._corpora[versions] = corpus_of(acts)
        return self._corpora[versions]


def _same_place(one: Reference, other: Reference) -> bool:
    return one.act == other.act and (one.locator.holds(other.locator) or other.locator.holds(one.locator))
