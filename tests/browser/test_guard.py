"""Personal data in a question: asked about before it leaves the page."""

from playwright.sync_api import expect

from assistant.chat.texts import texts
from assistant.privacy import Kind
from tests.browser.visits import Visit

FR = texts("fr")
QUESTION = "Combien de temps pour notifier la fuite du dossier de Mme Dupont (06 12 34 56 78) ?"


def questions(visit: Visit) -> list[str]:
    return [text.strip() for text in visit.page.locator('[data-step-type="user_message"]').all_inner_texts()]


def test_what_was_found_is_shown_and_nothing_is_sent_yet(visit: Visit) -> None:
    visit.ask(QUESTION)
    box = visit.page.locator("#guard-dialog")
    expect(box).to_be_visible()
    expect(box.locator("#guard-found")).to_contain_text(f"Mme Dupont ({FR.dialogs.kinds[Kind.NAME]})")
    expect(box.locator("#guard-masked")).to_contain_text("[téléphone]")
    assert questions(visit) == []
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator("#chat-input")).to_have_value(QUESTION)
    assert questions(visit) == []


def test_masked_data_never_leaves_the_page(visit: Visit) -> None:
    visit.ask(QUESTION)
    visit.page.locator("[data-guard=mask]").click()
    visit.answer()
    (asked,) = questions(visit)
    assert "Dupont" not in asked
    assert "[personne]" in asked
    assert not any("Dupont" in frame for frame in visit.frames)


def test_a_question_can_be_edited_before_it_is_sent(visit: Visit) -> None:
    visit.ask(QUESTION)
    visit.page.locator("[data-guard=edit]").click()
    expect(visit.page.locator("#chat-input")).to_be_focused()
    visit.ask("Combien de temps pour notifier une violation de données ?")
    assert "article 33" in visit.answer()


def test_what_the_reader_lets_through_is_sent_as_it_is(visit: Visit) -> None:
    visit.ask(QUESTION)
    visit.page.locator("[data-guard=send]").click()
    visit.answer()
    assert questions(visit) == [QUESTION]
