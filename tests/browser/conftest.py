"""The real chat, served by a process of its own over the full index, and Chromium to look at it.

One server, one browser and a few pages serve all tests: a page that a test left in good order gets a
new conversation for the next one, which is ten times quicker than opening it again.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import axe
from tests.browser.visits import Open, Server, Visit, running, visiting_as

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"]
SLOW_SERVER = Path(__file__).with_name("slow_server.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def serve_command() -> list[str]:
    """`assistant serve` on a free port."""
    return [str(Path(sys.executable).with_name("assistant")), "serve", "--port", "0"]


@pytest.fixture(scope="package")
def server(serve_command: list[str], indexed_data: Path) -> Iterator[Server]:
    with running(serve_command, indexed_data) as one:
        yield one


@pytest.fixture(scope="package")
def slow_server(indexed_data: Path) -> Iterator[Server]:
    """The same chat, pausing before each event, so that there is time to press stop."""
    with running([sys.executable, str(SLOW_SERVER)], indexed_data) as one:
        yield one


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium; not kept for the session, since Playwright's event loop would be in the way of other tests."""
    if not CHROMIUM.is_file():
        pytest.fail(f"{CHROMIUM} is not installed: run `apt-get install chromium`")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def page_of(browser: Browser, server: Server) -> Iterator[Open]:
    """A page in the light or the dark theme, with a new conversation and nothing noted yet."""
    with ExitStack() as stack:
        kept: dict[bool, Visit] = {}

        def opened(dark: bool) -> Visit:
            visit = kept.get(dark)
            if visit is None:
                visit = stack.enter_context(visiting_as(browser, server.address, dark=dark))
                visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
                kept[dark] = visit
            else:
                visit.renew(server.address)
            return visit

        yield opened


@pytest.fixture
def visit(page_of: Open) -> Visit:
    """A French browser profile on a desktop."""
    return page_of(False)


@pytest.fixture(scope="module")
def asked(browser: Browser, server: Server) -> Iterator[Visit]:
    """A visit in which one question was answered, for tests that leave the page as they found it."""
    with visiting_as(browser, server.address) as one:
        one.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        one.ask("Combien de temps pour notifier une violation de données ?")
        one.answer()
        yield one


@pytest.fixture(scope="package")
def axe_source() -> str:
    """axe-core; without it a test is skipped, and fails where CI is set."""
    try:
        return axe.script()
    except axe.AxeMissing as missing:
        if os.environ.get("CI"):
            pytest.fail(str(missing))
        pytest.skip(str(missing))


@pytest.fixture(scope="package")
def screenshots() -> Path:
    """The folder that pictures of the page go to; none are made unless `CHAT_SCREENSHOTS` names it."""
    named = os.environ.get("CHAT_SCREENSHOTS")
    if not named:
        pytest.skip("pictures are made when CHAT_SCREENSHOTS names a folder, for example docs")
    folder = Path(named)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
