"""What is kept of conversations, as the reader meets it: opinions, the page of one's own, private ones."""

import pytest
from playwright.sync_api import Browser, expect

from assistant.chat.conversations.wording import wording
from assistant.chat.texts import texts
from tests.browser import axe
from tests.browser.visits import Server, Visit, visiting_as

FR = texts("fr")
OWN = wording("fr")
QUESTION = "Combien de temps pour notifier une violation de données ?"


def test_an_opinion_is_given_with_its_reason(visit: Visit, axe_source: str) -> None:
    visit.ask(QUESTION)
    visit.answer()
    visit.page.get_by_role("button", name=FR.not_useful).last.click()
    box = visit.page.get_by_role("dialog")
    expect(box.get_by_role("textbox", name=FR.remark)).to_be_visible()
    assert axe.findings(visit.page, axe_source) == []
    box.get_by_role("textbox", name=FR.remark).fill("Il manque le délai pour les personnes.")
    box.locator("#submit-feedback").click()
    expect(visit.page.locator(".negative-feedback-on")).to_be_visible()
    visit.page.wait_for_url("**/thread/*")
    visit.page.reload()
    expect(visit.page.locator(".negative-feedback-on")).to_be_visible()


def test_one_conversation_is_erased_on_the_page_of_one_s_own(visit: Visit, server: Server, axe_source: str) -> None:
    visit.ask("Que dit l'article 99 du RGPD ?")
    visit.answer()
    visit.page.wait_for_url("**/thread/*")
    kept = visit.page.url
    visit.page.goto(f"{server.address}/conversations")
    assert axe.findings(visit.page, axe_source) == []
    mine = visit.page.locator("li").filter(has=visit.page.locator(f"a[href='{kept.removeprefix(server.address)}']"))
    mine.get_by_role("button").click()
    expect(visit.page.get_by_role("status")).to_have_text(OWN.erased.format(count=1))
    visit.page.goto(kept)
    expect(visit.page.locator("#starters button").first).to_be_enabled()
    assert visit.page.url == f"{server.address}/"


@pytest.mark.parametrize("form", ["json", "md"])
def test_all_conversations_can_be_taken_along(visit: Visit, server: Server, form: str) -> None:
    visit.ask(QUESTION)
    visit.answer()
    visit.page.wait_for_url("**/thread/*")
    visit.page.goto(f"{server.address}/conversations")
    with visit.page.expect_download() as coming:
        visit.page.locator(f"a[href$='export.{form}']").click()
    assert QUESTION in coming.value.path().read_text(encoding="utf-8")


def make_private(visit: Visit) -> None:
    """Turn the switch on."""
    visit.page.get_by_role("button", name=FR.privacy).click()
    box = visit.page.get_by_role("dialog")
    box.get_by_role("switch").click()
    box.locator("#confirm").click()
    box.wait_for(state="detached")


def test_a_private_conversation_leaves_nothing(visit: Visit, server: Server) -> None:
    make_private(visit)
    visit.ask("Que dit l'article 98 du RGPD ?")
    visit.answer()
    assert "/thread/" not in visit.page.url
    visit.page.goto(f"{server.address}/conversations")
    expect(visit.page.locator("main")).not_to_contain_text("article 98")


def test_the_page_shows_that_a_conversation_is_private_until_it_ends(visit: Visit) -> None:
    switch = visit.page.locator("#chat-settings-open-modal")
    expect(switch).to_have_accessible_name(FR.privacy)
    make_private(visit)
    expect(switch).to_have_accessible_name(FR.private_now)
    expect(visit.page.locator("#announcer")).to_have_text(FR.private_now, use_inner_text=False)
    visit.page.locator("#new-chat-button").click()
    visit.page.locator("#confirm").click()
    expect(switch).to_have_accessible_name(FR.privacy)


def test_stop_works_in_a_private_conversation(browser: Browser, slow_server: Server) -> None:
    with visiting_as(browser, slow_server.address) as visit:
        make_private(visit)
        visit.ask("Que dit l'article 97 du RGPD ?")
        expect(visit.page.locator(".ai-message")).to_contain_text(FR.answer.found)
        visit.page.get_by_role("button", name=FR.stop).click()
        expect(visit.page.locator(".ai-message")).to_contain_text(FR.answer.stopped)
        expect(visit.page.locator("#stop-button")).to_have_count(0)
        assert "/thread/" not in visit.page.url
        visit.page.goto(f"{slow_server.address}/conversations")
        expect(visit.page.locator("main")).not_to_contain_text("article 97")
