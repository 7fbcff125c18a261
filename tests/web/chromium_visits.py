"""Visits in a real Chromium: what a visitor's page asks for, what goes wrong on it, how it looks.

Screenshots go to out/screenshots/, to be looked at.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from served_archive import PASSWORD

sync_api = pytest.importorskip("playwright.sync_api")
ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "out" / "screenshots"
CHROMIUM = os.environ.get("TAWTHIQ_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)  # fmt: skip


@contextmanager
def running_chromium() -> Iterator["sync_api.Browser"]:
    """An installed Chromium without a window; skips where none is installed."""
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    # Playwright keeps an event loop in this thread, in which Django would refuse the fixtures their database.
    with sync_api.sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *sandbox])
        yield browser
        browser.close()


def fits(page: "sync_api.Page") -> bool:
    """Whether nothing is wider than the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


class Visitor:
    """A page of one visitor that notes whatever it asks for and whatever goes wrong."""

    def __init__(self, browser: "sync_api.Browser", width: int, language: str, scheme: str = "light") -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, locale=language, color_scheme=scheme, accept_downloads=True
        )
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def become_owner(self, link: str) -> None:
        self.page.goto(link)
        self.page.fill("[name=name]", "heron")
        self.page.fill("[name=password]", PASSWORD)
        self.page.fill("[name=repeated]", PASSWORD)
        self.page.click("button.primary")
        self.page.wait_for_url("**/start/")
        if self.page.locator(".menu-opener").is_visible():
            self.page.click(".menu-opener")
        self.page.click('nav a[href="/reports/"]')
        self.page.wait_for_url("**/reports/")

    def screenshot(self, name: str) -> None:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.wait_for_timeout(250)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
