"""Where an official text leads, over the real texts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.chat.onward import Onward, onward
from assistant.law.identifiers import Reference
from assistant.library import Library
from assistant.links import Links
from tests.every_version import library_of_every_version

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def library(mirror: Path, tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of_every_version(mirror, tmp_path_factory.mktemp("acts"))


def found(library: Library, reference: str, lang: str) -> Onward:
    return onward(Links(library), library.passage(Reference.parse(reference), lang, TODAY), TODAY)


@pytest.mark.parametrize(
    ("lang", "terms"),
    [
        ("fr", ("violation de données à caractère personnel", "responsable du traitement", "autorité de contrôle")),
        ("en", ("personal data breach", "controller", "supervisory authority")),
    ],
)
def test_a_provision_leads_to_what_it_names_and_to_the_terms_of_its_language(
    library: Library, lang: str, terms: tuple[str, ...]
) -> None:
    leads = found(library, "rgpd:art-33.1", lang)
    assert [str(reference) for reference in leads.named] == ["rgpd:art-55"]
    assert tuple(one.term for one in leads.terms) == terms
    assert all(one.reference.top == Reference.parse("rgpd:art-4") for one in leads.terms)


def test_a_definition_leads_to_the_other_terms_it_uses_and_not_to_itself(library: Library) -> None:
    assert [str(one.reference) for one in found(library, "rgpd:art-4.7", "fr").terms] == ["rgpd:art-4.2"]


def test_the_article_of_definitions_leads_to_no_definition(library: Library) -> None:
    assert found(library, "ai-act:art-3", "fr").terms == ()
