"""What is made from a page as it stands: rendered documents, the whole page as pictures, plain and framed, and as PDF.

The framed picture carries address asked, final address, UTC time and the digest of the plain one (Berkeley Protocol,
paragraph 155).
Each part says in `converted` how it came about. A part that the browser refuses to make is left out and told.
"""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any

from playwright.sync_api import Error as BrowserError

from tawthiq.capture.browser.behaviours import Diary
from tawthiq.capture.browser.framing import Frame, framed
from tawthiq.capture.browser.worlds import World, Worlds
from tawthiq.records.errors import TawthiqError
from tawthiq.records.visit import Part, PartKind, Piece

HTML = "text/html; charset=utf-8"
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
# Chromium paints nothing, or the same piece again, beyond 16,384 device pixels at once.
TILE = 12_000
TALLEST = 60_000
WIDEST = 4_000
BLANK = frozenset({"", "about:blank"})


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page is, as the frame of its picture tells: addresses as asked and in the end, and the browser."""

    asked: str
    final: str
    browser: str


def documents(worlds: Worlds, diary: Diary) -> Iterator[Part]:
    """The rendered page and its frames, as HTML. A page that is no HTML (a picture, a text) has none."""
    frames = 0
    for world in _worlds(worlds, diary):
        try:
            facts, text = world.call("facts"), world.call("serialised")
        except BrowserError as error:
            if world.is_top:
                diary.note("dom", f"the rendered page could not be had ({_why(error)})")
                return
            continue
        if world.is_top and facts["type"] not in HTML_TYPES:
            return
        if not world.is_top and (facts["address"] in BLANK and facts["elements"] <= 3):
            continue
        if not text:
            diary.note("dom", f"a document was empty: {facts['address']}")
            continue
        frames += not world.is_top
        yield _document(world, facts, text, frames)


def _worlds(worlds: Worlds, diary: Diary) -> list[World]:
    try:
        return worlds.all()
    except BrowserError as error:
        diary.note("dom", f"the rendered page could not be had ({_why(error)})")
        return []


def _document(world: World, facts: dict[str, Any], text: str, number: int) -> Part:
    address = facts["address"]
    shadows = f", {facts['shadows']} open shadow trees as templates" if facts["shadows"] else ""
    return Part(
        kind=PartKind.DOM if world.is_top else PartKind.FRAME_DOM,
        target=f"urn:dom:{address}" if world.is_top else f"urn:frame:{number}:{address}",
        content_type=HTML,
        data=text.encode("utf-8", "replace"),
        made=datetime.now(UTC),
        converted=f"the document as rendered, serialised by the browser as UTF-8{shadows}; not as received",
    )


def photographs(worlds: Worlds, seen: Seen, diary: Diary) -> Iterator[Part]:
    """The whole page as PNG, and the same in a frame; a tall page in several, one too tall cut at TALLEST pixels."""
    try:
        top = worlds.top()
        facts = top.call("facts")
        width, height = min(facts["width"], WIDEST), min(facts["height"], TALLEST)
        tiles = [(at, min(TILE, height - at)) for at in range(0, height, TILE)]
        for number, (at, length) in enumerate(tiles, start=1):
            image = _painted(worlds, width, at, length)
            moment = datetime.now(UTC)
            piece = Piece(number, len(tiles), at, at + length, facts["height"], facts["width"], height, width)
            place = f"{'' if number == 1 else f'{number}:'}{seen.final}"
            how = f"painted by the browser{_told(piece)}"
            yield Part(PartKind.SCREENSHOT, f"urn:view:{place}", "image/png", image, moment, how, piece)
            frame = Frame(seen.asked, seen.final, moment, seen.browser, number, len(tiles))
            how = f"the plain picture{_told(piece)} under a band drawn by Tawthiq: addresses, UTC time, its SHA-256"
            view = f"urn:framed-view:{place}"
            yield Part(PartKind.FRAMED_SCREENSHOT, view, "image/png", framed(image, frame), moment, how, piece)
    except (BrowserError, TawthiqError) as error:
        diary.note("screenshot", f"no (further) picture could be made ({_why(error)})")


def _painted(worlds: Worlds, width: int, at: int, height: int) -> bytes:
    clip = {"x": 0, "y": at, "width": max(1, width), "height": max(1, height), "scale": 1}
    answer = worlds.session.send(
        "Page.captureScreenshot",
        {"format": "png", "clip": clip, "captureBeyondViewport": True, "optimizeForSpeed": True},
    )
    return base64.b64decode(answer["data"])


def _told(piece: Piece) -> str:
    """Which piece of the page a picture shows, in words for the record, where it does not show the whole."""
    parts = []
    if piece.count > 1:
        parts.append(
            f"piece {piece.number} of {piece.count}, from pixel {piece.first} to {piece.end} of {piece.height}"
        )
    if piece.height > piece.shown_height and piece.number == piece.count:
        parts.append(f"what lies below pixel {piece.shown_height} is cut off")
    if piece.width > piece.shown_width:
        parts.append(f"what lies beyond pixel {piece.shown_width} is cut off")
    return f" ({'; '.join(parts)})" if parts else ""


def printed(worlds: Worlds, seen: Seen, diary: Diary) -> Iterator[Part]:
    """The page as PDF on A4, address and UTC time on every sheet, laid out by the page's own rules for printing."""
    moment = datetime.now(UTC)
    told = "font:7pt sans-serif;width:100%;padding:0 10mm;direction:ltr;unicode-bidi:isolate;overflow-wrap:anywhere"
    moved = f"<br>asked as {escape(seen.asked[:300])}" if seen.asked != seen.final else ""
    header = f'<div style="{told}"><bdi>{escape(seen.final[:500])}</bdi>{moved}</div>'
    footer = (
        f'<div style="{told}">{moment:%Y-%m-%d %H:%M:%S} UTC · {escape(seen.browser)} · '
        '<span class="pageNumber"></span>/<span class="totalPages"></span></div>'
    )
    layout = {
        "displayHeaderFooter": True,
        "headerTemplate": header,
        "footerTemplate": footer,
        "printBackground": True,
        "paperWidth": 8.27,
        "paperHeight": 11.69,
        "marginTop": 0.8,
        "marginBottom": 0.6,
        "marginLeft": 0.4,
        "marginRight": 0.4,
    }
    try:
        data = base64.b64decode(worlds.session.send("Page.printToPDF", layout)["data"])
    except BrowserError as error:
        diary.note("pdf", f"no PDF could be made ({_why(error)})")
        return
    how = "printed by the browser on A4 by the page's own rules for printing; address and UTC time in the margins"
    yield Part(PartKind.PDF, f"urn:pdf:{seen.final}", "application/pdf", data, moment, how)


def _why(error: Exception) -> str:
    text = error.message if isinstance(error, BrowserError) else str(error)
    return text.partition("\n")[0][:200]
