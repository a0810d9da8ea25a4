"""The real chat, served by a process of its own over the full index, and Chromium to look at it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.visits import Server, Visit, running, visiting

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"]
SLOW_SERVER = Path(__file__).with_name("slow_server.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def serve_command() -> list[str]:
    """`assistant serve` on a free port."""
    return [str(Path(sys.executable).with_name("assistant")), "serve", "--port", "0"]


@pytest.fixture(scope="module")
def server(serve_command: list[str], indexed_data: Path) -> Iterator[Server]:
    with running(serve_command, indexed_data) as one:
        yield one


@pytest.fixture(scope="module")
def slow_server(indexed_data: Path) -> Iterator[Server]:
    """The same chat, pausing before each event, so that there is time to press stop."""
    with running([sys.executable, str(SLOW_SERVER)], indexed_data) as one:
        yield one


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; not kept for the session, since Playwright's event loop would be in the way of other tests."""
    if not CHROMIUM.is_file():
        pytest.fail(f"{CHROMIUM} is not installed: run `apt-get install chromium`")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """A French browser profile on a desktop, kept between tests so that files are fetched once."""
    context = browser.new_context(locale="fr-FR", viewport={"width": 1280, "height": 800})
    yield context
    context.close()


@pytest.fixture
def visit(profile: BrowserContext, server: Server) -> Iterator[Visit]:
    with visiting(profile, server.address) as one:
        yield one
