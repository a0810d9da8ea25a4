from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.adapters.payload import from_payload, point_id, to_payload
from assistant.errors import StoreError
from assistant.law.identifiers import Reference
from assistant.law.passage import Passage
from assistant.law.validity import Application, Validity
from tests.adapters.indexed import passage

words = st.text(max_size=40)
references = st.sampled_from(["rgpd:art-5.1.c", "ai-act:art-75quinquies", "nis2:anx-I.8", "dsa:rec-71", "charte:art-3"])
applications = st.lists(st.builds(Application, st.dates(), words, words), max_size=3).map(tuple)
validities = st.builds(Validity, st.dates(), st.dates(), st.none() | st.dates(), applications, st.booleans())
passages = st.builds(
    Passage,
    reference=references.map(Reference.parse),
    lang=st.sampled_from(["fr", "en"]),
    version_date=words,
    celex=words,
    label=words,
    title=words,
    path=words,
    context=words,
    text=words,
    url=words,
    validity=validities,
    amended_by=words,
    only_language=st.booleans(),
)


@given(passages)
def test_a_passage_comes_back_as_it_was_stored(stored: Passage) -> None:
    assert from_payload(json.loads(json.dumps(to_payload(stored)))) == stored


def test_a_passage_in_one_language_only_is_looked_for_in_both() -> None:
    assert to_payload(passage("x"))["langs"] == ["fr"]
    assert to_payload(passage("x", only_language=True))["langs"] == ["fr", "en"]


def test_a_version_without_end_outlasts_every_day() -> None:
    stored = to_payload(passage("x", valid_from=date(2026, 7, 27)))
    assert stored["valid_from"] == date(2026, 7, 27).toordinal()
    assert stored["valid_until"] == date.max.toordinal()


def test_each_language_and_version_is_a_point_of_its_own() -> None:
    french = passage("x")
    others = [french, replace(french, lang="en"), replace(french, version_date="2018-05-25")]
    assert len({point_id(p.id) for p in others}) == 3


@pytest.mark.parametrize("broken", [{}, {"passage": None}, {"passage": "{"}, {"passage": '{"reference": "art-1"}'}])
def test_a_payload_that_is_no_passage_is_refused(broken: dict[str, object]) -> None:
    with pytest.raises(StoreError, match="run `assistant ingest`"):
        from_payload(broken)
