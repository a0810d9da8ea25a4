"""A running chat and a visit to it, as the browser tests see them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, WebSocket

_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


@dataclass
class Server:
    """A running chat: its address and its process."""

    address: str
    process: subprocess.Popen[str]


@contextmanager
def running(command: list[str], data: Path) -> Iterator[Server]:
    """Start a server, wait for the address it prints, and end it as ctrl-C does."""
    environment = {**os.environ, "ASSISTANT_DATA": str(data), "ASSISTANT_OFFLINE": "true"}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        printed = ""
        while not (found := _ADDRESS.search(printed)):
            line = process.stdout.readline()
            assert line, f"the server ended with {process.wait()} after printing {printed!r}"
            printed += line
        yield Server(found[0], process)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


@dataclass
class Visit:
    """A page, and what it asked the network for, received by its socket, and complained about.

    `before`: how many answers stood there when the last question was sent.
    """

    page: Page
    requests: list[str] = field(default_factory=list)
    frames: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    before: int = 0

    def ask(self, question: str) -> None:
        """Type a question and send it."""
        self.before = self.page.locator(".ai-message").count()
        self.page.fill("#chat-input", question)
        self.page.keyboard.press("Enter")

    def answer(self) -> str:
        """The text of the last answer, once it is complete."""
        answers = self.page.locator(".ai-message")
        answers.nth(self.before).wait_for()
        self.page.wait_for_selector("#stop-button", state="detached")
        return answers.last.inner_text()

    def other_hosts(self, address: str) -> set[str]:
        """Hosts that the page asked something of, the served one aside."""
        return {urlsplit(url).netloc for url in self.requests if urlsplit(url).scheme not in {"data", "blob"}} - {
            urlsplit(address).netloc
        }


@contextmanager
def visiting(context: BrowserContext, address: str) -> Iterator[Visit]:
    """Open the chat in a new tab and wait until one can type."""
    page = context.new_page()
    visit = Visit(page)

    def listen(socket: WebSocket) -> None:
        visit.requests.append(socket.url)
        socket.on("framereceived", lambda frame: visit.frames.append(str(frame)))

    page.on("request", lambda request: visit.requests.append(request.url))
    page.on("websocket", listen)
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on("console", lambda line: visit.complaints.append(line.text) if line.type == "error" else None)
    page.goto(address)
    page.wait_for_selector("#starters button:not([disabled])")
    yield visit
    page.close()


@contextmanager
def visiting_as(browser: Browser, address: str, *, locale: str = "fr-FR", width: int, height: int) -> Iterator[Visit]:
    """Open the chat in a browser profile of its own: another language, another screen."""
    context = browser.new_context(locale=locale, viewport={"width": width, "height": height})
    with visiting(context, address) as visit:
        yield visit
    context.close()
