"""What Chainlit's page makes of it, in Chromium."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS

pytestmark = pytest.mark.browser

ANSWERS, SETTINGS = ".ai-message", "#chat-settings-open-modal"


@pytest.fixture
def page(open_server: str) -> Iterator[Page]:
    """The page, connected, of somebody who kept nothing."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        shown = chromium.new_page(locale="fr-FR", viewport={"width": 1280, "height": 800}, base_url=open_server)
        shown.set_default_timeout(30_000)
        fresh(shown)
        shown.request.post("/conversations/erase")
        yield shown
        chromium.close()


def fresh(page: Page) -> None:
    """A new conversation; the switch for private ones comes once the page is connected."""
    page.goto("/")
    page.wait_for_selector(SETTINGS)


def last_thread(page: Page) -> str:
    """The number of the conversation that was used last."""
    asked = page.request.post("/project/threads", data={"pagination": {"first": 1}, "filter": {}})
    return str(asked.json()["data"][0]["id"])


def ask(page: Page, question: str) -> None:
    page.fill("#chat-input", question)
    page.keyboard.press("Enter")
    expect(page.locator(ANSWERS).last).to_contain_text(question, timeout=30_000)


def test_reload_and_back_keep_the_conversation_and_its_opinion(page: Page) -> None:
    ask(page, "Question une")
    page.goto(f"/thread/{last_thread(page)}")
    page.reload()
    expect(page.locator(ANSWERS)).to_have_text(["Réponse à Question une"], timeout=30_000)
    page.locator(".negative-feedback-off").click()
    page.locator("[role=dialog] textarea").fill("trop court")
    page.locator("[role=dialog] button[type=submit], #submit-feedback").first.click()
    page.wait_for_selector(".negative-feedback-on")
    fresh(page)
    page.go_back()
    expect(page.locator(ANSWERS)).to_have_text(["Réponse à Question une"], timeout=30_000)
    page.wait_for_selector(".negative-feedback-on")


def test_a_private_conversation_leaves_no_trace_in_the_page(page: Page) -> None:
    page.click(SETTINGS)
    page.get_by_role("switch").click()
    page.click("#confirm")
    ask(page, "Question secrète")
    assert page.url.endswith("/")
    page.reload()
    page.wait_for_selector(SETTINGS)
    assert page.locator(ANSWERS).count() == 0
    assert "secrète" not in page.content()
