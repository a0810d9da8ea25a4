"""The two tables beside the entries: the thesaurus, and the links from recitals to articles.

The failure this prevents: an abbreviation that means two things at once, and a recital that no
article leads to.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assistant.answering.text import words
from assistant.law.folding import fold
from assistant.law.identifiers import LocatorKind, Reference
from assistant.lexique.finding import Finding, error
from assistant.library import Library
from assistant.recitals import RecitalLinks
from assistant.thesaurus import Expansion, Thesaurus

_SIGLES, _CONSIDERANTS = "sigles.toml", "considerants.toml"


def check_thesaurus(thesaurus: Thesaurus) -> Iterator[Finding]:
    """Expansions that add nothing, start from nothing, and phrases that start two of them."""
    for number, expansion in enumerate(thesaurus.expansions, 1):
        name = f"expansion {number} ({', '.join(expansion.phrases[:2])})"
        if not any(words(phrase) for phrase in expansion.phrases):
            yield error(_SIGLES, name, "starts from no word: fill `when`, or remove it")
        missing = [lang for lang in ("fr", "en") if not words(expansion.added(lang))]
        if missing:
            yield error(_SIGLES, name, f"adds no word in {' and '.join(missing)}: fill it")
        for earlier, other in enumerate(thesaurus.expansions[: number - 1], 1):
            for phrase in _shared(expansion, other):
                yield error(_SIGLES, name, f"'{phrase}' starts expansion {earlier} too: keep it in one of them")


def _shared(one: Expansion, other: Expansion) -> list[str]:
    """Phrases of one expansion that start the other as well, plurals included."""
    both = [phrase for phrase in one.phrases if other.pattern.fullmatch(fold(phrase))]
    both += [phrase for phrase in other.phrases if one.pattern.fullmatch(fold(phrase))]
    return list({fold(phrase).rstrip("sx"): phrase for phrase in both}.values())


def check_links(links: RecitalLinks, library: Library, day: date) -> Iterator[Finding]:
    """Links to or from places that do not exist, and recitals that have none."""
    for recital, places in links.explained.items():
        for reference in (recital, *places):
            if reference.act in library.acts and not library.has(reference, "fr", day):
                yield error(_CONSIDERANTS, recital, f"links {reference}, which does not exist: correct the row")
            elif library.manifest.find_act(reference.act) is None:
                yield error(_CONSIDERANTS, recital, f"'{reference.act}' is no act: correct the row")
    for act in library.manifest.act:
        if act.id not in library.acts:
            continue
        for top in library.act(act.id, "fr", day).tops(LocatorKind.RECITAL):
            recital = Reference(act.id, top.locator)
            if recital not in links.explained:
                yield error(_CONSIDERANTS, recital, "has no row: name the articles it explains, or why it has none")
