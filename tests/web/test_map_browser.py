"""Maps, time lines and charts in a real Chromium, in both languages: keyboard, popups, axe, nothing from elsewhere.

Screenshots go to out/screens/, to be looked at.
"""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection

from linked_incident import make_incident
from mapped_archive import DARAYYA, add_incidents, dispute_place
from served_archive import Desk
from serving import serving_first_owner
from tawthiq.archive.models import IncidentPlace
from tawthiq.casework.models import User
from web.chromium_visits import ROOT, Visitor, sync_api

pytestmark = pytest.mark.browser
SCREENS = ROOT / "out" / "screens"
WIDTHS = (1280, 390)


@pytest.fixture
def served(desk: Desk) -> Iterator[tuple[str, str, int]]:
    """Pages over incidents with places of every kind: their address, the first owner's link, an incident of many tellings."""
    number = make_incident(desk)
    numbers = add_incidents()
    dispute_place(numbers[0], DARAYYA)
    IncidentPlace.objects.filter(incident=numbers[1]).update(name_en="<b>Duma</b>", name="<b>دوما</b>")
    User.objects.all().delete()
    with serving_first_owner(desk.folder.path) as (address, link):
        yield address, link, number
    connection.close()


def keep(page: "sync_api.Page", name: str) -> None:
    """Pictures of a page at both widths."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(250)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, name
        page.screenshot(path=SCREENS / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})


def faults(page: "sync_api.Page") -> list[str]:
    """What axe finds against WCAG 2.2 AA."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert len(found.response["passes"]) > 10  # it looked
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found.response["violations"]]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_map_time_lines_and_charts_in_the_browser(
    chromium: "sync_api.Browser", served: tuple[str, str, int], language: str
) -> None:
    address, link, number = served
    visitor = Visitor(chromium, 1280, language)
    page = visitor.page
    visitor.become_owner(link)
    pages = {
        "map": "map/",
        "timeline": "timeline/",
        "incident-timeline": f"incidents/{number}/timeline/",
        "charts": "charts/",
    }
    for name, path in pages.items():
        page.goto(f"{address}{path}")
        if name == "map":
            page.wait_for_selector("#map[data-ready]")
        assert faults(page) == [], name
        keep(page, f"{name}-{language}")
    page.goto(f"{address}map/")
    page.wait_for_selector("#map[data-ready]")
    assert page.locator("#map").get_attribute("dir") == "ltr"
    assert page.locator(".map-static").is_hidden()
    area = page.locator(".area-sign").first
    area.focus()
    page.keyboard.press("Enter")
    popup = page.locator(".leaflet-popup-content > div")
    popup.locator("li").first.wait_for()
    assert popup.get_attribute("dir") == "auto"
    assert popup.locator("li a").first.get_attribute("href").startswith(f"{address}incidents/")
    assert page.locator("#map b").count() == 0
    page.keyboard.press("Escape")
    page.goto(f"{address}incidents/{number}/timeline/")
    sign = page.locator("a.chart-line").first
    sign.focus()
    assert page.locator(".chart-told").first.inner_text() != ""
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.classList.contains('chart-line')")
    page.locator(".zoom-tools button").first.click()
    assert page.evaluate(
        "document.querySelector('.zoomable').scrollWidth > document.querySelector('.zoomable').clientWidth"
    )
    assert visitor.complaints == []
    assert [url for url in visitor.asked if not url.startswith((address, "data:"))] == []
    visitor.context.close()


def test_without_scripts_the_picture_and_its_links_do_the_same(
    chromium: "sync_api.Browser", served: tuple[str, str, int]
) -> None:
    address, link, _number = served
    visitor = Visitor(chromium, 1280, "ar")
    visitor.become_owner(link)
    bare = chromium.new_context(
        viewport={"width": 1280, "height": 900}, locale="ar", java_script_enabled=False,
        storage_state=visitor.context.storage_state(),
    )  # fmt: skip
    page = bare.new_page()
    page.goto(f"{address}map/")
    assert page.locator("#map").is_hidden()
    assert page.locator("svg.map-picture").is_visible()
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / "map-without-script-ar.png", full_page=True)
    page.locator("a.sign-link").first.click()
    assert "box=" in page.url or "spot=" in page.url or "/incidents/" in page.url
    bare.close()
    visitor.context.close()
