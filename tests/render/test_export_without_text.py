"""An answer told without its official text leaves as a file that quotes nothing."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answering.absent.cite import cite_without_text
from assistant.law.identifiers import Reference
from assistant.lexicon import load_lexicon
from assistant.manifest import load_manifest
from assistant.mark.key import InstanceKey
from assistant.render.document import Quote
from assistant.render.export import Format, export
from assistant.render.export_content import document
from tests.render.answers import MADE, answer
from tests.render.reading import links_of, text_of

ENTRY = load_lexicon().entries[Reference.parse("rgpd:art-33.1")]
ABSENT = cite_without_text(1, ENTRY, "fr", date(2026, 11, 21), load_manifest())


def test_there_is_no_quote() -> None:
    blocks = document([answer(citations=(ABSENT,))], MADE, None).blocks
    assert not any(isinstance(block, Quote) for block in blocks)


@pytest.mark.parametrize("form", list(Format))
def test_the_source_keeps_its_name_and_its_link(form: Format, key: InstanceKey) -> None:
    file = export([answer(citations=(ABSENT,))], form, key, MADE)
    assert ABSENT.label in text_of(form, file)
    assert ABSENT.url in links_of(form, file)
