"""Defined terms, on the official texts in force."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.law.act import Act
from assistant.law.definitions import definitions_used, glossary
from tests.in_force import acts_in_force


@pytest.fixture(scope="module")
def acts(mirror: Path) -> dict[tuple[str, str], Act]:
    return {(act.act, act.lang): act for act in acts_in_force(mirror)}


@pytest.mark.parametrize(
    ("law", "lang", "text", "terms"),
    [
        ("rgpd", "fr", "Le responsable du traitement notifie.", ["responsable du traitement"]),
        ("rgpd", "en", "Each controller and processors", ["controller", "processor"]),
        ("ai-act", "fr", "les déployeurs de systèmes d'IA", ["déployeur", "système d’IA"]),
        ("ai-act", "fr", "un incident grave", ["incident grave"]),
        ("dsa", "en", "the recipients of the service", ["recipient of the service"]),
        ("data-act", "fr", "une météo", []),
    ],
)
def test_terms_are_found_in_the_plural_and_the_longest_wins(
    acts: dict[tuple[str, str], Act], law: str, lang: str, text: str, terms: list[str]
) -> None:
    found = glossary(acts[law, lang])
    assert found is not None
    uses = found.used_in(text)
    assert [definition.term for definition in definitions_used(uses)] == terms
    assert all(text[use.start : use.end].strip() for use in uses)


@pytest.mark.parametrize("law", ["rgpd", "ai-act", "nis2", "dsa", "data-act"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nearly_every_definition_yields_its_term(acts: dict[tuple[str, str], Act], law: str, lang: str) -> None:
    act = acts[law, lang]
    found = glossary(act)
    assert found is not None
    article = act.find(found.definitions[0].reference.locator.top)
    assert article is not None
    defined = {definition.reference.locator for definition in found.definitions}
    assert len(defined) >= len(article.children) - 1


def test_a_text_without_definitions_has_no_glossary(acts: dict[tuple[str, str], Act]) -> None:
    assert glossary(acts["cadre-lyon", "fr"]) is None
