"""What the pages show, to whom, and with how many queries."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sample_archive import english_reading, page
from served_archive import INCIDENT, Desk
from tawthiq.archive.models import Capture, Report
from tawthiq.archive.saving import save_report
from tawthiq.pipeline.read_capture import ReadCapture
from tawthiq.records.page import ZoneKind

PAGES = (
    "/reports/", "/reports/1/", "/reports/2/", "/statements/", "/incidents/", f"/incidents/{INCIDENT}/", "/search/?words=الرقة",
    "/search/", "/evidence/", "/reports/1/page/", "/review/pages/", "/evidence/1/", "/evidence/3/", "/about/",
)  # fmt: skip


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_in_its_language_and_direction(desk: Desk, path: str, language: str) -> None:
    answer = desk.client(language).get(path)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in html
    assert "<script>" not in html
    assert "style=" not in html


def test_a_report_in_a_language_that_is_not_read_says_so_instead_of_showing_an_empty_reading(desk: Desk) -> None:
    Report.objects.filter(pk=2).update(language="fa")
    Report.objects.get(pk=2).events.all().delete()
    html = desk.client("en").get("/reports/2/").content.decode()
    assert "does not read this language" in html
    assert "No event was read" not in html
    assert "does not read" not in desk.client("en").get("/reports/1/").content.decode()


@pytest.mark.parametrize("path", [*PAGES, "/evidence/1/payload", "/sign-out/"])
def test_nobody_sees_anything_before_signing_in(desk: Desk, path: str) -> None:
    answer = desk.stranger().get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {1, 2}), ("language=ar", {1}), ("language=en", {2}), ("outlet=Test+Wire", {2}), ("act=airstrike", {1, 2}),
        ("act=other", {1}), ("actor=coalition", {1}), ("first=2017-06-21", {2}), ("last=2017-06-20", {1}),
        ("words=الرقه", {1}), ("words=strike&language=ar", set()), ("language=xx&first=nonsense", {1, 2}), ("page=99", {1, 2}),
    ],
)  # fmt: skip
def test_filters_of_the_address_narrow_the_list(desk: Desk, query: str, shown: set[int]) -> None:
    html = desk.client().get(f"/reports/?{query}").content.decode()
    assert {int(number) for number in re.findall(r'href="/reports/(\d+)/"', html)} == shown


@pytest.mark.parametrize("path", ["/reports/", "/statements/", "/incidents/", "/evidence/", "/search/?words=strike"])
def test_lists_ask_the_same_number_of_queries_for_two_and_for_thirty_items(desk: Desk, path: str) -> None:
    client = desk.client()
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for number in range(10, 40):
        _add_report(number)
    with CaptureQueriesContext(connection) as many:
        client.get(path)
    assert len(many) <= len(few)


def _add_report(number: int) -> None:
    capture = Capture.objects.get(pk=2)
    capture.number, capture.identifier = number, f"copy-{number}"
    capture.save(force_insert=True)
    copy = page(
        capture.identifier, ((ZoneKind.BODY, "An air strike killed seven people near Raqqa.\n"),), language="en"
    )
    save_report(capture, ReadCapture(copy, english_reading(copy)))


def test_every_value_of_a_reading_links_to_characters_that_stand_in_the_text(desk: Desk) -> None:
    html = desk.client().get("/reports/1/").content.decode()
    targets = set(re.findall(r'class="value [^"]*" href="#([^"]+)"', html))
    assert len(targets) >= 14
    landings = set(re.findall(r'<span class="landing" id="([^"]+)">', html))
    assert targets <= landings


def test_the_first_piece_of_a_value_is_its_own_characters(desk: Desk) -> None:
    html = desk.client().get("/reports/1/").content.decode()
    landed = html.split('id="e1-count-1"')[1]
    assert re.search(r"<mark[^>]*>(خمسة مدنيين)</mark>", landed)


def test_labels_of_the_interface_keep_their_direction_inside_an_arabic_report(desk: Desk) -> None:
    html = desk.client().get("/reports/1/").content.decode()
    labels = re.findall(r'<(?:summary|h2 class="zone-label") lang="en">(.*?)</(?:summary|h2)>', html)
    assert any(label.endswith("Open only if you need to.</bdi>") for label in labels)
    assert all(label.startswith("<bdi>") and label.endswith("</bdi>") for label in labels)


def test_comments_are_folded_behind_a_warning_and_readable_zones_are_not(desk: Desk) -> None:
    html = desk.client().get("/reports/1/").content.decode()
    comment = html.index("كلام كراهية")
    assert html.rfind('<details class="zone zone-comment">', 0, comment) > html.rfind("</details>", 0, comment)
    assert "they may insult or incite" in html
    assert '<section class="zone zone-body">' in html
    assert '<details class="zone zone-navigation">' in html


def test_an_open_place_and_an_open_date_say_that_they_are_open(desk: Desk) -> None:
    html = desk.client().get("/reports/1/").content.decode()
    assert "left open: 2 places bear this name" in html
    assert html.count("left open") >= 2


def test_the_report_page_shows_where_its_evidence_is(desk: Desk) -> None:
    capture = Capture.objects.get(pk=1)
    html = desk.client().get("/reports/1/").content.decode()
    for fact in (capture.identifier, capture.sha256, capture.path, "heron", "the header said windows-1256"):
        assert fact in html


def test_an_address_can_ask_for_characters_to_be_marked(desk: Desk) -> None:
    at = desk.english.text.index("seven people")
    html = desk.client().get(f"/reports/2/?at={at}-{at + 5}").content.decode()
    assert 'id="at"' in html
    for nonsense in ("x", "5-2", "999999-9999999", "-1-2", "1-2-3", "9" * 40 + "-1"):
        assert desk.client().get("/reports/2/", {"at": nonsense}).status_code == 200


def test_reports_after_the_last_linking_are_told(desk: Desk) -> None:
    _add_report(50)
    assert "Reports read since the last linking: 1" in desk.client().get("/incidents/").content.decode()


def test_empty_lists_say_what_to_do_next(desk: Desk) -> None:
    Report.objects.all().delete()
    assert "tawthiq collect" in desk.client().get("/reports/").content.decode()
    assert "tawthiq read" in desk.client().get("/statements/").content.decode()


@pytest.mark.parametrize(
    "path", ["/reports/999/", "/incidents/999/", "/evidence/999/", "/evidence/999/payload", "/nowhere"]
)
@pytest.mark.parametrize(
    ("language", "words"), [("en", "Nothing stands at this address"), ("ar", "لا شيء في هذا العنوان")]
)
def test_addresses_that_lead_nowhere_say_so(desk: Desk, path: str, language: str, words: str) -> None:
    answer = desk.client(language).get(path)
    assert answer.status_code == 404
    assert words in answer.content.decode()


def test_a_fault_of_the_program_is_told_in_both_languages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("tawthiq.web.views.search.Results", fails)
    client = desk.client()
    client.raise_request_exception = False
    answer = client.get("/search/?words=x")
    assert answer.status_code == 500
    assert "The program failed on this page" in answer.content.decode()
    assert "تعطّل البرنامج" in answer.content.decode()
    assert "a fault of ours" not in answer.content.decode()
