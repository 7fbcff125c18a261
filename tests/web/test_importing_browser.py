"""The whole way of a table in a real Chromium: brought along, mapped, run dry, let in, taken back.

Screenshots go to out/screenshots/, to be looked at.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from served_archive import Desk
from serving import serving_first_owner
from tawthiq.archive.database import open_database
from tawthiq.archive.models import Event
from tawthiq.casework.models import User
from web.chromium_visits import Visitor, sync_api
from web.test_every_page_browser import RULES
from web.test_link_decisions_browser import fits

pytestmark = pytest.mark.browser
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
TABLE = (
    "الرقم,التاريخ,المحافظة,المكان,نوع الحادثة,القتلى,الجهة,المصدر,الوصف\n"
    "1,05/03/2021,حلب,الباب,قصف جوي,3,الطيران الروسي,خباز من البلدة,قصف ساحة المطحنة\n"
    "2,13/04/2021,حلب,تل لا يعرفه أحد,شيء ما,كثير,,خباز من البلدة,سُمعت أصوات\n"
    "3,,,,,,,,\n"
)


@pytest.fixture
def served(desk: Desk) -> Iterator[tuple[Desk, str, str]]:
    User.objects.all().delete()
    connection.close()
    with serving_first_owner(desk.folder.path) as (address, link):
        yield desk, address, link
    connection.close()


def test_a_table_goes_the_whole_way_in_arabic(
    chromium: "sync_api.Browser", served: tuple[Desk, str, str], tmp_path: Path
) -> None:
    desk, address, link = served
    file = tmp_path / "حوادث.csv"
    file.write_bytes(TABLE.encode("windows-1256"))
    visitor = Visitor(chromium, 1280, "ar")
    page = visitor.page
    visitor.become_owner(link)
    page.goto(f"{address}import/")
    visitor.screenshot("import-ar")
    page.set_input_files("#file", str(file))
    page.locator(".import-form button").click()
    page.wait_for_url("**/import/4/")
    assert page.locator('[name="column-4"]').input_value() == "act"
    visitor.screenshot("import-mapping-ar")
    page.locator('[name="check"]').click()
    assert page.locator("#order, .import-counts").count() >= 1
    if page.locator("#order").count():
        page.select_option("#order", "day")
        page.locator('[name="check"]').click()
    assert page.locator(".import-counts dd").all_inner_texts() in (["1", "1", "1"], ["١", "١", "١"])
    assert fits(page)
    found = axe.Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    visitor.screenshot("import-dry-ar")
    page.set_viewport_size({"width": 390, "height": 900})
    assert fits(page)
    visitor.screenshot("import-dry-ar-phone")
    page.locator('form[action$="confirm/"] button').click()
    page.wait_for_url("**effect=done")
    connection.close()
    open_database(desk.folder.database)
    told = Event.objects.filter(report=4).order_by("order").values_list("act", "first", "when_text")
    assert [(act, str(first), words) for act, first, words in told] == [
        ("airstrike", "2021-03-05", "05/03/2021"),
        ("other", "2021-04-13", "13/04/2021"),
    ]
    connection.close()
    visitor.screenshot("import-done-ar")
    page.locator('form[action$="withdraw/"] button').click()
    page.wait_for_url("**effect=done")
    open_database(desk.folder.database)
    assert not Event.objects.filter(report=4).exists()
