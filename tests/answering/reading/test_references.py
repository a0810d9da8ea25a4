"""References as people type them."""

from __future__ import annotations

import pytest

from assistant.answering.reading.act_names import ActNames
from assistant.answering.reading.references import mentions
from assistant.manifest import load_manifest

NAMES = ActNames.of(
    {act.id: act.names for act in load_manifest().act} | {d.id: d.names for d in load_manifest().document}
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("art 22 rgpd", ["rgpd:art-22"]),
        ("art. 22 §1 du RGPD", ["rgpd:art-22.1"]),
        ("annexe III, point 5 b) du règlement IA", ["ai-act:anx-III.5.b"]),
        ("Que dit l'article 4 bis du règlement IA ?", ["ai-act:art-4bis"]),
        ("what does Article 4a of the AI Act say?", ["ai-act:art-4bis"]),
        ("Article 5(1)(ba) AI Act", ["ai-act:art-5.1.bbis"]),
        ("article 5, paragraphe 1, point b bis) du RIA", ["ai-act:art-5.1.bbis"]),
        ("L'article premier du DSA", ["dsa:art-1"]),
        ("considérant 71 du RGPD", ["rgpd:rec-71"]),
        ("RGPD, art. 5.1.c", ["rgpd:art-5.1.c"]),
        ("art-113.c.i de l'AI Act", ["ai-act:art-113.c.i"]),
        ("article 6, paragraphe 1, alinéa 2 du RGPD", ["rgpd:art-6.1.al2"]),
        ("l'article 33 du RGPD et l'article 23 de NIS 2", ["rgpd:art-33", "nis2:art-23"]),
        ("les articles 33 et 34", []),
        ("le 17e engagement du cadre de Lyon", ["cadre-lyon:eng-17"]),
        ("j'ai 3 articles à écrire sur les 5 écoles", []),
    ],
)
def test_a_named_place_is_read_with_its_act(text: str, expected: list[str]) -> None:
    assert [f"{m.act}:{m.locator}" for m in mentions(text, NAMES) if m.act] == expected


def test_a_place_without_its_act_says_so() -> None:
    assert [(m.act, str(m.locator)) for m in mentions("que dit l'article 22 ?", NAMES)] == [(None, "art-22")]


def test_the_longest_name_of_an_act_wins() -> None:
    found = NAMES.found("le règlement sur les données et le règlement sur la protection des données")
    assert [act for _, act in found] == ["data-act", "rgpd"]
