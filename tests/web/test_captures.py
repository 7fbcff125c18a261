"""Captures of one address in the browser: the list with what changed, and two of them side by side."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from served_archive import Desk
from tawthiq.archive.link_memory_run import relink
from tawthiq.archive.models import Capture
from tawthiq.archive.rebuilding import read_archive
from tawthiq.records.capture import Exchange
from tawthiq.store import ArchiveFolder

URL = "http://news.example/report"
BODY = "قتل ثلاثة مدنيين في قصف على سوق المدينة، وقال شهود إن القصف استمر ساعة كاملة ولم تعلن أي جهة مسؤوليتها."
MORE = "وأضاف المصدر أن فرق الإسعاف نقلت الجرحى إلى مشفى المدينة بعد توقف القصف بساعات، وأن البحث مستمر تحت الأنقاض."


def html(body: str = BODY, menu: str = "1", title: str = "قصف على السوق") -> bytes:
    return (
        f"<html lang=ar><body><nav><a href=/>قسم {menu}</a></nav><article><h1>{title}</h1><p>{body}</p><p>{MORE}</p></article>"
        "</body></html>"
    ).encode()


def keep(folder: ArchiveFolder, payload: bytes, hour: int, *, status: str = "200 OK", url: str = URL) -> None:
    exchange = Exchange(
        url=url,
        method="GET",
        started=datetime(2026, 11, 20, tzinfo=UTC) + timedelta(hours=hour),
        request_line="GET /report HTTP/1.1",
        request_headers=(("Host", "news.example"),),
        status_line=f"HTTP/1.1 {status}",
        response_headers=(("Content-Type", "text/html; charset=utf-8"),),
        payload=payload,
        server_address=None,
        tls=None,
        certificate=None,
    )
    folder.keep_exchanges(url, [exchange], {"address": url})


@pytest.fixture
def four(desk: Desk) -> Desk:
    """Four captures of one address (numbers 4 to 7): as it was, a menu changed, a number changed, gone."""
    keep(desk.folder, html(), 1)
    keep(desk.folder, html(menu="2"), 2)
    keep(desk.folder, html(BODY.replace("ثلاثة", "خمسة"), "2", "قصف على المخبز"), 3)
    keep(desk.folder, b"<p>none</p>", 4, status="404 Not Found")
    keep(desk.folder, html(), 5, url="http://news.example/other")
    read_archive(desk.folder, workers=1)
    return desk


def page(desk: Desk, path: str, language: str = "en") -> str:
    answer = desk.client(language).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_tells_what_changed_from_each_capture_to_the_next(four: Desk) -> None:
    told = page(four, "/evidence/5/captures/")
    assert "Captures: 4" in told
    gone, changed, menu, first = (told.index(words) for words in (
        "the server answered 404", "words removed: 1", "what stands around it changed", "The first capture of this address"
    ))  # fmt: skip
    assert gone < changed < menu < first


def test_the_list_tells_how_and_when_to_the_second_each_was_collected(four: Desk) -> None:
    told = page(four, "/evidence/5/captures/")
    assert told.count("fetched from the web") == 4
    assert "2026-11-20 02:00:00 UTC" in told


def test_an_older_capture_that_came_in_later_stands_before_those_made_after_it(four: Desk) -> None:
    keep(four.folder, html(menu="0"), 0)
    read_archive(four.folder, workers=1)
    told = page(four, "/evidence/5/captures/")
    first, came_late = told.index("2026-11-20 01:00:00 UTC"), told.index("2026-11-20 00:00:00 UTC")
    assert first < came_late < told.index("The first capture of this address")
    both = page(four, "/evidence/9/compare/4/")
    assert both.index("2026-11-20 00:00:00 UTC") < both.index("2026-11-20 01:00:00 UTC")


def test_a_copy_that_is_the_same_page_says_so(four: Desk) -> None:
    relink()
    told = page(four, "/reports/4/")
    assert told.count("the same page, collected:") == 2
    assert 'dir="ltr">2026-11-20 02:00:00 UTC' in told


def test_an_item_leads_to_the_captures_of_its_address(four: Desk) -> None:
    assert "Captures of this address: 4" in page(four, "/evidence/4/")
    assert "Captures of this address: 4" in page(four, "/reports/5/")
    assert "Captures of this address" not in page(four, "/evidence/8/")


def test_one_page_asked_for_over_http_and_https_is_one_address(desk: Desk) -> None:
    keep(desk.folder, html(), 1)
    keep(desk.folder, html(), 2, url="https://news.example/report")
    keep(desk.folder, html(), 3, url="https://news.example:8443/report")
    read_archive(desk.folder, workers=1)
    told = page(desk, "/evidence/5/captures/")
    assert "Captures: 2" in told
    assert told.count("asked for over http") == 1
    assert told.index("asked for over http") > told.index("this item")
    assert "asked for over http" not in page(desk, "/evidence/6/captures/")
    page(desk, "/evidence/4/compare/5/")


def test_removed_and_added_words_are_marked_by_elements_and_words(four: Desk) -> None:
    told = page(four, "/evidence/5/compare/6/")
    assert "removed: </span>ثلاثة</del>" in told
    assert "added: </span>خمسة</ins>" in told
    assert 'dir="rtl" lang="ar"' in told
    assert told.partition("<main")[2] == page(four, "/evidence/6/compare/5/").partition("<main")[2]


def test_a_report_that_did_not_change_says_so(four: Desk) -> None:
    told = page(four, "/evidence/4/compare/5/")
    assert "Nothing in the report changed" in told
    assert "<del" not in told.partition("In short")[2]


def test_a_page_that_is_gone_is_told_with_its_answer(four: Desk) -> None:
    assert "The page is gone: the server answered 404." in page(four, "/evidence/6/compare/7/")


def test_pages_not_read_yet_are_named(four: Desk) -> None:
    keep(four.folder, html(menu="9"), 9)
    read_archive(four.folder, workers=1)
    Capture.objects.filter(pk=9).update(state=Capture.State.UNREAD)
    from tawthiq.archive.models import Report  # noqa: PLC0415

    Report.objects.filter(pk=9).delete()
    assert "is not read yet" in page(four, "/evidence/6/compare/9/")


@pytest.mark.parametrize(
    "path", ["/evidence/1/captures/", "/evidence/99/captures/", "/evidence/4/compare/8/", "/evidence/4/compare/4/"]
)
def test_items_of_other_addresses_are_not_compared(four: Desk, path: str) -> None:
    assert four.client().get(path).status_code == 404


def test_strangers_see_none_of_it(four: Desk) -> None:
    for path in ("/evidence/4/captures/", "/evidence/4/compare/5/"):
        assert four.stranger().get(path).status_code == 302


def test_hostile_text_of_a_page_stays_text(desk: Desk) -> None:
    keep(desk.folder, html(), 1)
    keep(desk.folder, html(BODY + " &lt;script&gt;alert(1)&lt;/script&gt;"), 2)
    read_archive(desk.folder, workers=1)
    assert "<script>alert" not in page(desk, "/evidence/4/compare/5/")


def test_the_list_asks_as_many_questions_for_many_captures_as_for_few(desk: Desk) -> None:
    counted = []
    for most in (3, 8):
        for number in range(Capture.objects.filter(kind="url").count(), most):
            keep(desk.folder, html(f"{BODY} {number}"), number)
        read_archive(desk.folder, workers=1)
        client = desk.client()
        client.get("/evidence/4/captures/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/evidence/4/captures/")
        counted.append(len(queries))
    assert counted[0] == counted[1]
