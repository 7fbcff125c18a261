"""The queue in a real Chromium, worked through with single keys by a documenter; without script; on a phone.

How many proposals are decided is `TAWTHIQ_PROPOSALS`, 8 unless it says otherwise. Keys and times go to
out/queue-keystrokes.tsv (docs/queue.md), screenshots to out/screenshots/.
"""

import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from linked_desk import LinkedDesk, copied, settle
from queue_archive import make_queue_archive
from serving import serving_first_owner
from tawthiq.archive.database import open_database
from tawthiq.casework.models import Assignment, LinkDecision, User
from web.chromium_visits import ROOT, Visitor, fits, sync_api

pytestmark = pytest.mark.browser
PROPOSALS = int(os.environ.get("TAWTHIQ_PROPOSALS", "8"))
TABLE = ROOT / "out" / "queue-keystrokes.tsv"
MOST_KEYS = 2
Served = tuple[LinkedDesk, str, str]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return settle(make_queue_archive(tmp_path_factory.mktemp("queue") / "archive", PROPOSALS))


@pytest.fixture
def served(model: Path, tmp_path: Path) -> Iterator[Served]:
    """The archive, the address of its pages and the first owner's link."""
    desk = copied(model, tmp_path / "archive")
    with serving_first_owner(desk.folder.path) as (address, link):
        yield desk, address, link
    connection.close()
    desk.folder.close()


def rows(desk: LinkedDesk) -> list[str]:
    connection.close()
    open_database(desk.folder.database)
    return [row.kind for row in LinkDecision.objects.order_by("number")]


def as_documenter(visitor: Visitor, desk: LinkedDesk, link: str) -> None:
    """Signed in as one who documents and nothing more."""
    visitor.become_owner(link)
    connection.close()
    open_database(desk.folder.database)
    User.objects.update(role=User.Role.DOCUMENTER)


@pytest.mark.parametrize("language", ["ar"])
def test_a_documenter_decides_each_proposal_with_one_key(
    chromium: "sync_api.Browser", served: Served, language: str
) -> None:
    desk, address, link = served
    visitor = Visitor(chromium, 1280, language)
    page = visitor.page
    as_documenter(visitor, desk, link)
    page.goto(f"{address}queue/?queue=proposals")
    visitor.screenshot(f"queue-{language}")
    assert fits(page)
    keys, taken = 1, []
    page.keyboard.press("n")
    page.wait_for_url("**/queue/proposals/**")
    visitor.screenshot(f"queue-proposal-{language}")
    for number in range(PROPOSALS):
        before = page.url
        begin = time.monotonic()
        page.keyboard.press("s" if number % 3 else "d")
        keys += 1
        page.wait_for_function("before => location.href !== before && document.readyState === 'complete'", arg=before)
        taken.append(time.monotonic() - begin)
    assert "/queue/?" in page.url
    decided = rows(desk)
    assert len(decided) == PROPOSALS
    assert set(decided) == {"together", "apart"}
    assert keys <= MOST_KEYS * PROPOSALS
    assert visitor.complaints == []
    _write(keys, taken)


def test_keys_are_listed_kept_out_of_fields_and_serve_an_arabic_keyboard(
    chromium: "sync_api.Browser", served: Served
) -> None:
    desk, address, link = served
    visitor = Visitor(chromium, 1280, "en")
    page = visitor.page
    as_documenter(visitor, desk, link)
    page.goto(f"{address}queue/next/?queue=proposals")
    page.keyboard.press("?")
    listed = page.locator("[data-keys-list] > div").all_inner_texts()
    assert any(line.startswith("S") and "The same occurrence" in line for line in listed)
    visitor.screenshot("queue-keys-en")
    page.keyboard.press("Escape")
    first = page.url
    page.locator(".why summary").click()
    page.locator("#reason").focus()
    page.keyboard.type("sdl?")
    assert page.url == first
    assert page.locator("#reason").input_value() == "sdl?"
    page.locator("h1").click()
    page.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'س', code: 'KeyT', bubbles: true}))")
    page.wait_for_url("**undo=*")
    connection.close()
    open_database(desk.folder.database)
    assert Assignment.objects.get().user.name == "heron"
    page.locator(".undo button").click()
    page.wait_for_url("**/queue/undo/")
    assert page.locator("h1").inner_text() == "Undone"
    page.goto(first)
    page.get_by_role("button", name="Switch single keys off").click()
    page.keyboard.press("s")
    page.wait_for_timeout(300)
    assert rows(desk) == []


def test_without_script_and_on_a_phone_all_of_it_works(chromium: "sync_api.Browser", served: Served) -> None:
    desk, address, link = served
    visitor = Visitor(chromium, 390, "ar")
    as_documenter(visitor, desk, link)
    context = chromium.new_context(
        java_script_enabled=False, storage_state=visitor.context.storage_state(), viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto(f"{address}queue/next/?queue=proposals")
    first = page.url
    page.locator('button[value="later"]').click()
    assert page.url != first
    page.locator('button[value="together"]').click()
    assert "/queue/proposals/" in page.url
    assert rows(desk) == ["together"]
    for name in ("queue/?queue=proposals", "notices/", "my-work/"):
        visitor.page.goto(f"{address}{name}")
        visitor.screenshot(f"queue-phone-{name.partition('/')[0]}-ar")
        assert fits(visitor.page), name
    visitor.page.goto(page.url)
    visitor.screenshot("queue-phone-proposal-ar")
    assert fits(visitor.page)


def _write(keys: int, taken: list[float]) -> None:
    """The table of docs/queue.md: keys and seconds from a key to the next proposal on the screen."""
    ordered = sorted(taken)
    lines = [
        ("proposals decided", str(len(taken))),
        ("keys pressed", str(keys)),
        ("keys a proposal", f"{keys / len(taken):.2f}"),
        ("milliseconds from key to next page, median", f"{1000 * statistics.median(ordered):.0f}"),
        ("95th of a hundred", f"{1000 * ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]:.0f}"),
        ("longest", f"{1000 * ordered[-1]:.0f}"),
    ]
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text("".join(f"{name}\t{value}\n" for name, value in lines), encoding="utf-8")
