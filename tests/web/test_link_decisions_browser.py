"""Deciding about links in a real Chromium: with the mouse, with the keyboard, without scripts, on a phone.

Screenshots go to out/screenshots/, to be looked at.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from linked_desk import LinkedDesk, copied, make_linked_desk, settle
from serving import serving_first_owner
from tawthiq.archive.database import open_database
from tawthiq.casework.models import LinkDecision, User
from web.chromium_visits import Visitor, fits, sync_api

pytestmark = pytest.mark.browser
Served = tuple[LinkedDesk, str, str]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = make_linked_desk(tmp_path_factory.mktemp("linked") / "archive")
    User.objects.all().delete()
    return settle(made)


@pytest.fixture
def served(model: Path, tmp_path: Path) -> Iterator[Served]:
    """The archive, the address of its pages and the first owner's link."""
    desk = copied(model, tmp_path / "archive")
    with serving_first_owner(desk.folder.path) as (address, link):
        yield desk, address, link
    connection.close()
    desk.folder.close()


def kinds(desk: LinkedDesk) -> list[str]:
    connection.close()
    open_database(desk.folder.database)
    return [row.kind for row in LinkDecision.objects.order_by("number")]


@pytest.mark.parametrize("language", ["ar"])
def test_the_queue_is_worked_through_with_the_keyboard(
    chromium: "sync_api.Browser", served: Served, language: str
) -> None:
    desk, address, link = served
    visitor = Visitor(chromium, 1280, language)
    page = visitor.page
    visitor.become_owner(link)
    page.goto(f"{address}incidents/queue/")
    visitor.screenshot(f"links-queue-{language}")
    assert fits(page)
    page.locator("#reason").focus()
    page.keyboard.type("قرأت التقريرين" if language == "ar" else "both reports read")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/queue/?decided=1*")
    assert kinds(desk) == ["together"]
    page.locator('button[value="apart"]').click()
    page.wait_for_url("**/queue/?decided=2*")
    assert kinds(desk) == ["together", "apart"]
    page.goto(f"{address}incidents/decisions/")
    visitor.screenshot(f"links-decisions-{language}")
    assert fits(page)
    assert visitor.complaints == []


@pytest.mark.parametrize("language", ["en"])
def test_a_telling_is_taken_out_and_a_contradiction_resolved(
    chromium: "sync_api.Browser", served: Served, language: str
) -> None:
    desk, address, link = served
    visitor = Visitor(chromium, 1280, language)
    page = visitor.page
    visitor.become_owner(link)
    page.goto(f"{address}incidents/{desk.number(1)}/")
    page.locator('button[value="confirm"]').click()
    page.wait_for_url("**/incidents/*/?decided=1*")
    page.locator('#decide input[name="out"]').nth(2).check()
    visitor.screenshot(f"links-incident-{language}")
    page.locator('button[value="split"]').click()
    page.wait_for_selector('input[name="withdraw"]', state="attached")
    visitor.screenshot(f"links-contradiction-{language}")
    page.locator("form.panel .decision-actions button").click()
    page.wait_for_url("**/incidents/*/?decided=2*")
    assert kinds(desk) == ["together", "together", "withdrawn", "apart", "apart"]
    page.goto(f"{address}incidents/{desk.number(1)}/same/{desk.number(2)}/")
    visitor.screenshot(f"links-same-{language}")
    page.locator('button[value="different"]').click()
    page.wait_for_url("**/incidents/*/?decided=3*")
    assert fits(page)


@pytest.mark.parametrize("language", ["ar"])
def test_all_of_it_fits_a_phone(chromium: "sync_api.Browser", served: Served, language: str) -> None:
    desk, address, link = served
    visitor = Visitor(chromium, 390, language)
    page = visitor.page
    visitor.become_owner(link)
    page.goto(f"{address}incidents/queue/")
    page.locator('button[value="together"]').click()
    page.wait_for_url("**/queue/?decided=1*")
    assert kinds(desk) == ["together"]
    one, two = desk.number(1), desk.number(2)
    for name, path in (
        ("queue", "queue"),
        ("same", f"{one}/same/{two}"),
        ("decisions", "decisions"),
        ("box", str(one)),
    ):
        page.goto(f"{address}incidents/{path}/")
        visitor.screenshot(f"links-{name}-phone-{language}")
        assert fits(page)
    buttons = page.locator("#decide button").all()
    assert all((button.bounding_box() or {"height": 0})["height"] >= 40 for button in buttons)


def test_without_scripts_everything_works(chromium: "sync_api.Browser", served: Served) -> None:
    desk, address, link = served
    visitor = Visitor(chromium, 1280, "en")
    visitor.become_owner(link)
    state = visitor.context.storage_state()
    context = chromium.new_context(java_script_enabled=False, storage_state=state)
    page = context.new_page()
    page.goto(f"{address}incidents/queue/")
    first = page.locator('input[name="pair"]').first.get_attribute("value")
    page.locator("form .quiet", has_text="Later").click()
    assert page.locator('input[name="pair"]').first.get_attribute("value") != first
    page.locator('button[value="apart"]').click()
    assert kinds(desk) == ["apart"]
