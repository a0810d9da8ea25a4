"""The data of the repository: complete, and without an error."""

from __future__ import annotations

import pytest

from assistant.lexicon import load_lexicon
from assistant.lexique.check import check, check_tables, counts
from assistant.lexique.coverage import required
from assistant.lexique.finding import Severity
from assistant.library import Library
from assistant.recitals import load_recital_links
from assistant.thesaurus import load_thesaurus
from tests.in_force import DAY

pytestmark = pytest.mark.mirror


def test_the_everyday_index_has_no_error(library: Library) -> None:
    found = check(load_lexicon(), library, DAY)
    assert [finding.line() for finding in found if finding.severity is Severity.ERROR] == []


def test_the_thesaurus_and_the_links_of_the_recitals_have_no_fault(library: Library) -> None:
    found = check_tables(load_thesaurus(), load_recital_links(), library, DAY)
    assert [finding.line() for finding in found] == []


def test_every_text_was_compared(library: Library) -> None:
    assert {count.act for count in counts(load_lexicon())} == set(library.acts)
    assert all(count.plain_fr == count.plain_en == count.entries for count in counts(load_lexicon()))


def test_what_must_have_an_entry_is_what_the_acts_count(library: Library) -> None:
    definitions = {"rgpd": 26, "ai-act": 70, "nis2": 41, "dsa": 24, "data-act": 43}
    for source in library.manifest.act:
        expected = source.version[-1].counts
        places = required(library.act(source.id, "fr", DAY))
        assert len(places) == expected.articles + expected.annexes + definitions[source.id]
