"""Labels as lawyers write them, in both languages."""

from __future__ import annotations

import pytest

from assistant.law.act import Provision, ProvisionKind
from assistant.law.identifiers import Locator
from assistant.law.labels import label

KINDS = {
    "article": ProvisionKind.ARTICLE,
    "paragraph": ProvisionKind.PARAGRAPH,
    "point": ProvisionKind.POINT,
    "al": ProvisionKind.SUBPARAGRAPH,
    "annex": ProvisionKind.ANNEX,
    "heading": ProvisionKind.HEADING,
    "recital": ProvisionKind.RECITAL,
    "section": ProvisionKind.SECTION,
}


def lineage(text: str, kinds: str) -> list[Provision]:
    whole = Locator.parse(text)
    steps = [Locator(whole.kind, whole.unit, whole.parts[:n]) for n in range(len(whole.parts) + 1)]
    return [
        Provision(locator, KINDS[kind], "", "", title="Gouvernance" if kind == "section" else "")
        for locator, kind in zip(steps, kinds.split(), strict=True)
    ]


@pytest.mark.parametrize(
    ("place", "kinds", "french", "english"),
    [
        ("art-33.1", "article paragraph", "article 33, paragraphe 1", "Article 33(1)"),
        ("art-1.2", "article paragraph", "article 1er, paragraphe 2", "Article 1(2)"),
        ("art-4bis", "article", "article 4 bis", "Article 4a"),
        ("art-5.1.bbis", "article paragraph point",
         "article 5, paragraphe 1, point b bis)", "Article 5(1), point (ba)"),
        ("art-5.1bis", "article paragraph", "article 5, paragraphe 1 bis", "Article 5(1a)"),
        ("art-3.63", "article point", "article 3, point 63)", "Article 3, point (63)"),
        ("art-113.c.i", "article point point", "article 113, point c) i)", "Article 113, point (c)(i)"),
        ("art-6.1.al2", "article paragraph al",
         "article 6, paragraphe 1, deuxième alinéa", "Article 6(1), second subparagraph"),
        ("rec-71", "recital", "considérant 71", "Recital 71"),
        ("anx-III.5.b", "annex point point", "annexe III, point 5 b)", "Annex III, point 5(b)"),
        ("anx-I.a.2", "annex heading point", "annexe I, section A, point 2", "Annex I, Section A, point 2"),
        ("gouvernance", "section", "« Gouvernance »", "“Gouvernance”"),
    ],
)  # fmt: skip
def test_a_place_is_written_as_lawyers_write_it(place: str, kinds: str, french: str, english: str) -> None:
    assert label("RGPD", lineage(place, kinds), "fr") == f"RGPD, {french}"
    assert label("GDPR", lineage(place, kinds), "en") == f"GDPR, {english}"
