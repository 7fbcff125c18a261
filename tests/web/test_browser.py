"""The pages in a real Chromium: the first owner's way in, values that jump to their characters, both languages, a phone.

Screenshots go to out/screenshots/, to be looked at.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from served_archive import INCIDENT, PASSWORD, Desk
from serving import serving_first_owner
from tawthiq.casework.models import User

pytestmark = pytest.mark.browser
sync_api = pytest.importorskip("playwright.sync_api")
ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "out" / "screenshots"
CHROMIUM = os.environ.get("TAWTHIQ_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
PHONE_PAGES = (
    "reports/", "reports/1/", "statements/", "incidents/", f"incidents/{INCIDENT}/", "search/?words=الرقة",
    "evidence/1/", "about/",
)  # fmt: skip
QUIET = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="module")
def chromium() -> Iterator[sync_api.Browser]:
    """An installed Chromium without a window."""
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    # Playwright keeps an event loop in this thread, in which Django would refuse the fixtures their database.
    with sync_api.sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, *sandbox])
        yield browser
        browser.close()


@pytest.fixture
def server(desk: Desk) -> Iterator[tuple[str, str]]:
    """`tawthiq serve` over an archive without users: its address and the first owner's link."""
    User.objects.all().delete()
    with serving_first_owner(desk.folder.path) as served:
        yield served


class Visitor:
    """A page of one visitor that notes whatever it asks for and whatever goes wrong."""

    def __init__(self, browser: sync_api.Browser, width: int, language: str, scheme: str = "light") -> None:
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


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_whole_way_from_the_link_to_the_characters(
    chromium: sync_api.Browser, server: tuple[str, str], language: str
) -> None:
    address, link = server
    visitor = Visitor(chromium, 1280, language)
    page = visitor.page
    visitor.become_owner(link)
    visitor.screenshot(f"reports-{language}")
    page.click('a[href="/reports/1/"]')
    value = page.locator('a.value[href="#e1-count-1"]')
    assert value.inner_text() == "خمسة مدنيين"
    value.click()
    lit = page.locator("mark.lit")
    assert lit.all_inner_texts() == ["خمسة مدنيين"]
    sync_api.expect(lit.first).to_be_in_viewport()
    visitor.screenshot(f"report-{language}")
    page.locator("a.value[href='#s2-content']").click()
    assert "".join(lit.all_inner_texts()) == "غارة قتلت خمسة مدنيين بينهم طفلان قرب الصالحية في الرقة"
    page.click('nav a[href="/search/"]')
    page.fill("[name=words]", "الرقه")
    page.click("main button.primary")
    assert page.locator(".snippet mark").first.inner_text() == "الرقة"
    visitor.screenshot(f"search-{language}")
    page.click('nav a[href="/incidents/"]')
    visitor.screenshot(f"incidents-{language}")
    page.click(f'a[href="/incidents/{INCIDENT}/"]')
    visitor.screenshot(f"incident-{language}")
    page.locator(".quoted a").first.click()
    assert page.locator("#at mark").inner_text() == "خمسة مدنيين"
    with page.expect_download() as download:
        page.click('a[href="/evidence/1/payload"]')
    assert Path(download.value.path()).read_bytes() == b"<h1>arabic</h1>"
    assert visitor.complaints == []
    assert [url for url in visitor.asked if not url.startswith((address, "data:"))] == []
    visitor.context.close()


def test_the_language_is_switched_on_the_spot(chromium: sync_api.Browser, server: tuple[str, str]) -> None:
    _, link = server
    visitor = Visitor(chromium, 1280, "ar")
    visitor.become_owner(link)
    root = visitor.page.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == ("ar", "rtl")
    visitor.page.click("button[lang=en]")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == ("en", "ltr")
    visitor.context.close()


def test_without_script_a_value_still_leads_to_its_characters(
    chromium: sync_api.Browser, server: tuple[str, str]
) -> None:
    _, link = server
    visitor = Visitor(chromium, 1280, "en")
    visitor.become_owner(link)
    state = visitor.context.storage_state()
    plain = chromium.new_context(
        java_script_enabled=False, storage_state=state, viewport={"width": 1280, "height": 400}
    )
    page = plain.new_page()
    page.goto(visitor.page.url + "1/")
    page.click('a.value[href="#e1-place-2"]')
    landed = page.locator("#e1-place-2 mark")
    sync_api.expect(landed).to_be_in_viewport()
    colours = [
        page.locator(selector).first.evaluate("element => getComputedStyle(element).outlineStyle")
        for selector in ("#e1-place-2 mark", "#e1-place-1 mark")
    ]
    assert colours == ["solid", "none"]
    plain.close()
    visitor.context.close()


@pytest.mark.parametrize(("language", "scheme"), [("ar", "light"), ("en", "dark")])
def test_pages_fit_a_phone(chromium: sync_api.Browser, server: tuple[str, str], language: str, scheme: str) -> None:
    address, link = server
    visitor = Visitor(chromium, 390, language, scheme)
    visitor.page.goto(link)
    visitor.screenshot(f"phone-first-owner-{language}-{scheme}")
    visitor.become_owner(link)
    for path in (
        "reports/",
        "reports/1/",
        "reports/1/page/",
        "review/pages/",
        "statements/",
        "incidents/",
        f"incidents/{INCIDENT}/",
        "search/?words=الرقة",
        "evidence/1/",
        "about/",
    ):
        visitor.page.goto(address + path)
        visitor.screenshot(f"phone-{path.split('?')[0].strip('/').replace('/', '-')}-{language}-{scheme}")
        wide = visitor.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} is {wide} px wider than the screen"
    visitor.context.close()


def test_the_keyboard_reaches_the_content_first(chromium: sync_api.Browser, server: tuple[str, str]) -> None:
    _, link = server
    visitor = Visitor(chromium, 1280, "en")
    visitor.become_owner(link)
    visitor.page.keyboard.press("Tab")
    assert visitor.page.evaluate("document.activeElement.className") == "skip"
    visitor.page.keyboard.press("Enter")
    assert visitor.page.evaluate("document.activeElement.id") == "main"
    visitor.context.close()
