"""Identifiers read back as themselves, and what the grammar forbids is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import UnknownReference
from assistant.law.identifiers import ORDERS, Locator, LocatorKind, Reference, order_letter, order_word, split_number

orders = st.sampled_from(("", *ORDERS))
digits = st.integers(1, 999).map(str)
numbers = st.builds(lambda number, order: number + order, digits, orders)
letters = st.sampled_from([*"abcdefghijklmnopqrstuvwxyz", "ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii"])
parts = st.one_of(numbers, st.builds(lambda a, b: a + b, letters, orders), st.integers(2, 20).map(lambda n: f"al{n}"))
romans = st.sampled_from(
    ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XIX"]
)
slugs = st.sampled_from(["preambule", "eng-14", "gouvernance", "page-3", "chatgpt"])
locators = st.one_of(
    st.builds(Locator, st.just(LocatorKind.ARTICLE), numbers, st.lists(parts, max_size=4).map(tuple)),
    st.builds(Locator, st.just(LocatorKind.RECITAL), digits),
    st.builds(Locator, st.just(LocatorKind.ANNEX), romans, st.lists(parts, max_size=3).map(tuple)),
    st.builds(Locator, st.just(LocatorKind.SECTION), slugs),
)


@given(locators)
def test_a_locator_reads_back_as_itself(locator: Locator) -> None:
    assert Locator.parse(str(locator)) == locator


@given(locators, st.sampled_from(["rgpd", "ai-act", "cadre-lyon"]))
def test_a_reference_keeps_its_act(locator: Locator, act: str) -> None:
    reference = Reference(act, locator)
    assert Reference.parse(str(reference)) == reference


@given(locators)
def test_a_provision_holds_its_own_parts_and_not_its_parent(locator: Locator) -> None:
    assert locator.top.holds(locator)
    assert locator.holds(locator.child("a"))
    assert not locator.child("a").holds(locator)


@pytest.mark.parametrize(
    "text",
    ["", "art-", "art-x", "rec-IV", "rec-3.a", "anx-3", "anx-IIII", "art-5..c", "art-5.C", "Gouvernance", "eng_2",
     "art-5.1.", "sobrietes.1", "art-²"],
)  # fmt: skip
def test_what_the_grammar_forbids_is_refused(text: str) -> None:
    with pytest.raises(UnknownReference):
        Locator.parse(text)


@pytest.mark.parametrize("text", ["art-5", ":art-5", "RGPD:art-5", "rgpd;art-5"])
def test_a_reference_without_its_act_is_refused(text: str) -> None:
    with pytest.raises(UnknownReference):
        Reference.parse(text)


def test_four_and_four_bis_are_different_articles() -> None:
    four, inserted = Locator.parse("art-4"), Locator.parse("art-4bis")
    assert not four.holds(inserted)
    assert split_number(inserted.unit) == ("4", "bis")


@given(st.sampled_from(ORDERS[:9]))
def test_latin_orders_and_english_letters_stand_for_each_other(order: str) -> None:
    assert order_word(order_letter(order)) == order


@pytest.mark.parametrize("letter", ["", "z", "ab"])
def test_a_letter_past_the_table_is_refused(letter: str) -> None:
    with pytest.raises(UnknownReference):
        order_word(letter)
