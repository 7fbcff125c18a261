"""Correcting a page in a real Chromium: with the mouse, with the keyboard, without scripts, on a phone.

Screenshots go to out/screenshots/, to be looked at.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from corrected_archive import INSULT, INSULTED, Corrected, copied, make_corrected, settle
from serving import serving_first_owner
from tawthiq.archive.database import open_database
from tawthiq.casework.models import PageCorrection, User
from web.chromium_visits import SCREENSHOTS, Visitor, sync_api

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = make_corrected(tmp_path_factory.mktemp("corrected") / "archive")
    User.objects.all().delete()
    return settle(made)


@pytest.fixture
def served(model: Path, tmp_path: Path) -> Iterator[tuple[Corrected, str, str]]:
    """The archive, the address of its pages and the first owner's link."""
    archive = copied(model, tmp_path / "archive")
    with serving_first_owner(archive.folder.path) as (address, link):
        yield archive, address, link
    connection.close()
    archive.folder.close()


LETTER = """(line, place) => {
    const letters = line.firstChild, range = document.createRange();
    const start = place < 0 ? letters.length + place : place;
    range.setStart(letters, start);
    range.setEnd(letters, start + 1);
    const box = range.getBoundingClientRect();
    return [box.left, box.right, box.top + box.height / 2];
}"""


def drag_over(page: "sync_api.Page", first: str, last: str) -> None:
    """Select with the mouse from the beginning of one line to the end of another."""
    begin = page.locator(".line-text", has_text=first)
    begin.scroll_into_view_if_needed()
    _, right, top = begin.evaluate(LETTER, 0)
    left, _, bottom = page.locator(".line-text", has_text=last).evaluate(LETTER, -1)
    page.mouse.move(right - 1, top)
    page.mouse.down()
    page.mouse.move(left, bottom, steps=8)
    page.mouse.up()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_selected_lines_become_a_comment_and_leave_the_report(
    chromium: "sync_api.Browser", served: tuple[Corrected, str, str], language: str
) -> None:
    archive, address, link = served
    visitor = Visitor(chromium, 1280, language)
    page = visitor.page
    visitor.become_owner(link)
    page.goto(f"{address}reports/1/page/")
    page.click('a[href="/reports/1/page/correct/"]')
    drag_over(page, INSULT[:30], INSULTED[:30])
    sync_api.expect(page.locator(".tool-selected")).to_be_visible()
    visitor.screenshot(f"correct-selected-{language}")
    page.click('button[value="record"]')
    sync_api.expect(page.locator(".line.zone-comment")).to_have_count(2)
    assert page.locator("[name=record-1-lines]").input_value() == "5-6"
    assert INSULT not in page.locator(".preview .text").inner_text()
    page.click("input[name=date][value=none]")
    visitor.screenshot(f"correct-marked-{language}")
    page.click('button[value="save"]')
    page.wait_for_url("**/page/corrections/**")
    visitor.screenshot(f"correct-decided-{language}")
    open_database(archive.folder.database)
    assert INSULT not in archive.body()
    assert archive.report().published is None
    page.goto(f"{address}search/?words=الملعونة")
    assert page.locator(".snippet").count() == 0
    command = [sys.executable, "-m", "tawthiq", "--archive", str(archive.folder.path), "page", "--check"]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 3
    assert "zones: expected comment, found body" in checked.stdout
    assert visitor.complaints == []
    assert [url for url in visitor.asked if not url.startswith((address, "data:"))] == []
    visitor.context.close()


def test_the_keyboard_alone_marks_a_range_of_lines_and_saves(
    chromium: "sync_api.Browser", served: tuple[Corrected, str, str]
) -> None:
    archive, address, link = served
    visitor = Visitor(chromium, 1280, "en")
    page = visitor.page
    visitor.become_owner(link)
    page.goto(f"{address}reports/1/page/correct/")
    numbers = page.locator("button.line-number")
    numbers.nth(4).focus()
    page.keyboard.press("Enter")
    numbers.nth(5).focus()
    page.keyboard.press("Shift+Enter")
    assert [page.locator(f"[name=mark-{end}]").input_value() for end in ("from", "to")] == ["5", "6"]
    page.locator("#mark-kind").focus()
    page.keyboard.type("Readers")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    sync_api.expect(page.locator(".line.zone-comment")).to_have_count(2)
    page.locator('button[value="save"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/page/corrections/**")
    open_database(archive.folder.database)
    assert INSULT not in archive.body()
    visitor.context.close()


def test_a_click_on_a_number_and_a_shifted_one_choose_the_lines_between(
    chromium: "sync_api.Browser", served: tuple[Corrected, str, str]
) -> None:
    _, address, link = served
    visitor = Visitor(chromium, 1280, "ar")
    page = visitor.page
    visitor.become_owner(link)
    page.goto(f"{address}reports/1/page/correct/")
    page.locator("button.line-number").nth(5).click()
    page.locator("button.line-number").nth(2).click(modifiers=["Shift"])
    assert [page.locator(f"[name=mark-{end}]").input_value() for end in ("from", "to")] == ["3", "6"]
    assert page.locator(".line.chosen").count() == 4
    visitor.context.close()


def test_without_scripts_and_on_a_phone_lines_are_marked_by_their_lists(
    chromium: "sync_api.Browser", served: tuple[Corrected, str, str]
) -> None:
    archive, address, link = served
    visitor = Visitor(chromium, 390, "ar")
    visitor.become_owner(link)
    plain = chromium.new_context(
        java_script_enabled=False, storage_state=visitor.context.storage_state(), viewport={"width": 390, "height": 800}
    )
    page = plain.new_page()
    page.goto(f"{address}reports/1/page/correct/")
    for words in (INSULT, INSULTED):
        page.locator(".line", has_text=words[:40]).locator("select").select_option("comment")
    page.locator("details.records summary").click()
    page.fill("[name=record-1-lines]", "٥")
    page.click('.preview button[value="show"]')
    assert INSULT not in page.locator(".preview .text").inner_text()
    wide = page.locator("html").evaluate("root => root.scrollWidth - root.clientWidth")
    assert wide <= 0
    page.screenshot(path=SCREENSHOTS / "correct-phone.png", full_page=True)
    page.click('button[value="save"]')
    page.wait_for_url("**/page/corrections/**")
    open_database(archive.folder.database)
    assert [row.start for row in archive.report().comments.all()] == [archive.report().text.index(INSULT)]
    assert PageCorrection.objects.get().by == "heron"
    plain.close()
    visitor.context.close()
