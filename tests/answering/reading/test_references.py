"""References as people type them."""

from __future__ import annotations

from time import perf_counter

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
        ("le troisième engagement de Lyon", ["cadre-lyon:eng-3"]),
        ("What does the third annex of the AI Act list?", ["ai-act:anx-III"]),
        ("la deuxième annexe de mon rapport", []),
        ("j'ai 3 articles à écrire sur les 5 écoles", []),
    ],
)
def test_a_named_place_is_read_with_its_act(text: str, expected: list[str]) -> None:
    assert [f"{m.act}:{m.locator}" for m in mentions(text, NAMES) if m.act] == expected


def read(text: str) -> list[str]:
    return [f"{m.act}:{m.locator}" if m.act else str(m.locator) for m in mentions(text, NAMES)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("que disent les articles 13 et 14 du RGPD ?", ["rgpd:art-13", "rgpd:art-14"]),
        ("articles 13, 14 and 15 GDPR", ["rgpd:art-13", "rgpd:art-14", "rgpd:art-15"]),
        ("what do Articles 9, 10 and 11 of the GDPR require?", ["rgpd:art-9", "rgpd:art-10", "rgpd:art-11"]),
        ("art 13,14,15 rgpd", ["rgpd:art-13", "rgpd:art-14", "rgpd:art-15"]),
        ("art 13/14 rgpd", ["rgpd:art-13", "rgpd:art-14"]),
        ("l'article 13 et le 14 du RGPD", ["rgpd:art-13", "rgpd:art-14"]),
        ("RGPD articles 15, 16 et 21", ["rgpd:art-15", "rgpd:art-16", "rgpd:art-21"]),
        ("que prévoient les articles 26 et 27 ?", ["art-26", "art-27"]),
        ("art. 4 bis et 5 du RIA", ["ai-act:art-4bis", "ai-act:art-5"]),
        ("(articles 13, 14)", ["art-13", "art-14"]),
        ("articles 5 §1 et 6 du RGPD", ["rgpd:art-5.1", "rgpd:art-6"]),
        ("considérants 71 et 72 du RGPD", ["rgpd:rec-71", "rgpd:rec-72"]),
        ("annexes I et III du règlement IA", ["ai-act:anx-I", "ai-act:anx-III"]),
        ("les engagements 3 et 5 de Lyon", ["cadre-lyon:eng-3", "cadre-lyon:eng-5"]),
    ],
)
def test_every_place_of_a_list_is_read(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("art 5 du RGPD et 6 de l'AI Act", ["rgpd:art-5", "ai-act:art-6"]),
        ("articles 9, 10 GDPR, 26 AI Act", ["rgpd:art-9", "rgpd:art-10", "ai-act:art-26"]),
        ("RGPD art 5 et AI Act art 6", ["rgpd:art-5", "ai-act:art-6"]),
        ("le RGPD, article 22, ou l'article 14 de l'AI Act ?", ["rgpd:art-22", "ai-act:art-14"]),
        ("article 33 (RGPD)", ["rgpd:art-33"]),
    ],
)
def test_each_list_has_the_act_that_stands_beside_it(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    ["articles 12 à 22 du RGPD", "articles 12 to 22 GDPR", "art. 12-22 RGPD", "de l'article 12 à l'article 22 du RGPD"],
)
def test_each_article_of_a_short_range_is_read(text: str) -> None:
    assert read(text) == [f"rgpd:art-{number}" for number in range(12, 23)]


def test_a_long_range_is_read_by_its_two_ends() -> None:
    assert read("articles 5 à 49 du RGPD") == ["rgpd:art-5", "rgpd:art-49"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l'article 33, 72 heures ou 3 jours ?", ["art-33"]),
        ("les articles 33 et 34, sous 72h", ["art-33", "art-34"]),
        ("l'article 6 a 11 paragraphes ?", ["art-6"]),
        ("l'article 50 et le 2 août 2026", ["art-50"]),
        ("article 83, 4,5 % ou 20 millions", ["art-83"]),
        ("les articles 13 et 14 du RGPD et 3 exemples", ["rgpd:art-13", "rgpd:art-14"]),
        ("article 226-16 du code pénal", ["art-226"]),
        ("article 5 du règlement 2016/679", ["rgpd:art-5"]),
        ("Article 33 GDPR, 72 hours and 2 examples", ["rgpd:art-33"]),
        ("does article 5 or 6 people decide?", ["art-5"]),
    ],
)
def test_a_number_that_counts_or_dates_is_no_article(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("que dit le paragraphe 9 de l'article 22 du RGPD", ["rgpd:art-22.9"]),
        ("le point c du paragraphe 1 de l'article 5 du règlement ia", ["ai-act:art-5.1.c"]),
        ("alinéa 2 de l'article 6", ["art-6.al2"]),
        ("le 2e alinéa du paragraphe 1 de l'article 6 du RGPD", ["rgpd:art-6.1.al2"]),
        ("le deuxième paragraphe de l'article 9 du RGPD", ["rgpd:art-9.2"]),
        ("§ 2 de l'art. 35 rgpd", ["rgpd:art-35.2"]),
        ("paragraphe 1, point f), de l'article 6 du RGPD", ["rgpd:art-6.1.f"]),
        ("point (f) of Article 6(1) GDPR", ["rgpd:art-6.1.f"]),
        ("what does paragraph 3 of article 35 of the GDPR say", ["rgpd:art-35.3"]),
        ("point 5 b) de l'annexe III du règlement IA", ["ai-act:anx-III.5.b"]),
        ("le paragraphe 1 des articles 13 et 14 du RGPD", ["rgpd:art-13.1", "rgpd:art-14.1"]),
        ("article 22 du RGPD, paragraphe 3", ["rgpd:art-22.3"]),
        ("article 22 du RGPD, paragraphe 3 de l'article 5", ["rgpd:art-22", "rgpd:art-5.3"]),
        ("le premier alinéa de l'article 9 du RGPD", ["rgpd:art-9"]),
    ],
)
def test_a_paragraph_named_before_or_after_its_article_is_read(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("art 6.1 a et b du RGPD", ["rgpd:art-6.1.a", "rgpd:art-6.1.b"]),
        ("paragraphs 1 and 2 of Article 6 GDPR", ["rgpd:art-6.1", "rgpd:art-6.2"]),
        ("article 6, paragraphes 1 à 3, du RGPD", ["rgpd:art-6.1", "rgpd:art-6.2", "rgpd:art-6.3"]),
        ("points a) et c) du paragraphe 1 de l'article 5 du RGPD", ["rgpd:art-5.1.a", "rgpd:art-5.1.c"]),
        ("Article 60(7), (8) and (9) GDPR", ["rgpd:art-60.7", "rgpd:art-60.8", "rgpd:art-60.9"]),
    ],
)
def test_every_paragraph_of_a_list_is_read(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text", ["l'article 5, point de vue du maire", "article 5 points importants", "point d'étape article 5"]
)
def test_a_word_after_point_is_no_letter(text: str) -> None:
    assert read(text) == ["art-5"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("que contient l'annexe III ?", ["anx-III"]),
        ("annexe iii", ["anx-III"]),
        ("annex iv of the AI Act", ["ai-act:anx-IV"]),
        ("annexe 3 du RIA", ["ai-act:anx-III"]),
        ("annexes II à IV du RIA", ["ai-act:anx-II", "ai-act:anx-III", "ai-act:anx-IV"]),
        ("les systèmes cités en annexe III du règlement IA", ["ai-act:anx-III"]),
        ("cité en annexe 2 du règlement IA", ["ai-act:anx-II"]),
    ],
)
def test_an_annex_is_read_however_its_number_is_written(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "faut-il mettre en annexe l'avis du DPO ?",
        "annexe c'est quoi ?",
        "dans l'annexe il faut écrire quoi ?",
        "en annexe ’ici’",
        "je joins en annexe 3 tableaux",
        "l’annexe l’emporte-t-elle ?",
    ],
)
def test_a_word_after_annexe_is_no_number(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "unit"), [("annexe 0", "0"), ("annexe 40", "40"), ("annex 99", "99"), ("annexe XL", "XL")]
)
def test_an_annex_that_no_act_can_have_is_kept_as_it_was_written(text: str, unit: str) -> None:
    assert [mention.locator.unit for mention in mentions(text, NAMES)] == [unit]


@pytest.mark.parametrize(
    "text",
    [
        f"annexe {'9' * 3900}",
        f"article {'9' * 3900}",
        f"articles {'1-12,' * 780}",
        f"article 5{' ' * 3900}6",
        f"{'paragraphe 1 de ' * 240}l'article 5",
        f"{'art 1 du rgpd et ' * 230}",
    ],
)
def test_no_text_takes_long_to_read(text: str) -> None:
    start = perf_counter()
    mentions(text, NAMES)
    assert perf_counter() - start < 2.0


def test_a_place_without_its_act_says_so() -> None:
    assert [(m.act, str(m.locator)) for m in mentions("que dit l'article 22 ?", NAMES)] == [(None, "art-22")]


def test_the_longest_name_of_an_act_wins() -> None:
    found = NAMES.found("le règlement sur les données et le règlement sur la protection des données")
    assert [act for _, act in found] == ["data-act", "rgpd"]
