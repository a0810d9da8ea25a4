"""Pictures of the main screens for the README, made when `CHAT_SCREENSHOTS` names a folder."""

from pathlib import Path

from playwright.sync_api import Browser

from assistant.chat.sections import Profile
from tests.browser.visits import Server, visiting_as

QUESTION = "Combien de temps pour notifier une violation de données ?"
USAGE = "Puis-je mettre le compte rendu de ma réunion dans ChatGPT ?"


def test_pictures_on_a_desktop(browser: Browser, server: Server, screenshots: Path) -> None:
    with visiting_as(browser, server.address, height=900) as visit:
        visit.page.screenshot(path=screenshots / "chat-accueil.png")
        visit.ask(QUESTION)
        visit.answer()
        visit.last.locator(".answer-text a").first.click()
        visit.page.locator("#source-panel mark").wait_for()
        visit.page.screenshot(path=screenshots / "chat.png")
        visit.page.locator("#source-close").click()
        visit.ask(USAGE)
        visit.answer()
        visit.page.screenshot(path=screenshots / "chat-verdict.png")
    with visiting_as(browser, server.address, height=900, dark=True) as visit:
        visit.choose(Profile.LEGAL)
        visit.ask("Que dit l'article 22 du RGPD ?")
        visit.answer()
        visit.last.locator(".source-full").first.evaluate("source => source.scrollIntoView({ block: 'start' })")
        visit.page.screenshot(path=screenshots / "chat-juriste.png")
    with visiting_as(browser, server.address) as visit:
        visit.choose(Profile.TRAINER)
        visit.ask("Que dit l'article 4 du règlement IA ?")
        visit.answer()
        visit.page.screenshot(path=screenshots / "chat-formateur.png")


def test_pictures_on_a_phone(browser: Browser, server: Server, screenshots: Path) -> None:
    with visiting_as(browser, server.address, width=390, height=844) as visit:
        visit.page.screenshot(path=screenshots / "chat-telephone-accueil.png")
        visit.ask(USAGE)
        visit.answer()
        visit.page.screenshot(path=screenshots / "chat-telephone.png")
        visit.ask("Que faire du dossier de Mme Dupont (06 12 34 56 78) ?")
        visit.page.locator("#guard-dialog[open]").wait_for()
        visit.page.screenshot(path=screenshots / "chat-telephone-donnees.png")
