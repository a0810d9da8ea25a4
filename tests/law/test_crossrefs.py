"""Links between provisions, on the official texts in force."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from assistant.law.act import Act
from assistant.law.crossref_reading import Corpus, Reason
from assistant.law.crossrefs import corpus_of, crossrefs, read_crossrefs
from assistant.law.identifiers import Locator
from tests.in_force import acts_in_force

LAWS = ("rgpd", "ai-act", "nis2", "dsa", "data-act")
LANGUAGES = ("fr", "en")


@pytest.fixture(scope="module")
def acts(mirror: Path) -> dict[tuple[str, str], Act]:
    return {(act.act, act.lang): act for act in acts_in_force(mirror)}


@pytest.fixture(scope="module")
def corpora(acts: dict[tuple[str, str], Act]) -> dict[str, Corpus]:
    return {lang: corpus_of(acts[law, lang] for law in LAWS) for lang in LANGUAGES}


def links(
    acts: dict[tuple[str, str], Act], corpora: dict[str, Corpus], law: str, place: str, lang: str
) -> dict[str, list[str]]:
    """Targets by the words that name them."""
    act = acts[law, lang]
    provision = act.find(Locator.parse(place))
    assert provision is not None
    text = provision.official_text()
    found: dict[str, list[str]] = {}
    for link in crossrefs(act, provision.locator, corpora[lang]):
        found.setdefault(text[link.start : link.end].replace("\u00a0", " "), []).extend(map(str, link.references))
    return found


@pytest.mark.parametrize(
    ("law", "place", "lang", "words", "targets"),
    [
        ("rgpd", "art-12.1", "fr", "articles 15 à 22", [f"rgpd:art-{n}" for n in range(15, 23)]),
        ("rgpd", "art-12.1", "en", "Articles 15 to 22", [f"rgpd:art-{n}" for n in range(15, 23)]),
        ("rgpd", "art-83.5.a", "fr", "articles 5", ["rgpd:art-5"]),
        ("ai-act", "art-26.9", "fr", "article 35", ["rgpd:art-35"]),
        ("ai-act", "art-26.9", "en", "Article 35", ["rgpd:art-35"]),
        ("ai-act", "art-6.2", "en", "Annex III", ["ai-act:anx-III"]),
        ("ai-act", "art-10.1", "fr", "article 4 bis, paragraphe 1", ["ai-act:art-4bis.1"]),
        ("ai-act", "art-10.1", "en", "Article 4a(1)", ["ai-act:art-4bis.1"]),
        ("dsa", "art-26.3", "fr", "article 4, point 4)", ["rgpd:art-4.4"]),
    ],
)
def test_a_reference_links_to_the_provision_it_names(
    acts: dict[tuple[str, str], Act],
    corpora: dict[str, Corpus],
    law: str,
    place: str,
    lang: str,
    words: str,
    targets: list[str],
) -> None:
    assert links(acts, corpora, law, place, lang)[words][: len(targets)] == targets


def test_a_paragraph_named_alone_is_of_the_same_article(
    acts: dict[tuple[str, str], Act], corpora: dict[str, Corpus]
) -> None:
    found = links(acts, corpora, "rgpd", "art-33.3", "fr")
    assert found["paragraphe 1"] == ["rgpd:art-33.1"]


def test_an_article_of_an_act_that_is_not_held_gets_no_link(
    acts: dict[tuple[str, str], Act], corpora: dict[str, Corpus]
) -> None:
    place = Locator.parse("nis2:art-2".partition(":")[2])
    reasons = {found.reason for found in read_crossrefs(acts["nis2", "fr"], place, corpora["fr"])}
    assert Reason.FOREIGN in reasons
    assert not any("recommandation" in words for words in links(acts, corpora, "nis2", "art-2", "fr"))


def test_articles_that_rewrite_another_act_get_no_link(
    acts: dict[tuple[str, str], Act], corpora: dict[str, Corpus]
) -> None:
    assert crossrefs(acts["ai-act", "fr"], Locator.parse("art-106"), corpora["fr"]) == ()
    assert crossrefs(acts["nis2", "en"], Locator.parse("anx-III"), corpora["en"]) == ()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("law", LAWS)
def test_every_link_resolves_and_every_article_named_has_a_link_or_a_reason(
    acts: dict[tuple[str, str], Act], corpora: dict[str, Corpus], law: str, lang: str
) -> None:
    act = acts[law, lang]
    reasons: Counter[Reason] = Counter()
    for top in act.provisions:
        length = len(top.official_text())
        end = 0
        for found in read_crossrefs(act, top.locator, corpora[lang]):
            assert 0 <= found.start < found.end <= length
            assert found.start >= end, f"two links share words in {law}:{top.locator}"
            end = found.end
            assert bool(found.references) == (found.reason is Reason.LINKED)
            reasons[found.reason] += 1
            for target in found.references:
                assert acts[target.act, lang].find(target.locator) is not None, f"{top.locator} -> {target}"
    unread = reasons[Reason.MISSING] + reasons[Reason.UNKNOWN] + reasons[Reason.SHARED]
    assert reasons[Reason.LINKED] > 250
    assert unread <= 0.03 * sum(reasons.values())


@pytest.mark.parametrize("law", LAWS)
def test_french_and_english_name_the_same_provisions(
    acts: dict[tuple[str, str], Act], corpora: dict[str, Corpus], law: str
) -> None:
    shared = either = 0
    for top in acts[law, "fr"].provisions:
        french, english = (
            {
                target
                for link in crossrefs(acts[law, lang], top.locator, corpora[lang])
                for target in link.references
                if target.locator.top != top.locator
            }
            for lang in LANGUAGES
        )
        shared += len(french & english)
        either += len(french | english)
    assert shared >= 0.95 * either
