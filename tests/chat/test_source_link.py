from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chat.source_link import PATH, SourceLink
from assistant.errors import UnknownReference
from assistant.law.citation import Citation
from assistant.law.identifiers import Reference

REFERENCES = st.sampled_from(["rgpd:art-33.1", "ai-act:art-4bis", "ai-act:anx-III.5.b", "rgpd:rec-71", "charte:art-2"])


def read_back(link: SourceLink) -> SourceLink:
    parts = urlsplit(str(link))
    return SourceLink.parse(parts.path.removeprefix(PATH), dict(parse_qsl(parts.query)))


@given(
    reference=REFERENCES,
    version=st.none() | st.dates(date(2016, 1, 1), date(2030, 1, 1)),
    start=st.integers(0, 500),
    length=st.integers(1, 500),
)
def test_an_address_reads_back_as_the_link_it_was_made_from(
    reference: str, version: date | None, start: int, length: int
) -> None:
    link = SourceLink(Reference.parse(reference), "fr", version, start, start + length, "ab12" * 4)
    assert read_back(link) == link
    assert read_back(link.whole()).quoted == link.reference
    assert read_back(link.translated()) == SourceLink(link.reference, "en", version)


def test_a_citation_s_link_names_its_version_and_its_text(citation: Citation) -> None:
    link = SourceLink.of(citation)
    assert (link.version, link.start, link.end) == (date(2016, 5, 4), citation.start, citation.end)
    assert citation.sha256.startswith(link.digest)


@pytest.mark.parametrize(
    ("reference", "query"),
    [
        ("nothing", {}),
        ("rgpd:art-33", {"start": "x"}),
        ("rgpd:art-33", {"version": "2016-13-01"}),
        ("rgpd:art-33", {"within": "../etc"}),
    ],
)
def test_a_malformed_address_is_refused(reference: str, query: dict[str, str]) -> None:
    with pytest.raises(UnknownReference):
        SourceLink.parse(reference, query)
