"""The page for everybody: axe-core on each screen, the keyboard, small screens, screen readers."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.accounts.store import Accounts
from assistant.chat.accessibility import PATH
from assistant.chat.sections import Profile
from assistant.chat.texts import texts
from assistant.mark.key import public_key
from assistant.mark.verify import State, check
from tests.browser import axe
from tests.browser.visits import Open, Server, Visit, running, visiting_as

FR = texts("fr")
QUESTION = "Combien de temps pour notifier une violation de données ?"
USAGE = "Puis-je mettre le compte rendu de ma réunion dans ChatGPT ?"
NAME, PASSWORD = "ana", "quatre mots bien choisis"


@pytest.fixture(scope="module")
def server_with_accounts(
    serve_command: list[str], indexed_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """The same index, for one person who signs in."""
    data = tmp_path_factory.mktemp("accounts")
    for part in ("index", "models"):
        if (indexed_data / part).is_dir():
            (data / part).symlink_to(indexed_data / part)
    Accounts(data).add(NAME, PASSWORD)
    with running(serve_command, data) as one:
        yield one


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def themed(page_of: Open, request: pytest.FixtureRequest) -> Visit:
    visit = page_of(request.param)
    visit.page.emulate_media(reduced_motion="reduce")
    return visit


def found(page: Page, source: str, *, within: str = "body") -> list[str]:
    expect(page.locator(within).first).to_be_visible()
    return [str(finding) for finding in axe.findings(page, source)]


def test_the_first_screen_and_the_list_of_profiles(themed: Visit, axe_source: str) -> None:
    expect(themed.page.locator("#welcome-screen")).to_have_css("opacity", "1")
    assert found(themed.page, axe_source) == []
    themed.page.locator("#chat-profiles").click()
    assert found(themed.page, axe_source, within="[role=option]") == []


def test_an_answer_its_source_and_its_boxes(themed: Visit, axe_source: str) -> None:
    themed.ask(QUESTION)
    themed.answer()
    assert found(themed.page, axe_source) == []
    themed.last.locator(".answer-text a").first.click()
    assert found(themed.page, axe_source, within="#source-panel mark") == []
    themed.page.locator("#source-close").click()
    for action in ("export", "publish", "report"):
        themed.last.locator(f"[data-action={action}]").click()
        assert found(themed.page, axe_source, within="dialog[open]") == [], action
        themed.page.keyboard.press("Escape")
    themed.ask("Que faire du dossier de Mme Dupont (06 12 34 56 78) ?")
    assert found(themed.page, axe_source, within="#guard-dialog") == []
    themed.page.keyboard.press("Escape")
    themed.page.locator("#new-chat-button").click()
    assert found(themed.page, axe_source, within="[role=dialog]") == []


def test_the_box_of_private_conversations_before_and_after(themed: Visit, axe_source: str) -> None:
    page = themed.page
    for _ in range(2):
        page.locator("#chat-settings-open-modal").click()
        assert found(page, axe_source, within="[role=dialog] [role=switch]") == []
        if page.get_by_role("switch").get_attribute("aria-checked") == "false":
            page.get_by_role("switch").click()
        page.locator("#confirm").click()
        page.locator("[role=dialog]").wait_for(state="detached")
        expect(page.locator("#chat-settings-open-modal")).to_have_accessible_name(FR.private_now)
        assert found(page, axe_source) == []
    page.goto("about:blank")


def test_an_error_in_place_of_an_answer_and_in_a_box(themed: Visit, axe_source: str) -> None:
    themed.ask("mot " * 3000)
    assert themed.answer().strip() == FR.errors["QuestionError"]
    assert found(themed.page, axe_source) == []
    themed.ask(QUESTION)
    themed.answer()
    themed.last.locator("[data-action=publish]").click()
    themed.page.locator("#export-dialog button[type=submit]").click()
    assert found(themed.page, axe_source, within="#export-dialog .dialog-error") == []
    themed.page.keyboard.press("Escape")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_sign_in_and_its_refusal(
    browser: Browser, server_with_accounts: Server, axe_source: str, dark: bool
) -> None:
    context = browser.new_context(locale="fr-FR", color_scheme="dark" if dark else "light")
    page = context.new_page()
    page.goto(server_with_accounts.address)
    assert found(page, axe_source, within="#password") == []
    for field, text in (("#email", NAME), ("#password", "un autre mot de passe")):
        page.fill(field, text)
    page.keyboard.press("Enter")
    expect(page.locator("#root form")).to_contain_text("Connexion impossible")
    page.locator("[data-sonner-toast]").wait_for(state="attached")
    assert found(page, axe_source) == []
    assert "Unauthorized" not in page.locator("body").inner_text()
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.locator("#user-nav-button").click()
    assert found(page, axe_source, within="[role=menu]") == []
    context.close()


def test_a_verdict_and_a_refusal(themed: Visit, axe_source: str) -> None:
    themed.ask(USAGE)
    themed.answer()
    assert found(themed.page, axe_source, within=".verdict") == []
    themed.ask("Que dit l'article 400 du RGPD ?")
    themed.answer()
    assert found(themed.page, axe_source, within=".kind-refusal") == []


@pytest.mark.parametrize("profile", [Profile.TRAINER, Profile.LEGAL])
def test_the_other_profiles(themed: Visit, axe_source: str, profile: Profile) -> None:
    themed.choose(profile)
    themed.ask("Que dit l'article 22 du RGPD ?")
    themed.answer()
    assert found(themed.page, axe_source, within=f".profile-{profile.value}") == []


def test_the_pages_that_stand_alone(themed: Visit, server: Server, axe_source: str) -> None:
    for address in (PATH, "/source/rgpd:art-33?lang=fr", "/source/rgpd:art-400"):
        themed.page.goto(server.address + address)
        assert found(themed.page, axe_source) == [], address
        expect(themed.page.locator("html")).to_have_attribute("lang", "fr")


def test_every_button_has_a_name_in_the_language_of_the_page(asked: Visit) -> None:
    visible = asked.page.locator("button:visible")
    names = visible.evaluate_all("all => all.map(one => one.getAttribute('aria-label') ?? one.innerText.trim())")
    assert FR.answer.copy_sources in names
    assert FR.theme in names
    assert all(names)


def test_a_finished_answer_is_announced_once_and_without_its_buttons(visit: Visit) -> None:
    announcer = visit.page.locator("#announcer")
    expect(announcer).to_have_attribute("aria-live", "polite")
    visit.page.evaluate(
        """() => {
            window.announced = [];
            new MutationObserver(() => window.announced.push(document.getElementById("announcer").textContent))
                .observe(document.getElementById("announcer"), { childList: true, characterData: true, subtree: true });
        }"""
    )
    visit.ask(QUESTION)
    visit.answer()
    expect(announcer).to_contain_text("article 33")
    announced = visit.page.evaluate("window.announced")
    assert len(announced) == 1
    assert announced[0].startswith(FR.announced)
    assert FR.answer.copy_sources not in announced[0]


def tab_to(page: Page, selector: str, *, tabs: int = 60) -> None:
    """Press Tab until the element has the focus, and see that the focus can be seen on the way."""
    for _ in range(tabs):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            outline = page.evaluate(
                "() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle + s.outlineWidth; }"
            )
            assert outline == "solid3px", selector
            return
    raise AssertionError(f"{selector} is not reached with {tabs} tabs")


def test_the_keyboard_alone_leads_from_the_start_to_an_export(visit: Visit, server: Server, tmp_path: Path) -> None:
    page = visit.page
    page.evaluate(
        "() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex'); }"
    )
    tab_to(page, ".skip-link", tabs=1)
    expect(page.locator(".skip-link")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#chat-input")).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    visit.answer()
    for _ in range(40):
        if page.evaluate("document.activeElement.matches('.answer-sources a')"):
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#source-panel h2")).to_be_focused()
    page.keyboard.press("Escape")
    tab_to(page, "[data-action=export]")
    page.keyboard.press("Enter")
    expect(page.locator("#export-dialog input[value=pdf]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    tab_to(page, "#export-dialog button[type=submit]", tabs=3)
    with page.expect_download() as coming:
        page.keyboard.press("Enter")
    coming.value.save_as(tmp_path / "answer")
    assert coming.value.suggested_filename.endswith(".docx")
    assert check((tmp_path / "answer").read_bytes(), {public_key(server.data)}).state is State.INTACT


@pytest.mark.parametrize(("width", "height"), [(320, 640), (320, 256)], ids=["phone", "zoom-400"])
def test_on_a_narrow_screen_nothing_is_wider_than_it_and_nothing_is_covered(
    browser: Browser, server: Server, width: int, height: int
) -> None:
    with visiting_as(browser, server.address, width=width, height=height) as small:
        assert small.page.evaluate("document.documentElement.scrollWidth") <= width
        small.ask(QUESTION)
        small.answer()
        assert small.page.evaluate("document.documentElement.scrollWidth") <= width
        for selector in (".answer-label", ".answer-text a", "[data-action=export]"):
            part = small.last.locator(selector).first
            part.scroll_into_view_if_needed()
            assert part.evaluate(
                """element => {
                    const box = element.getBoundingClientRect();
                    const top = document.elementFromPoint(box.left + 4, box.top + Math.min(8, box.height / 2));
                    return element === top || element.contains(top);
                }"""
            ), selector
        small.last.locator("[data-action=publish]").click()
        box = small.page.locator("#export-dialog").bounding_box()
        assert box is not None
        assert box["width"] <= width
        assert box["height"] <= height


def test_nothing_in_the_panel_of_sources_lies_over_something_else(visit: Visit) -> None:
    visit.ask(QUESTION)
    visit.answer()
    visit.last.locator(".answer-text a").first.click()
    visit.page.locator("#source-panel mark").wait_for()
    boxes = visit.page.locator("#source-panel :is(.source-bar, .source-path, h2, .official, .source-ways, nav)")
    edges = [box for box in (one.bounding_box() for one in boxes.all()) if box is not None]
    assert len(edges) == boxes.count() > 4
    for above, below in pairwise(edges):
        assert above["y"] + above["height"] <= below["y"] + 1
