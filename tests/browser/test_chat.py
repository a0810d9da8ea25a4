"""The chat as a person meets it: real index, real server, real browser."""

import signal
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from playwright.sync_api import Browser, Locator, expect

from assistant.chat.sections import Profile
from assistant.chat.source_link import PATH, SourceLink
from assistant.chat.texts import texts
from assistant.library import Library
from assistant.settings import Settings
from assistant.wiring import open_library, today
from tests.browser.visits import Server, Visit, running, visiting_as

QUESTION = "Combien de temps pour notifier une violation de données ?"
FR = texts("fr")


@pytest.fixture(scope="module")
def library(indexed_data: Path) -> Library:
    return open_library(Settings(data=indexed_data))


def link_of(source: Locator) -> SourceLink:
    parts = urlsplit(source.get_attribute("href") or "")
    return SourceLink.parse(parts.path.removeprefix(PATH), dict(parse_qsl(parts.query)))


def source(visit: Visit, reference: str) -> Locator:
    return visit.page.locator(f'.ai-message a[href^="{PATH}{reference}"]').first


def test_the_notice_stands_before_the_first_question_and_folds_after_it(visit: Visit) -> None:
    notice = visit.page.locator("#ai-notice")
    for line in (FR.notice.summary, *FR.notice.items):
        expect(notice).to_contain_text(line)
    expect(notice).to_contain_text("make chat MODEL=ministral-3-3b")
    visit.ask(QUESTION)
    visit.answer()
    expect(notice).not_to_have_attribute("open", "")
    expect(notice.locator("summary")).to_be_visible()


def test_an_answer_streams_and_carries_its_sources_and_its_label(visit: Visit) -> None:
    visit.ask(QUESTION)
    shown = visit.answer()
    kinds = [
        name
        for frame in visit.frames
        for name in ("stream_start", "stream_token", "new_message")
        if f'"{name}"' in frame
    ]
    assert kinds.index("stream_start") < kinds.index("stream_token") < len(kinds) - 1 - kinds[::-1].index("new_message")
    assert FR.answer.sources in shown
    assert "article 33" in shown
    label = visit.last.locator(".answer-label")
    expect(label).to_contain_text("système d'IA, sans modèle de langage : reformulations et extraits")
    assert shown.startswith(label.inner_text())


def test_a_source_opens_beside_the_answer_with_the_quote_highlighted(visit: Visit, library: Library) -> None:
    visit.ask(QUESTION)
    visit.answer()
    chosen = source(visit, "rgpd:art-33")
    link = link_of(chosen)
    official = library.passage(link.reference, link.lang, link.version or today()).text
    chosen.click()
    panel = visit.page.locator("#source-panel")
    expect(panel.locator("mark")).to_be_visible()
    assert panel.locator("mark").evaluate("mark => mark.textContent") == official[link.start : link.end]
    assert panel.locator(".official").evaluate("text => text.textContent") == official
    expect(panel.locator(".source-facts")).to_contain_text("Version du")
    expect(panel.locator("a[href^='https://eur-lex.europa.eu/']")).to_be_visible()
    expect(panel.locator("h2")).to_be_focused()
    answer_box = visit.page.locator(".ai-message").last.bounding_box()
    panel_box = panel.bounding_box()
    assert answer_box is not None
    assert panel_box is not None
    assert answer_box["x"] + answer_box["width"] <= panel_box["x"] + 1


def test_the_panel_leads_to_the_whole_article_and_closes_where_it_was_opened(visit: Visit, library: Library) -> None:
    visit.ask(QUESTION)
    visit.answer()
    chosen = source(visit, "rgpd:art-33")
    link = link_of(chosen)
    chosen.click()
    panel = visit.page.locator("#source-panel")
    if link.reference.locator.parts:
        panel.locator(".source-ways a").first.click()
        whole = library.passage(link.reference.top, "fr", link.version or today()).text
        expect(panel.locator(".official")).to_have_text(whole, use_inner_text=False)
        expect(panel.locator("mark")).to_have_count(1)
    visit.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(chosen).to_be_focused()


def test_a_provision_that_a_source_names_opens_in_the_panel_by_keyboard_and_leads_back(visit: Visit) -> None:
    visit.ask(QUESTION)
    visit.answer()
    source(visit, "rgpd:art-33").click()
    panel, heading = visit.page.locator("#source-panel"), visit.page.locator("#source-panel h2")
    expect(panel.locator("mark")).to_be_visible()
    cited = heading.inner_text()
    expect(panel.locator("#source-back")).to_be_hidden()
    named = panel.locator(f'h3:has-text("{FR.source.named}") + ul a').first
    assert named.inner_text() == "RGPD, article 55"
    for _ in range(10):
        visit.page.keyboard.press("Tab")
        if named.evaluate("link => link === document.activeElement"):
            break
    visit.page.keyboard.press("Enter")
    expect(heading).to_have_text("RGPD, article 55")
    expect(heading).to_be_focused()
    visit.page.get_by_role("button", name=FR.source.back_name).click()
    expect(heading).to_have_text(cited)
    expect(panel.locator("mark")).to_be_visible()
    expect(panel.locator("#source-back")).to_be_hidden()
    panel.locator(f'h3:has-text("{FR.source.terms}") + ul a', has_text="autorité de contrôle").click()
    expect(panel.locator(".official")).to_contain_text("autorité publique indépendante")


def test_a_source_opened_in_a_tab_of_its_own_is_the_same_passage(
    visit: Visit, server: Server, library: Library
) -> None:
    visit.ask("Que dit l'article 4 du règlement IA ?")
    visit.answer()
    chosen = source(visit, "ai-act:art-4")
    link = link_of(chosen)
    visit.page.goto(f"{server.address}{chosen.get_attribute('href')}")
    expect(visit.page.locator("html")).to_have_attribute("lang", "fr")
    official = library.passage(link.reference, "fr", link.version or today()).text
    assert visit.page.locator(".official").evaluate("text => text.textContent") == official


def test_a_whole_session_asks_nothing_of_another_host(browser: Browser, server: Server) -> None:
    with visiting_as(browser, server.address) as visit:
        visit.ask(QUESTION)
        visit.answer()
        source(visit, "rgpd:art-33").click()
        expect(visit.page.locator("#source-panel mark")).to_be_visible()
        visit.ask("Et pour un sous-traitant ?")
        visit.answer()
        visit.download("md")
        visit.page.locator("#theme-toggle").click()
        visit.page.get_by_role("menuitem", name="Thème sombre").click()
        visit.page.locator("#new-chat-button").click()
        visit.page.locator("#confirm").click()
        visit.page.wait_for_selector("#starters button")
        visit.page.goto(f"{server.address}/accessibilite")
        visit.page.goto(f"{server.address}/conversations")
        assert len(visit.requests) > 12
        assert visit.other_hosts(server.address) == set()
        assert visit.complaints == []


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (QUESTION, (".answer-label", ".answer-sources a")),
        ("Puis-je mettre le compte rendu de ma réunion dans ChatGPT ?", (".verdict-value", ".verdict-conditions")),
    ],
    ids=["answer", "verdict"],
)
def test_reloading_and_going_back_keep_the_conversation_and_its_buttons(
    visit: Visit, server: Server, question: str, parts: tuple[str, ...]
) -> None:
    visit.ask(question)
    shown = visit.answer()
    visit.page.wait_for_url("**/thread/*")
    visit.page.reload()
    expect(visit.page.locator(".ai-message")).to_have_count(1)
    assert visit.answer() == shown
    for part in parts:
        expect(visit.last.locator(part).first).to_be_visible()
    visit.page.goto(f"{server.address}/accessibilite")
    visit.page.go_back()
    assert visit.answer() == shown
    visit.last.locator("[data-action=copy]").click()
    expect(visit.page.locator("#toast")).to_have_text(FR.actions.copied)
    visit.ask("Et pour un sous-traitant ?")
    visit.answer()


def test_the_address_of_a_conversation_that_is_gone_leads_to_the_first_screen(visit: Visit, server: Server) -> None:
    visit.page.goto(f"{server.address}/thread/00000000-0000-4000-8000-000000000000")
    expect(visit.page.locator("#starters button").first).to_be_enabled()
    assert visit.page.url == f"{server.address}/"


def test_the_page_speaks_french_and_english_to_an_english_browser(
    visit: Visit, browser: Browser, server: Server
) -> None:
    expect(visit.page.locator("html")).to_have_attribute("lang", "fr")
    starters = visit.page.locator("#starters").inner_text().splitlines()
    assert starters[0] == FR.profiles[Profile.STAFF].starters[0]
    with visiting_as(browser, server.address, locale="en-GB") as english:
        expect(english.page.locator("html")).to_have_attribute("lang", "en")
        expect(english.page.locator("#ai-notice")).to_contain_text("You are talking to an AI")
        expect(english.page.get_by_placeholder("Ask your question")).to_be_visible()
        english.page.locator("#starters button").nth(1).click()
        assert "Article 33" in english.answer()


@pytest.mark.parametrize(("width", "height"), [(390, 844), (320, 640)])
def test_on_a_phone_a_source_covers_the_page_and_nothing_is_wider_than_it(
    browser: Browser, server: Server, width: int, height: int
) -> None:
    with visiting_as(browser, server.address, width=width, height=height) as phone:
        phone.ask(QUESTION)
        phone.answer()
        source(phone, "rgpd:art-33").click()
        panel = phone.page.locator("#source-panel")
        expect(panel.locator("mark")).to_be_visible()
        box = panel.bounding_box()
        assert box is not None
        assert (box["x"], box["width"], box["height"]) == (0, width, height)
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= width
        assert phone.page.evaluate("document.getElementById('root').inert")
        phone.page.locator("#source-close").click()
        assert not phone.page.evaluate("document.getElementById('root').inert")


def test_a_text_too_long_to_be_a_question_gets_one_plain_line(visit: Visit) -> None:
    visit.ask("mot " * 5000)
    assert visit.answer().strip() == FR.errors["QuestionError"]
    visit.ask(QUESTION)
    assert "article 33" in visit.answer()


def test_an_article_that_does_not_exist_is_refused_in_french(visit: Visit) -> None:
    visit.ask("Que dit l'article 400 du RGPD ?")
    shown = visit.answer()
    assert "n'existe pas" in shown
    expect(visit.last.locator(".answer-label")).to_contain_text("système d'IA")


def test_stop_ends_an_answer_and_leaves_a_page_one_can_use(browser: Browser, slow_server: Server) -> None:
    with visiting_as(browser, slow_server.address) as visit:
        visit.ask(QUESTION)
        expect(visit.page.locator(".ai-message")).to_contain_text(FR.answer.found)
        visit.page.locator("#stop-button").click()
        expect(visit.page.locator(".ai-message")).to_contain_text(FR.answer.stopped)
        expect(visit.page.locator("#stop-button")).to_have_count(0)
        expect(visit.page.locator(".ai-message .answer-sources a")).not_to_have_count(0)
        assert slow_server.process.stdout is not None
        assert slow_server.process.stdout.readline() == "stopped\n"
        visit.ask("Que dit l'article 4 du règlement IA ?")
        expect(visit.page.locator(".ai-message").last).to_contain_text("extraits des textes cités", timeout=15_000)


def test_files_and_unused_entrances_are_refused(server: Server) -> None:
    with httpx.Client(base_url=server.address) as client:
        upload = client.post("/project/file?session_id=x", files={"file": ("a.txt", b"a", "text/plain")})
        assert upload.status_code == 404
        for path in ("/docs", "/openapi.json", "/copilot/index.js", "/mcp", "/auth/jwt"):
            assert client.get(path).status_code == 404, path
        for path in ("/project/thread/1", "/conversations", "/answer/1/copy"):
            assert client.get(path).status_code == 401, path
        assert client.get("/", headers={"host": "evil.example"}).status_code == 403


def test_ctrl_c_ends_the_server_and_frees_its_port(serve_command: list[str], indexed_data: Path) -> None:
    with running(serve_command, indexed_data) as server:
        assert httpx.get(f"{server.address}/health").status_code == 200
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(20) == 0
    with pytest.raises(httpx.ConnectError):
        httpx.get(server.address)
