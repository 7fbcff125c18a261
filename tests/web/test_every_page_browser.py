"""Every page in a real Chromium, as somebody on a phone reads Arabic and somebody before a dark screen reads English.

Pages are found by links (crawled.py) in an archive that holds one of everything (whole_archive.py). Rules are those of
WCAG 2.2 AA as far as a program can tell (axe-core). Screenshots go to out/screens/, to be looked at.
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from django.test import Client

from crawled import crawled
from outsider_world import PASSWORD, client
from serving import serving
from tawthiq.casework.domain import custody
from web.chromium_visits import ROOT, Visitor, sync_api
from whole_archive import OWNER, make_whole_archive

pytestmark = pytest.mark.browser
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
SCREENS = ROOT / "out" / "screens"
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],  # what holds is not written down at length
}
REACHED = {
    "audit-entry", "authority-entry", "boilerplate-host", "captures", "case", "desk", "desk-history",
    "evidence-item", "evidence-media", "group", "hand-out", "help-api", "incident", "incident-timeline",
    "item-restrict", "link-decisions", "map-layers", "my-work", "notices", "page-corrections", "page-view",
    "people-pair", "person", "person-edit", "person-identity", "person-seen", "public-case", "report",
    "saved-searches", "team-member", "team-tokens", "terms",
}  # fmt: skip
"""Pages about one thing, which a person must find by links where there is such a thing."""
# Where the keyboard stands must be seen: an outline, a shadow or a border that is not there otherwise.
_FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const style = getComputedStyle(at);
  return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
}"""
_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
Served = tuple[str, dict[str, str]]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server over the archive, and one address for each page that links lead its owner to."""
    from django.conf import settings  # noqa: PLC0415  set up by outsider_world
    from django.core.cache import cache  # noqa: PLC0415

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "ARCHIVE_FOLDER", None)
        patch.setattr(custody, "_write_soon", lambda _folder: None)
        cache.clear()
        world = make_whole_archive(tmp_path_factory.mktemp("every"))
        folder = world.open()
        signed_in = client(OWNER)
        assert signed_in.post("/account/confirm/?next=/team/", {"current": PASSWORD}).status_code == 302
        known = world.known
        richest = (
            f"/evidence/{known['open_report']}/", f"/persons/{known['person']}/", f"/reports/{known['copy']}/",
            f"/cases/{known['open_incident']}/", f"/evidence/{known['media']}/", f"/persons/{known['grouped']}/",
        )  # fmt: skip
        found = {name: at for name, at in crawled(signed_in, *richest, "/").items() if _is_page(signed_in, at)}
        world.close(folder)
        with serving(world.path) as (_, address, _line):
            yield address.rstrip("/"), found


def _is_page(signed_in: Client, address: str) -> bool:
    """Whether an address shows a page and not a file."""
    answer = signed_in.get(address)
    return answer.headers.get("Content-Type", "").startswith("text/html")


def test_links_lead_to_a_page_about_each_thing(served: Served) -> None:
    assert set(served[1]) >= REACHED, REACHED - set(served[1])


@pytest.mark.parametrize(("language", "width", "scheme"), [("ar", 390, "light"), ("en", 1280, "dark")])
def test_every_page_can_be_used_by_everybody_and_asks_nobody_else(
    chromium: "sync_api.Browser", served: Served, language: str, width: int, scheme: str
) -> None:
    address, found = served
    visitor = Visitor(chromium, width, language, scheme)
    sign_in(visitor, address)
    SCREENS.mkdir(parents=True, exist_ok=True)
    wrong = [
        f"{name} ({at}): {complaint}"
        for name, at in sorted(found.items())
        for complaint in complaints(visitor, address, at, SCREENS / f"{name}-{language}-{width}-{scheme}.png")
    ]
    assert not wrong, "\n".join(wrong)
    assert {urlsplit(asked).netloc for asked in visitor.asked if not asked.startswith(("data:", "blob:"))} == {
        urlsplit(address).netloc
    }


def sign_in(visitor: Visitor, address: str) -> None:
    """As the owner, through the page."""
    page = visitor.page
    page.goto(f"{address}/sign-in/")
    page.fill("[name=username]", OWNER)
    page.fill("[name=password]", PASSWORD)
    page.click("main button.primary")
    page.wait_for_url(lambda url: "sign-in" not in url)


def complaints(visitor: Visitor, address: str, at: str, picture: Path) -> Iterator[str]:
    """What is wrong with a page: for assistive technology, in the console, in its width, or with where the focus is."""
    page = visitor.page
    visitor.complaints.clear()
    page.goto(address + quote(at, safe="/?&=%#"))
    page.screenshot(path=picture, full_page=True)
    wide = page.evaluate(_WIDE)
    if wide > 0:
        yield f"{wide} pixels wider than the screen"
    for found in axe.Axe().run(page, options=RULES).response["violations"]:
        yield f"{found['id']} at {[node['target'] for node in found['nodes'][:3]]}"
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate(_FOCUS) is False:
            yield f"focus cannot be seen on {page.evaluate('document.activeElement.outerHTML.slice(0, 120)')}"
    yield from (f"console: {complaint}" for complaint in visitor.complaints)
