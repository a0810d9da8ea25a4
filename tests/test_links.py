"""Links and definitions over the library."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from assistant.errors import UnknownReference
from assistant.law.identifiers import Reference
from assistant.library import Library
from assistant.links import Links
from tests.every_version import library_of_every_version

TODAY = date(2026, 11, 21)
BEFORE = date(2026, 7, 26)


@pytest.fixture(scope="module")
def library(mirror: Path, tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of_every_version(mirror, tmp_path_factory.mktemp("acts"))


@pytest.fixture(scope="module")
def links(library: Library) -> Links:
    return Links(library)


def test_the_provisions_named_come_once_and_without_the_place_itself(links: Links) -> None:
    reference = Reference.parse("ai-act:art-26")
    named = links.named_by(reference, "fr", TODAY)
    assert Reference.parse("rgpd:art-35") in named
    assert len(named) == len(set(named))
    assert not any(target.top == reference for target in named)


def test_links_follow_the_version_of_the_day(links: Links) -> None:
    inserted = Reference.parse("ai-act:art-4bis.1")
    place = Reference.parse("ai-act:art-10.1")
    assert inserted in links.named_by(place, "fr", TODAY)
    assert inserted not in links.named_by(place, "fr", BEFORE)


def test_a_place_that_does_not_exist_names_nothing_and_an_unknown_act_is_an_error(links: Links) -> None:
    assert links.crossrefs(Reference.parse("rgpd:art-120"), "fr", TODAY) == ()
    with pytest.raises(UnknownReference):
        links.crossrefs(Reference.parse("inconnu:art-1"), "fr", TODAY)


def test_definitions_used_are_those_of_the_act(links: Links) -> None:
    found = links.definitions_used("Le déployeur informe le fournisseur.", "ai-act", "fr", TODAY)
    assert [str(definition.reference) for definition in found] == ["ai-act:art-3.4", "ai-act:art-3.3"]
    assert links.definitions_used("Le déployeur", "charte", "fr", TODAY) == ()


def test_one_provision_costs_little_and_twice_nothing(library: Library) -> None:
    fresh = Links(library)
    reference = Reference.parse("ai-act:art-26")
    started = time.process_time()
    first = fresh.crossrefs(reference, "fr", TODAY)
    assert time.process_time() - started < 2
    assert fresh.crossrefs(reference, "fr", TODAY) is first
