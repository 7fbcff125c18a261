"""The evidence page of a browser's visit: pictures, parts, acts and lost requests, in both languages, never a live page."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image

from served_archive import Desk
from tawthiq.archive.captures import capture_of, take_in
from tawthiq.archive.models import Capture
from tawthiq.records.capture import Exchange
from tawthiq.records.visit import Act, Browser, Loss, PageVisit, Part, PartKind, Piece, Unrecorded

URL = "http://news.example/1"
NOW = datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC)


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def visited(desk: Desk) -> Capture:
    """An item that a browser visited."""
    answer = Exchange(
        url=URL,
        method="GET",
        started=NOW,
        request_line="GET /1 HTTP/1.1",
        request_headers=(),
        status_line="HTTP/1.1 200 OK",
        response_headers=(("Content-Type", "text/html"),),
        payload=b"<p>sent</p>",
        server_address=None,
        tls=None,
        certificate=None,
    )
    made = (
        Part(
            PartKind.DOM, f"urn:dom:{URL}", "text/html; charset=utf-8", b"<script>hostile</script>", NOW, "as rendered"
        ),
        Part(PartKind.FRAMED_SCREENSHOT, f"urn:framed-view:{URL}", "image/png", picture(), NOW, "<b>framed</b>"),
        Part(
            PartKind.SCREENSHOT,
            f"urn:view:{URL}",
            "image/png",
            b"<script>no picture</script>",
            NOW,
            "painted by the browser",
            Piece(number=2, count=3, first=1, end=9, height=20, width=8, shown_height=19, shown_width=8),
        ),
    )
    visit = PageVisit(
        asked=URL,
        final=URL,
        title="خبر",
        started=NOW,
        ended=NOW,
        browser=Browser("Chromium", "156.0", "ab" * 32, "Mozilla", 1280, 900, "ar"),
        exchanges=(answer,),
        main=0,
        parts=made,
        acts=(Act(NOW, "banner", 'pressed "<i>رفض</i>"'),),
        unrecorded=(Unrecorded("http://ads.example/<x>", "GET", Loss.BLOCKED, "not the page's"),),
        requests=2,
        cookies_sent=0,
        stopped="it went on",
    )
    capture = desk.folder.keep_visit(URL, visit, {})
    take_in(desk.folder)
    return Capture.objects.get(identifier=capture.id)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_visit_is_told_with_its_picture_and_hostile_words_are_escaped(
    desk: Desk, visited: Capture, language: str
) -> None:
    client = desk.client(language)
    covered = client.get(f"/evidence/{visited.pk}/").content.decode()
    assert "<img" not in covered
    assert f"/evidence/{visited.pk}/pictures/1" not in covered
    page = client.get(f"/evidence/{visited.pk}/?media=all").content.decode()
    assert f'src="/evidence/{visited.pk}/pictures/1"' in page
    assert "&lt;i&gt;رفض&lt;/i&gt;" in page
    assert "http://ads.example/%3Cx%3E" in page or "http://ads.example/&lt;x&gt;" in page
    assert "<b>framed</b>" not in page
    assert "it went on" in page
    assert "Chromium 156.0, 1280×900" in page


def test_what_was_made_and_done_is_told_in_the_readers_language(desk: Desk, visited: Capture) -> None:
    page = desk.client("ar").get(f"/evidence/{visited.pk}/").content.decode()
    assert "رسمها المتصفح" in page
    assert "painted by" not in page
    english = desk.client("en").get(f"/evidence/{visited.pk}/").content.decode()
    assert "Piece 2 of 3: pixels 1 to 9 of 20 from the top." in english
    assert "no more than 19 by 8 pixels" in english
    assert "<b>لافتة تحجب الصفحة</b>" in page


def test_only_pictures_are_shown_and_every_part_can_be_saved(desk: Desk, visited: Capture) -> None:
    client = desk.client()
    shown = client.get(f"/evidence/{visited.pk}/pictures/1")
    assert (shown["Content-Type"], shown.content) == ("image/png", picture())
    assert [client.get(f"/evidence/{visited.pk}/pictures/{number}").status_code for number in (0, 2, 3)] == [404] * 3
    parts = ((0, b"<script>hostile</script>"), (1, picture()), (2, b"<script>no picture</script>"))
    for number, body in parts:
        saved = client.get(f"/evidence/{visited.pk}/parts/{number}")
        assert (saved["Content-Type"], saved.content) == ("application/octet-stream", body)
        assert saved["Content-Disposition"].startswith("attachment")


def test_parts_that_are_not_there_and_strangers_are_refused(desk: Desk, visited: Capture) -> None:
    assert desk.client().get(f"/evidence/{visited.pk}/parts/3").status_code == 404
    assert desk.client().get("/evidence/1/parts/0").status_code == 404
    assert desk.stranger().get(f"/evidence/{visited.pk}/parts/1").status_code == 302
    assert desk.stranger().get(f"/evidence/{visited.pk}/pictures/1").status_code == 302


def test_changed_part_is_not_given_out(desk: Desk, visited: Capture) -> None:
    with desk.folder as folder:
        place = folder.visit_facts(capture_of(visited))["parts"][1]
    file = desk.folder.path / visited.path
    data = bytearray(file.read_bytes())
    data[place["offset"] + place["length"] - 6] ^= 1  # inside the gzip member's check sum
    file.write_bytes(data)
    assert desk.client().get(f"/evidence/{visited.pk}/parts/1").status_code == 500
    assert desk.client().get(f"/evidence/{visited.pk}/").status_code == 200
