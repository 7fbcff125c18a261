"""Verifying as two people in a real Chromium, in Arabic, with the keyboard and without scripts; screenshots to be looked at."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection

from either_database import settle
from linked_incident import make_incident
from served_archive import PASSWORD, make_desk
from serving import serving
from tawthiq.archive.database import open_database
from tawthiq.casework.domain.cases import open_case
from tawthiq.casework.models import Case, VerificationSheet
from verified_desk import make_reviewers
from web.chromium_visits import Visitor, sync_api

pytestmark = pytest.mark.browser


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str, int]]:
    """The archive, the address of its pages and the number of its case."""
    desk = make_desk(tmp_path / "archive")
    number = make_incident(desk)
    make_reviewers(("tern", "gull"))
    open_case(None, number, "heron")
    settle()
    desk.folder.close()
    with serving(desk.folder.path) as (_process, address, _line):
        yield desk.folder.path, address, number
    connection.close()


def signed_in(browser: "sync_api.Browser", address: str, name: str, width: int, *, scripts: bool = True) -> Visitor:
    visitor = Visitor(browser, width, "ar")
    if not scripts:
        visitor.context.close()
        visitor.context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="ar", java_script_enabled=False
        )
        visitor.page = visitor.context.new_page()
    visitor.page.goto(f"{address}sign-in/")
    visitor.page.fill("[name=username]", name)
    visitor.page.fill("[name=password]", PASSWORD)
    visitor.page.locator("main form button").last.click()
    visitor.page.wait_for_url(lambda url: "sign-in" not in url)
    return visitor


def answer(page: "sync_api.Page") -> None:
    """Answer every question: the first value of each slot, one grade for all."""
    for place in page.locator("select[name^=reliability-]").all():
        place.select_option("likely")
    for place in page.locator("select[name^=credibility-]").all():
        place.select_option("probable")
    for slot in page.locator("fieldset.slot-choice").all():
        slot.locator("input[type=radio]").first.check()
    for place in page.locator("select[name^=degree-]").all():
        place.select_option("one")
    for place in page.locator("select[name^=type-]").all():
        place.select_option("armed_forces")
    page.locator("input[name=violation][value=KIL]").check()
    page.locator("input[name=status][value=holds]").check()


def test_two_people_verify_in_arabic_and_neither_sees_the_other_before(
    chromium: "sync_api.Browser", served: tuple[Path, str, int]
) -> None:
    folder, address, number = served
    first = signed_in(chromium, address, "tern", 1280)
    page = first.page
    page.goto(f"{address}cases/{number}/")
    first.screenshot("case-sheet-ar")
    found = Axe().run(page).response["violations"]
    assert [each["id"] for each in found] == []
    page.fill("#remarks", "قرأت الروايات كلها")
    page.locator('button[value="finish"]').press("Enter")
    page.wait_for_selector('[role="alert"] a[href="#status"]')
    assert page.input_value("#remarks") == "قرأت الروايات كلها"
    answer(page)
    page.locator('button[value="finish"]').click()
    page.wait_for_url("**/queue/**")
    assert [told for told in first.complaints if "422" not in told] == []  # the browser notes the unfinished sheet

    second = signed_in(chromium, address, "gull", 390, scripts=False)
    page = second.page
    page.goto(f"{address}cases/{number}/")
    assert "قرأت الروايات كلها" not in page.content()
    assert page.get_by_text("tern", exact=True).count() == 0
    second.screenshot("case-second-phone-ar")
    answer(page)
    page.locator('button[value="finish"]').click()
    page.goto(f"{address}cases/{number}/")
    assert "قرأت الروايات كلها" in page.content()
    second.screenshot("case-verified-phone-ar")

    first.page.goto(f"{address}cases/{number}/")
    first.screenshot("case-verified-ar")
    assert first.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    connection.close()
    open_database(folder / "tawthiq.sqlite3")
    assert Case.objects.get().state == "verified"
    assert set(VerificationSheet.objects.values_list("by", flat=True)) == {"tern", "gull"}
