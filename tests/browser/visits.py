"""A running chat and a visit to it, as the browser tests see them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Download, Locator, Page, WebSocket

from assistant.chat.sections import Profile
from assistant.chat.texts import texts

CONTACT = "dpo@ville.example"
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
_IN_THE_WAY = "dialog[open], [role=dialog], [role=listbox], [role=menu], #source-panel:visible, #stop-button"
_PATIENCE = 15_000
"""Milliseconds that a page is waited for, on a busy machine."""
_SOMETHING = re.compile(r"\S")


@dataclass
class Server:
    """A running chat: its address, its process, its data folder."""

    address: str
    process: subprocess.Popen[str]
    data: Path


@contextmanager
def running(command: list[str], data: Path) -> Iterator[Server]:
    """Start a server, wait for the address it prints, and end it as ctrl-C does."""
    environment = {
        **os.environ,
        "ASSISTANT_DATA": str(data),
        "ASSISTANT_OFFLINE": "true",
        "ASSISTANT_CONTACTS__DPO": CONTACT,
    }
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        printed = ""
        while not (found := _ADDRESS.search(printed)):
            line = process.stdout.readline()
            assert line, f"the server ended with {process.wait()} after printing {printed!r}"
            printed += line
        yield Server(found[0], process, data)
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

    @property
    def last(self) -> Locator:
        """The message that answers the last question."""
        return self.page.locator(".ai-message").nth(self.before)

    def answer(self) -> str:
        """The text of the last answer, once it is complete."""
        error = self.last.filter(has_not=self.page.locator(".answer"), has_text=_SOMETHING)
        self.last.locator(".answer-actions").or_(error).first.wait_for()
        self.page.locator("#stop-button").wait_for(state="detached")
        return self.last.inner_text()

    def choose(self, profile: Profile) -> None:
        """Take another profile, before the first question."""
        name = texts("fr").profiles[profile].name
        self.page.locator("#chat-profiles").click()
        self.page.get_by_role("option", name=name).click()
        self.page.locator(f"body[data-profile={profile.value}]").wait_for()
        self.page.locator("[role=listbox]").wait_for(state="detached")
        self.page.wait_for_selector("#starters button:not([disabled])")

    def renew(self, address: str) -> None:
        """Open a new conversation in the staff's profile; a page left in another state is opened anew."""
        page = self.page
        page.mouse.move(0, 0)
        if page.locator("#chat-input").count() == 0 or page.locator(_IN_THE_WAY).count():
            page.goto(address)
        elif page.locator('[data-step-type="user_message"]').count():
            page.locator("#new-chat-button").click()
            page.locator("#confirm").click()
            page.locator('[data-step-type="user_message"]').first.wait_for(state="detached")
        page.wait_for_selector("#starters button:not([disabled])")
        page.locator("body[data-profile]:not([data-profile=''])").wait_for()
        if page.locator("body[data-profile=agent]").count() == 0:
            self.choose(Profile.STAFF)
        for noted in (self.requests, self.frames, self.complaints):
            noted.clear()
        self.before = 0

    def download(self, form: str) -> Download:
        """Export the last answer in a format, through the page's own box."""
        self.last.locator("[data-action=export]").click()
        box = self.page.locator("#export-dialog")
        box.locator(f"input[value={form}]").check()
        with self.page.expect_download() as coming:
            box.locator("button[type=submit]").click()
        return coming.value

    def other_hosts(self, address: str) -> set[str]:
        """Hosts that the page asked something of, the served one aside."""
        return {urlsplit(url).netloc for url in self.requests if urlsplit(url).scheme not in {"data", "blob"}} - {
            urlsplit(address).netloc
        }


Open = Callable[[bool], Visit]
"""Gives a page ready for a test, in the dark theme or the light one."""


@contextmanager
def visiting(context: BrowserContext, address: str) -> Iterator[Visit]:
    """Open the chat in a new tab and wait until one can type."""
    page = context.new_page()
    page.set_default_timeout(_PATIENCE)
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
    page.locator("body[data-profile=agent]").wait_for()
    yield visit
    page.close()


@contextmanager
def visiting_as(
    browser: Browser, address: str, *, locale: str = "fr-FR", width: int = 1280, height: int = 800, dark: bool = False
) -> Iterator[Visit]:
    """Open the chat in a browser profile of its own: another language, another screen, another theme."""
    context = browser.new_context(
        locale=locale, viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
    )
    with visiting(context, address) as visit:
        yield visit
    context.close()
