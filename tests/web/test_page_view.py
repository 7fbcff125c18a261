"""The page taken apart: every zone and reason, kinds as links, dates side by side, comments folded, two opinions."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sample_archive import ARABIC, arabic_reading, page, words
from served_archive import Desk
from tawthiq.archive.models import Capture, Report, SecondOpinion
from tawthiq.archive.saving import save_report
from tawthiq.page.second_opinion import DISAGREES
from tawthiq.pipeline.read_capture import ReadCapture
from tawthiq.records.opinion import SecondOpinion as SecondOpinionRecord
from tawthiq.records.page import Comment, DateSource, Page, PageDate, Post, Sheet, SheetOrigin, Zone, ZoneKind
from tawthiq.records.span import Span

THEIRS = "الرئيسية | أخبار | رياضة\nوقال سكان إن غارة قتلت خمسة مدنيين بينهم طفلان قرب الصالحية في الرقة."


def save(number: int, made: Page, agreement: float | None = None, text: str = THEIRS) -> None:
    """A further report, with a second opinion where an agreement is told."""
    capture = Capture.objects.get(pk=1)
    capture.number, capture.identifier = number, made.id
    capture.save(force_insert=True)
    opinion = None if agreement is None else SecondOpinionRecord("trafilatura 0", text, agreement)
    save_report(capture, ReadCapture(made, replace(arabic_reading(made), id=made.id), opinion=opinion))


def shown(desk: Desk, address: str, language: str = "en") -> str:
    answer = desk.client(language).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_zone_stands_in_order_with_kind_reason_and_text(desk: Desk) -> None:
    html = shown(desk, "/reports/1/page/")
    kinds = re.findall(r'class="part is-(\w+)"', html)
    assert kinds == [kind.value for kind, _ in ARABIC]
    assert html.count("made by hand") == len(ARABIC)
    for _, text in ARABIC:
        assert text.strip() in html


def test_each_kind_bears_its_name_and_leads_to_its_zones_alone(desk: Desk) -> None:
    html = shown(desk, "/reports/1/page/")
    assert re.findall(r'href="\?kind=(\w+)"', html) == ["title", "byline", "date", "body", "comment", "navigation"]
    narrowed = shown(desk, "/reports/1/page/?kind=body")
    assert re.findall(r'class="part is-(\w+)"', narrowed) == ["body"]
    assert "Show the whole page" in narrowed
    assert len(re.findall(r'class="part is-', shown(desk, "/reports/1/page/?kind=nonsense"))) == len(ARABIC)


def test_characters_are_counted_by_kind_and_add_up_to_the_page(desk: Desk) -> None:
    html = shown(desk, "/reports/1/page/")
    counts = [int(number) for number in re.findall(r'kind-size">characters: (\d+)', html)]
    whole, *parts = counts
    assert whole == len(desk.arabic.text) == sum(parts)


def test_characters_without_a_zone_are_shown_as_other_text(desk: Desk) -> None:
    Report.objects.get(pk=1).zones.filter(kind="navigation").delete()
    html = shown(desk, "/reports/1/page/")
    assert re.findall(r'class="part is-(\w+)"', html)[0] == "other"
    assert "رياضة" in html


def test_comments_are_folded_and_lead_to_their_characters(desk: Desk) -> None:
    html = shown(desk, "/reports/1/page/")
    assert '<details class="part is-comment"><summary>' in html
    assert "never quoted" in html
    listed = html.split('class="comment-list"')[1].split("</details>")[0]
    assert "زائر" in listed
    at = re.search(r'href="/reports/1/page/\?at=(\d+)-(\d+)#at"', listed)
    assert at
    assert "كلام كراهية" in desk.arabic.text[int(at[1]) : int(at[2])]
    landed = shown(desk, f"/reports/1/page/?at={at[1]}-{at[2]}")
    assert '<details class="part is-comment" open>' in landed
    assert 'id="at"' in landed


def test_a_place_that_is_asked_for_is_on_the_part_that_is_shown(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tawthiq.web.views.page_view.ZONES_AT_ONCE", 2)
    first = shown(desk, "/reports/1/page/")
    assert re.findall(r'class="part is-(\w+)"', first) == ["navigation", "title"]
    body = desk.arabic.zones_of(ZoneKind.BODY)[0]
    landed = shown(desk, f"/reports/1/page/?at={body.start}-{body.end}")
    assert re.findall(r'class="part is-(\w+)"', landed) == ["body", "comment"]
    assert 'href="?page=1"' not in landed or "at=" not in landed.split('class="pager"')[1]


def test_dates_stand_side_by_side_and_a_disagreement_is_flagged(desk: Desk) -> None:
    assert "name different days" not in shown(desk, "/reports/1/page/")
    told = PageDate(date(2017, 6, 21), None, None, DateSource.METADATA, "2017-06-21T01:00:00Z")
    changed = PageDate(date(2017, 6, 25), None, None, DateSource.VISIBLE, "آخر تحديث ٢٥ حزيران")
    save(7, replace(desk.arabic, id="p7", published_metadata=told, updated=changed))
    html = shown(desk, "/reports/7/page/")
    assert html.count("name different days") == 1
    for words_of_it in (
        "٢٠ حزيران ٢٠١٧",
        "14:05 +03:00",
        "2017-06-21T01:00:00Z",
        "Last changed",
        "آخر تحديث ٢٥ حزيران",
    ):
        assert words_of_it in html


def test_a_date_of_metadata_alone_is_not_shown_as_one_of_the_page(desk: Desk) -> None:
    html = shown(desk, "/reports/2/page/")
    visible, metadata = re.findall(r"<dt>(?:On the page|In its metadata)</dt><dd>(.*?)</dd>", html)
    assert visible == "none found"
    assert "2017-06-21" in metadata


def test_values_notes_and_the_preserved_bytes_are_at_hand(desk: Desk) -> None:
    html = shown(desk, "/reports/1/page/")
    for value in ("محرر الموقع", "Reuters", "شبكة الضفة للتجربة", "utf-8", "the header said windows-1256"):
        assert value in html
    assert 'href="/evidence/1/payload" download' in html
    assert 'href="/reports/1/"' in html
    assert 'href="/reports/1/page/"' in shown(desk, "/reports/1/")


def test_posts_and_sheets_are_listed_with_what_is_known_of_them(desk: Desk) -> None:
    text = desk.arabic.text
    body = desk.arabic.zones_of(ZoneKind.BODY)[0]
    post = Post("شبكة الضفة", "@dhiffa", "35w", None, body)
    sheets = (
        Sheet(1, None, Span(0, 30), SheetOrigin.TEXT, None),
        Sheet(2, "iv", Span(30, len(text)), SheetOrigin.RECOGNIZED, 0.8764),
        Sheet(3, None, Span(len(text), len(text)), SheetOrigin.RECOGNIZED, None),
    )
    save(7, replace(desk.arabic, id="p7", posts=(post,), sheets=sheets))
    html = shown(desk, "/reports/7/page/")
    for words_of_it in ("@dhiffa", "35w", "no full date", "iv", "recognised from an image", "confidence 87%"):
        assert words_of_it in html
    assert f'href="/reports/7/page/?at={body.start}-{body.end}#at"' in html
    assert f"?at={len(text)}-{len(text)}" not in html
    assert "Posts" not in shown(desk, "/reports/1/page/")


def test_both_bodies_stand_side_by_side_with_the_words_marked_that_one_alone_has(desk: Desk) -> None:
    save(7, replace(desk.arabic, id="p7"), 0.5)
    html = shown(desk, "/reports/7/page/")
    assert "they agree to 50%" in html
    marked = [mark.strip() for mark in re.findall(r'<mark class="alone">([^<]*)</mark>', html)]
    assert "الرئيسية | أخبار | رياضة" in marked
    assert any("المتحدث" in mark or "أعلن متحدث" in mark for mark in marked)
    assert not any("خمسة مدنيين" in mark for mark in marked)
    assert "trafilatura 0" in html


def test_an_opinion_that_agrees_says_so_without_its_text(desk: Desk) -> None:
    save(7, replace(desk.arabic, id="p7"), 0.97)
    html = shown(desk, "/reports/7/page/")
    assert "The two agree" in html
    assert "A person should look" not in html
    assert not SecondOpinion.objects.get(pk=7).text


def test_a_page_without_an_opinion_says_why(desk: Desk) -> None:
    assert "it is asked about HTML pages only" in shown(desk, "/reports/1/page/")


def test_a_body_that_one_alone_found_is_no_agreement(desk: Desk) -> None:
    bare = page("p7", ((ZoneKind.NAVIGATION, "Menu\n"),), language="en")
    capture = Capture.objects.get(pk=1)
    capture.number, capture.identifier = 7, "p7"
    capture.save(force_insert=True)
    opinion = SecondOpinionRecord("trafilatura 0", "Two homes burned.", 0.0)
    reading = replace(arabic_reading(desk.arabic), id="p7", statements=(), events=())
    save_report(capture, ReadCapture(bare, reading, opinion=opinion))
    html = shown(desk, "/reports/7/page/")
    assert "It found no body." in html
    assert "Two homes burned." in html


@pytest.mark.parametrize("language", ["ar", "en"])
def test_it_opens_in_both_languages_without_script(desk: Desk, language: str) -> None:
    save(7, replace(desk.arabic, id="p7"), DISAGREES - 0.01)
    html = shown(desk, "/reports/7/page/", language)
    assert f'<html lang="{language}"' in html
    assert html.count("<script") == html.count(" defer></script>") == 1  # htmx, which no form needs
    assert "style=" not in html


def test_a_known_reason_is_told_in_arabic_and_an_unknown_one_as_it_was_recorded(desk: Desk) -> None:
    reasons = (
        "the main heading",
        "its wording (menu_start)",
        "a reader's comment, found by a heading",
        "brand new cue",
    )
    zones = tuple(
        Zone(zone.kind, zone.span, reason)
        for zone, reason in zip(desk.arabic.zones, (*reasons, *reasons), strict=False)
    )
    save(7, replace(desk.arabic, id="p7", zones=zones))
    html = shown(desk, "/reports/7/page/", "ar")
    assert "العنوان الرئيس" in html
    assert "صيغته (menu_start)" in html
    assert "تعليق قارئ، دلّ عليه: ترويسة" in html
    assert '<span lang="en" dir="ltr">brand new cue</span>' in html


def test_the_view_asks_the_same_number_of_queries_for_few_and_many_parts(desk: Desk) -> None:
    client = desk.client()
    save(7, replace(desk.arabic, id="p7"), 0.5)
    client.get("/reports/7/page/")
    with CaptureQueriesContext(connection) as few:
        client.get("/reports/7/page/")
    many_parts = tuple((ZoneKind.COMMENT, f"reader {number}: words\n") for number in range(300))
    many = page("p8", (*ARABIC, *many_parts))
    comments = tuple(Comment(f"reader {number}", None, zone.span) for number, zone in enumerate(many.zones[-300:]))
    save(8, replace(many, comments=comments), 0.5)
    client.get("/reports/8/page/")  # the first view of an item in an hour is logged
    with CaptureQueriesContext(connection) as queries:
        html = client.get("/reports/8/page/").content.decode()
    assert len(queries) == len(few)
    assert "The first 200 are listed" in html


def test_no_page_stands_where_no_report_is(desk: Desk) -> None:
    assert desk.client().get("/reports/999/page/").status_code == 404
    assert desk.stranger().get("/reports/1/page/").status_code == 302


def test_marks_of_the_address_that_name_nothing_are_harmless(desk: Desk) -> None:
    for nonsense in ("x", "5-2", "999999-9999999", "-1-2", "9" * 40 + "-1"):
        assert desk.client().get("/reports/1/page/", {"at": nonsense}).status_code == 200
    spoken = words(desk.arabic.text, "خمسة مدنيين").span
    assert 'id="at"' in shown(desk, f"/reports/1/page/?at={spoken.start}-{spoken.end}")
