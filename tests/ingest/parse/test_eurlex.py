"""The parser on the real texts: complete, the right version, and equal to the other official rendering."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.law.act import Act
from assistant.law.identifiers import Locator, LocatorKind, Reference
from assistant.manifest import Version, VersionText, load_manifest, validity
from ingest.audit import audit
from ingest.parse.eurlex import ParsedAct, parse_act
from tests.ingest.parse.formex import articles, squeeze

pytestmark = pytest.mark.mirror

EDITIONS = [
    pytest.param(act.id, version, text, id=f"{act.id}-{text.lang}-{version.date}")
    for act in load_manifest().act
    for version in act.version
    for text in version.text
]

KNOWN_DIFFERENCES = {
    # The amending act deleted paragraph 5: the page leaves it out, Formex keeps its old words.
    ("ai-act", "fr", "2026-07-27"): {"10", "10.5"},
    ("ai-act", "en", "2026-07-27"): {"10", "10.5"},
}


@pytest.fixture(scope="session")
def parsed(mirror: Path) -> dict[tuple[str, str, str], ParsedAct]:
    """Every edition of the manifest."""
    manifest = load_manifest()
    return {
        (act.id, text.lang, version.date.isoformat()): parse_act(act, version, text, lambda path: mirror / path)
        for act in manifest.act
        for version in act.version
        for text in version.text
    }


Parsed = dict[tuple[str, str, str], ParsedAct]


def edition(parsed: Parsed, act: str, lang: str, day: str) -> Act:
    return parsed[(act, lang, day)].act


@pytest.mark.parametrize(("act", "version", "text"), EDITIONS)
def test_every_edition_passes_the_structural_audit(
    parsed: Parsed, act: str, version: Version, text: VersionText
) -> None:
    audit(parsed[(act, text.lang, version.date.isoformat())], version.counts)


@pytest.mark.parametrize(("act", "version", "text"), EDITIONS)
def test_every_identifier_reads_back_as_itself(parsed: Parsed, act: str, version: Version, text: VersionText) -> None:
    for locator in parsed[(act, text.lang, version.date.isoformat())].act.index:
        reference = Reference(act, locator)
        assert Reference.parse(str(reference)) == reference


def test_french_and_english_have_the_same_provisions(parsed: Parsed) -> None:
    for act, lang, day in parsed:
        if lang == "fr":
            french, english = edition(parsed, act, "fr", day), edition(parsed, act, "en", day)
            assert set(french.index) == set(english.index), act


@pytest.mark.parametrize(("act", "version", "text"), EDITIONS)
def test_both_official_renderings_say_the_same(
    parsed: Parsed, mirror: Path, act: str, version: Version, text: VersionText
) -> None:
    other = mirror / "eu" / text.celex / f"{text.lang}.fmx4.xml"
    if not text.celex.startswith("0"):
        assert not other.exists()
        return
    ours = _texts(parsed[(act, text.lang, version.date.isoformat())].act)
    theirs = {
        f"{number}.{paragraph}".rstrip("."): words
        for number, texts in articles(other).items()
        for paragraph, words in texts.items()
    }
    differing = {name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)}
    assert differing == KNOWN_DIFFERENCES.get((act, text.lang, version.date.isoformat()), set())


def _texts(act: Act) -> dict[str, str]:
    """As `formex.articles` has them: whole articles and their numbered paragraphs, squeezed."""
    texts = {}
    for article in act.tops(LocatorKind.ARTICLE):
        number = article.anchor.removeprefix("art_")
        texts[number] = squeeze(article.official_text())
        for child in article.children:
            if child.kind.value == "paragraph":
                texts[f"{number}.{squeeze(child.marker).rstrip('.)')}"] = squeeze(child.official_text())
    return texts


def test_an_article_inserted_by_amendment_keeps_its_own_number(parsed: Parsed) -> None:
    act = edition(parsed, "ai-act", "fr", "2026-07-27")
    inserted = act.find(Locator.parse("art-4bis"))
    assert inserted is not None
    assert inserted.title.startswith("Traitement de catégories particulières")
    assert inserted.amended_by == "32026R1744"
    before = act.find(Locator.parse("art-4"))
    assert before is not None
    assert before.title == "Maîtrise de l'IA"


def test_inserted_points_and_paragraphs_are_not_their_neighbours(parsed: Parsed) -> None:
    for lang in ("fr", "en"):
        act = edition(parsed, "ai-act", lang, "2026-07-27")
        texts = {
            ref: act.find(Locator.parse(ref)) for ref in ("art-5.1.b", "art-5.1.bbis", "art-5.1.bter", "art-5.1bis")
        }
        assert all(texts.values())
        assert len({text.official_text() for text in texts.values() if text}) == len(texts)


def test_a_corrigendum_corrects_the_recital_taken_from_the_journal(parsed: Parsed) -> None:
    recital = edition(parsed, "rgpd", "fr", "2016-05-04").find(Locator.parse("rec-134"))
    assert recital is not None
    assert "avec d’autres autorités de contrôle" in recital.text
    english = edition(parsed, "rgpd", "en", "2016-05-04").find(Locator.parse("rec-71"))
    assert english is not None
    assert "and prevent, inter alia," in english.text or "and prevents" not in english.text


def test_the_corrected_article_7_of_the_dsa_is_the_one_in_force(parsed: Parsed) -> None:
    article = edition(parsed, "dsa", "fr", "2022-10-27").find(Locator.parse("art-7"))
    assert article is not None
    assert article.amended_by.startswith("32022R2065R")


def test_a_sector_of_nis2_is_a_provision_of_its_own(parsed: Parsed) -> None:
    act = edition(parsed, "nis2", "fr", "2022-12-27")
    sector = act.find(Locator.parse("anx-I.8"))
    assert sector is not None
    assert "Infrastructure numérique" in sector.text
    assert act.find(Locator.parse("anx-I.1.a")) is not None


def test_footnote_calls_and_marks_are_no_part_of_the_law(parsed: Parsed) -> None:
    act = edition(parsed, "rgpd", "fr", "2016-05-04")
    texts = "\n".join(provision.official_text() for provision in act.provisions)
    assert "►" not in texts
    assert "(1)," not in texts


def test_the_second_subparagraph_has_its_own_place(parsed: Parsed) -> None:
    act = edition(parsed, "ai-act", "fr", "2026-07-27")
    second = act.find(Locator.parse("art-6.3.al2"))
    assert second is not None
    assert second.text.startswith("Le premier alinéa s’applique")
    assert act.find(Locator.parse("art-6.3.a")) is not None


def test_a_later_version_differs_where_it_was_amended_and_only_there(parsed: Parsed) -> None:
    old, new = edition(parsed, "ai-act", "fr", "2024-07-12"), edition(parsed, "ai-act", "fr", "2026-07-27")
    for article in new.tops(LocatorKind.ARTICLE):
        before = old.find(article.locator)
        changed = before is None or squeeze(before.official_text()) != squeeze(article.official_text())
        assert changed == bool(article.amended_by), article.locator


def test_applies_only_from_the_day_the_act_says(parsed: Parsed) -> None:
    manifest = load_manifest()
    source = manifest.find_act("ai-act")
    assert source is not None
    life = validity(source, source.version[-1], Locator.parse("art-26"), "fr")
    assert life.status_on(date(2026, 11, 21)).value == "pas_encore_applicable"
    assert life.status_on(date(2027, 12, 2)).value == "en_vigueur"
