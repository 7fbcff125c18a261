"""Parts made of a page, on answers of a browser that are made up: pieces, refusals, addresses told in the right place."""

import base64
from io import BytesIO
from typing import Any

from PIL import Image
from playwright.sync_api import Error as BrowserError

from tawthiq.capture.browser.behaviours import Diary
from tawthiq.capture.browser.pictures import TALLEST, TILE, Seen, documents, photographs, printed
from tawthiq.records.visit import PartKind

SEEN = Seen("http://news.example/old", "http://news.example/<1>", "Chromium 156")


class Browser:
    """Worlds and session in one: `facts` are those of the page, `refuses` names commands that fail."""

    is_top = True

    def __init__(self, refuses: tuple[str, ...] = (), **facts: object) -> None:
        page = {"address": SEEN.final, "type": "text/html", "width": 20, "height": 10, "shadows": 0, "elements": 9}
        self._facts = {**page, **facts}
        self._refuses = refuses
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.session = self

    def top(self) -> "Browser":
        return self

    def all(self) -> list["Browser"]:
        return [self]

    def call(self, function: str) -> Any:
        if function in self._refuses:
            raise BrowserError("refused")
        return self._facts if function == "facts" else self._facts.get("html", "<p>\ud800نص</p>")

    def send(self, method: str, parameters: dict[str, Any]) -> dict[str, str]:
        if method in self._refuses:
            raise BrowserError("refused\nand more")
        self.asked.append((method, parameters))
        clip = parameters.get("clip", {"width": 1, "height": 1})
        out = BytesIO()
        Image.new("RGB", (clip["width"], clip["height"])).save(out, "PNG")
        return {"data": base64.b64encode(out.getvalue()).decode()}


def test_tall_page_is_painted_in_pieces_that_join_and_is_cut_at_the_bound() -> None:
    browser = Browser(height=TALLEST + 5)
    parts = list(photographs(browser, SEEN, Diary()))  # type: ignore[arg-type]
    clips = [parameters["clip"] for _, parameters in browser.asked]
    assert [(clip["y"], clip["height"]) for clip in clips] == [(at, TILE) for at in range(0, TALLEST, TILE)]
    assert len(parts) == 2 * len(clips)
    assert len({part.target for part in parts}) == len(parts)
    assert "cut off" in parts[-1].converted
    assert "cut off" not in parts[0].converted


def test_what_the_browser_refuses_is_left_out_and_told() -> None:
    diary = Diary()
    browser = Browser(("Page.captureScreenshot", "Page.printToPDF", "serialised"))
    made = [
        *documents(browser, diary),  # type: ignore[arg-type]
        *photographs(browser, SEEN, diary),  # type: ignore[arg-type]
        *printed(browser, SEEN, diary),  # type: ignore[arg-type]
    ]
    assert made == []
    assert [act.behaviour for act in diary.acts] == ["dom", "screenshot", "pdf"]
    assert all("(refused)" in act.detail for act in diary.acts)


def test_only_html_has_a_rendered_document_and_an_empty_one_is_told() -> None:
    diary = Diary()
    assert list(documents(Browser(type="image/png"), diary)) == []  # type: ignore[arg-type]
    assert list(documents(Browser(html=""), diary)) == []  # type: ignore[arg-type]
    (part,) = documents(Browser(), diary)  # type: ignore[arg-type]
    assert (part.kind, part.target, part.data.decode()) == (PartKind.DOM, f"urn:dom:{SEEN.final}", "<p>?نص</p>")
    assert [act.behaviour for act in diary.acts] == ["dom"]


def test_sheets_of_the_pdf_tell_both_addresses_and_the_time_without_their_markup() -> None:
    browser = Browser()
    (part,) = printed(browser, SEEN, Diary())  # type: ignore[arg-type]
    ((_, layout),) = browser.asked
    assert "http://news.example/&lt;1&gt;" in layout["headerTemplate"]
    assert SEEN.asked in layout["headerTemplate"]
    assert f"{part.made:%Y-%m-%d %H:%M:%S} UTC" in layout["footerTemplate"]
