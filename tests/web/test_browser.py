"""The pages in a real Chromium: the first owner's way in, values that jump to their characters, both languages, a phone.

Screenshots go to out/screenshots/, to be looked at.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from served_archive import INCIDENT, Desk
from serving import serving_first_owner
from tawthiq.casework.models import User
from web.chromium_visits import Visitor, sync_api

pytestmark = pytest.mark.browser
PHONE_PAGES = (
    "reports/", "reports/1/", "statements/", "incidents/", f"incidents/{INCIDENT}/", "search/?words=الرقة",
    "evidence/1/", "about/",
)  # fmt: skip


@pytest.fixture
def server(desk: Desk) -> Iterator[tuple[str, str]]:
    """`tawthiq serve` over an archive without users: its address and the first owner's link."""
    User.objects.all().delete()
    with serving_first_owner(desk.folder.path) as served:
        yield served


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
    sync_api.expect(lit).to_have_text(["خمسة مدنيين"])
    sync_api.expect(lit.first).to_be_in_viewport()
    visitor.screenshot(f"report-{language}")
    page.locator("a.value[href='#s2-content']").click()
    sync_api.expect(lit.first).to_have_text(re.compile("^غارة"))
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
