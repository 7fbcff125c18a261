"""The site in a real Chromium: from a disk and from a server, with and without script, in both languages, light and dark.

Screenshots go to out/site/, to be looked at.
"""

import functools
import http.server
import os
import shutil
import threading
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from publication.published_incidents import ABOUT, ACTS, OUTLETS, SETTINGS, incident, many, places
from tawthiq.publication.site.search_index import keys_of
from tawthiq.publication.site.writing import write_site
from tawthiq.text.folding import fold

pytestmark = pytest.mark.browser
sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = os.environ.get("TAWTHIQ_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
ROOT = Path(__file__).resolve().parents[2]
SCREENS = ROOT / "out" / "site"
KINDS = (
    "index.html", "incidents/index-2.html", "browse.html", "incident/300007.html", "incident/299999.html", "map.html",
    "search.html", "data.html", "methods.html", "changes.html", "404.html",
)  # fmt: skip
"""One page of each kind; terms and what is not here are made as methods are."""
SCRIPTED = (0x0600, 0x0700), (0x0750, 0x0780), (0x0000, 0x0250), (0x1E00, 0x2070), (0xFB50, 0xFE00), (0xFE70, 0xFF70)
"""The blocks in which Arabic and Latin words, their marks, digits and punctuation lie."""

_FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("site") / "site"
    coarse = next(place for place in places() if place.kind == "governorate")
    special = incident(299_999, coarse, sensitive=True, warnings=("child",), differing=("value:killed-all",))
    write_site([*many(130), special], ABOUT, SETTINGS, path)
    return path


@pytest.fixture(scope="module")
def chromium() -> Iterator["sync_api.Browser"]:
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    with sync_api.sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--disable-gpu", *sandbox])
        yield browser
        browser.close()


class Reader:
    """Somebody who reads the site: what their browser asks for, and what it complains of."""

    def __init__(self, chromium: "sync_api.Browser", width: int = 1280, **wishes: object) -> None:
        self.context = chromium.new_context(viewport={"width": width, "height": 900}, **wishes)
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def search(self, words: str) -> list[str]:
        """What a search finds, by the addresses of its results."""
        self.page.fill("#words", words)
        self.page.click("form button")
        self.page.wait_for_selector("#found[aria-busy=false]", state="attached")
        return [str(link.get_attribute("href")) for link in self.page.locator("#found a").all()]


@pytest.mark.parametrize(("language", "width", "scheme"), [("ar", 1280, "light"), ("en", 390, "dark")])
def test_each_kind_of_page_holds_to_the_guidelines_and_asks_nobody_else(
    chromium: "sync_api.Browser", site: Path, language: str, width: int, scheme: str
) -> None:
    reader = Reader(chromium, width, color_scheme=scheme)
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    rules = {
        "runOnly": tags,
        "preload": False,
        "resultTypes": ["violations"],
    }  # axe would fetch the style sheets, which the pages forbid
    found = {}
    SCREENS.mkdir(parents=True, exist_ok=True)
    for kind in KINDS:
        reader.page.goto((site / language / kind).as_uri())
        if kind == "map.html":
            reader.page.wait_for_selector("#map[data-ready]")
        assert reader.page.evaluate(_FITS), kind
        if kind == "search.html":
            reader.search("غارة")
        result = axe.Axe().run(reader.page, options=rules).response
        found |= {(kind, each["id"]): each["nodes"][0]["html"][:200] for each in result["violations"]}
        reader.page.screenshot(path=SCREENS / f"{kind.replace('/', '-')}-{language}-{width}.png", full_page=True)
    assert found == {}
    assert reader.complaints == []
    assert [url for url in reader.asked if not url.startswith(site.as_uri())] == []
    reader.context.close()


def test_words_are_found_however_they_are_spelt(chromium: "sync_api.Browser", site: Path) -> None:
    reader = Reader(chromium)
    reader.page.goto((site / "ar" / "search.html").as_uri())
    strikes = reader.search("غارة جوية")
    assert strikes
    for words in ("غاره جويه", "الغارة الجوّية", "air strike", "Airstrikes", "وغارة"):
        assert reader.search(words) == strikes, words
    by_number = reader.search("٣٠٠٠٠٧")
    assert [link.rsplit("/", 1)[1] for link in by_number] == ["300007.html"]
    assert reader.search("زنبق") == []
    assert reader.page.locator("#told").inner_text().startswith("لا توجد حادثة")
    reader.page.select_option("#act", "arrest")
    assert reader.search("") != []
    assert set(reader.page.locator("#found .act").all_inner_texts()) == {"اعتقال"}
    reader.page.select_option("#year", "2014")
    narrowed = reader.search("")
    assert 0 < len(narrowed) < 20
    assert all("٢٠١٤" in text for text in reader.page.locator("#found .facts").all_inner_texts())
    reader.page.locator("#found a").first.click()
    assert reader.page.locator("h1").inner_text().startswith("اعتقال")
    assert reader.complaints == []
    reader.context.close()


def test_more_results_come_on_demand_and_the_keyboard_goes_on_with_them(
    chromium: "sync_api.Browser", site: Path
) -> None:
    reader = Reader(chromium)
    reader.page.goto((site / "en" / "search.html").as_uri() + "?words=lantern")
    reader.page.wait_for_selector("#found li")
    assert reader.page.locator("#found li").count() == 20
    reader.page.click("#more")
    reader.page.wait_for_selector("#found li:nth-child(40)")
    assert reader.page.evaluate("document.activeElement === document.querySelectorAll('#found a')[20]")
    reader.context.close()


def test_the_other_language_shows_the_same_page(chromium: "sync_api.Browser", site: Path) -> None:
    reader = Reader(chromium)
    reader.page.goto((site / "ar" / "incident" / "300007.html").as_uri())
    assert reader.page.locator("html").get_attribute("dir") == "rtl"
    reader.page.click("a.language")
    assert reader.page.url == (site / "en" / "incident" / "300007.html").as_uri()
    assert reader.page.locator("html").get_attribute("dir") == "ltr"
    reader.page.goto((site / "index.html").as_uri())
    assert reader.page.locator("html").get_attribute("lang") == "ar"
    reader.page.fill("#words", "قصف")
    reader.page.press("#words", "Enter")
    reader.page.wait_for_selector("#found li")
    assert reader.page.url.startswith((site / "ar" / "search.html").as_uri())
    assert reader.complaints == []
    reader.context.close()


def test_without_script_lists_and_picture_say_the_same_and_the_search_says_why_it_cannot(
    chromium: "sync_api.Browser", site: Path
) -> None:
    reader = Reader(chromium, java_script_enabled=False)
    reader.page.goto((site / "ar" / "map.html").as_uri())
    assert reader.page.locator("#map-picture svg").is_visible()
    assert reader.page.locator("#map").is_hidden()
    assert reader.page.locator("table.places tbody tr").count() > 50
    reader.page.goto((site / "ar" / "search.html").as_uri())
    assert reader.page.locator("noscript .panel").is_visible()
    reader.page.click("noscript a")
    reader.page.click("#acts-head ~ .stocks a >> nth=0")
    assert reader.page.locator("ol.rows > li").count() > 10
    assert reader.complaints == []
    reader.context.close()


def test_the_map_can_be_moved_and_a_place_leads_to_its_incidents(chromium: "sync_api.Browser", site: Path) -> None:
    reader = Reader(chromium)
    reader.page.goto((site / "en" / "incident" / "300007.html").as_uri())
    reader.page.click("a.beside")
    reader.page.wait_for_selector("#map[data-ready]")
    popup = reader.page.locator(".leaflet-popup-content a")
    popup.wait_for()
    assert reader.page.locator("#map-picture").is_hidden()
    assert reader.page.locator("#map path.land").count() > 0
    assert reader.page.locator("#map path.area").count() > 0
    popup.click()
    assert "/en/place/" in reader.page.url
    assert reader.complaints == []
    assert [url for url in reader.asked if not url.startswith(site.as_uri())] == []
    reader.context.close()


def test_from_a_server_under_a_path_it_does_the_same(chromium: "sync_api.Browser", site: Path) -> None:
    handler = functools.partial(_Quiet, directory=str(site.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}/{site.name}"
        reader = Reader(chromium)
        reader.page.goto(f"{address}/en/search.html?words=shelling")
        reader.page.wait_for_selector("#found li")
        reader.page.goto(f"{address}/en/map.html")
        reader.page.wait_for_selector("#map[data-ready]")
        assert reader.complaints == []
        assert [url for url in reader.asked if not url.startswith(address)] == []
        reader.context.close()
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_said: object) -> None:
        """Nothing."""


def test_the_page_folds_words_as_the_program_does(chromium: "sync_api.Browser", site: Path) -> None:
    reader = Reader(chromium)
    reader.page.goto((site / "en" / "search.html").as_uri())
    letters = [
        chr(code) for first, end in SCRIPTED for code in range(first, end) if unicodedata.category(chr(code)) != "Cn"
    ]
    names = [name for place in places() for name in (place.name, place.name_en)][:6000]
    texts = [
        *letters,
        *(f"ب{letter}A" for letter in letters),
        *names,
        *OUTLETS,
        *ACTS,
        "١٢٣ ۴۵۶ ९",
        "ﷺ ﻻ ﬁ",
        "والرَّقـــة",
    ]
    assert len(texts) > 6000
    there = reader.page.evaluate("texts => texts.map(t => [tawthiqSearch.fold(t), tawthiqSearch.keys(t)])", texts)
    wrong = [text for text, got in zip(texts, there, strict=True) if got != [fold(text), keys_of(text)]]
    assert wrong == []
    reader.context.close()
