# ruff: noqa: E501, PT017 (sample markup reads better unbroken)
from datetime import date, time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawthiq.page import anatomy
from tawthiq.page.contract import page_from_json, page_to_json
from tawthiq.page.painting import is_partition
from tawthiq.page.tree import parse
from tawthiq.records.errors import UnreadableCapture, UnreadableInput
from tawthiq.records.page import DateSource, Page, ZoneKind

FIRST = "قال شهود من أهالي البلدة إن القصف طال السوق الشعبي ظهر اليوم وأوقع ضحايا بين المتسوقين."
SECOND = "وأضاف الشهود أن فرق الإسعاف وصلت إلى المكان بعد نحو نصف ساعة من سقوط القذائف الأولى."
PARTS = ("<div class='comment'>", "</div>", "<p>", "<h1>", "</h1>", "كلمة ", "3 تعليقات", "12 آذار 2020", "&amp;", "<br>", "<a href=x>", "</a>", "[ads3]", "\n", " ", "<table><tr><td>", "<!-- x -->", "<script>x</script>", "<li>", "أحمد علي", "(رويترز)", "\u202e")  # fmt: skip


def article(head: str = "", before: str = "", after: str = "") -> Page:
    source = (
        f"<html><head>{head}</head><body><div id='top'>أهلا</div><article><h1>قصف على سوق البلدة</h1>{before}"
        f"<p>{FIRST}</p><p>{SECOND}</p>{after}</article></body></html>"
    )
    return anatomy(source.encode(), id="page", url="https://www.example.org/a")


@given(st.lists(st.sampled_from(PARTS), max_size=60).map("".join))
@settings(max_examples=150, deadline=None)
def test_zones_partition_the_text_whatever_the_markup(markup: str) -> None:
    page = anatomy(("<html><body>" + markup + "<p>x</p>").encode(), id="h")
    assert is_partition(page.zones, len(page.text))
    assert page_from_json(page_to_json(page)) == page
    assert all(comment.span.end <= len(page.text) for comment in page.comments)


@given(st.binary(min_size=1, max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_taken_apart_or_refused_with_advice(data: bytes) -> None:
    try:
        page = anatomy(data, id="bytes")
    except UnreadableCapture as error:
        assert error.advice
    else:
        assert is_partition(page.zones, len(page.text))


def test_every_visible_character_is_kept_in_reading_order_and_nothing_else() -> None:
    tree = parse(
        "<body><p>one <b>two</b>\n  three</p><script>no</script><div hidden>no</div><ul><li>four<li>five</ul>six<br>seven"
    )
    assert tree.text == "one two three\nfour\nfive\nsix\nseven"


def test_body_title_and_outlet_are_found() -> None:
    page = article()
    assert (page.title, page.body, page.outlet, page.language) == (
        "قصف على سوق البلدة",
        f"{FIRST}\n{SECOND}",
        "example.org",
        "ar",
    )


def test_the_site_name_is_taken_off_a_title_that_is_not_visible() -> None:
    source = f"<html><head><title>خبر من البلدة | نافذة السهل</title><meta property='og:site_name' content='نافذة السهل'></head><body><p>{FIRST}</p>"
    assert anatomy(source.encode(), id="t").title == "خبر من البلدة"


def test_the_displayed_date_is_kept_with_its_clock_beside_the_one_in_metadata() -> None:
    head = "<meta property='article:published_time' content='2021-03-14T22:30:00+00:00'>"
    page = article(head, "<div class='info'>الإثنين 15 آذار 2021 - 01:30</div>")
    assert page.published is not None
    assert (page.published.day, page.published.clock, page.published.source) == (
        date(2021, 3, 15),
        time(1, 30),
        DateSource.VISIBLE,
    )
    assert page.published_metadata is not None
    assert (page.published_metadata.day, page.published_metadata.zone) == (date(2021, 3, 14), "+00:00")
    assert any("metadata says 2021-03-14" in note for note in page.notes)


@pytest.mark.parametrize("value", ["2021", "2021-03", "Mon", "", "0000-00-00", "15/3"])
def test_anything_less_than_a_full_day_is_no_date(value: str) -> None:
    assert article(f"<meta property='article:published_time' content='{value}'>").published is None


def test_the_day_of_the_visit_in_a_top_bar_is_not_taken() -> None:
    source = f"<html><body><div class='topbar'>السبت 19 شباط 2022</div><div><h1>قصف على السوق</h1><p>{FIRST}</p><p>{SECOND}</p></div>"
    assert anatomy(source.encode(), id="bar").published is None


@pytest.mark.parametrize(
    ("line", "name"),
    [("<span class='author'>سلمى الحمصي</span>", "سلمى الحمصي"), ("<p>بقلم: سلمى الحمصي</p>", "سلمى الحمصي"),
     ("<span class='author'>هيئة التحرير</span>", None), ("<span class='author'>وكالة رويترز</span>", None),
     ("<span class='author'>admin</span>", None), ("<div class='byline'>By Mary Stone</div>", "Mary Stone")],
)  # fmt: skip
def test_a_byline_names_a_person_or_nobody(line: str, name: str | None) -> None:
    assert article(before=line).byline == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("--(بترا)", "Petra"),
        ("(أ ف ب)", "AFP"),
        ("(ANADOLU)", "Anadolu"),
        ("المصدر: رويترز", "Reuters"),
        ("وكالات", None),
    ],
)
def test_an_agency_credit_is_its_own_zone(line: str, name: str | None) -> None:
    page = article(after=f"<p>{line}</p>")
    assert page.agency == name
    assert len(page.zones_of(ZoneKind.AGENCY)) == 1


def test_a_dateline_credits_the_agency() -> None:
    source = f"<html><body><article><h1>قصف على السوق</h1><p>دمشق-سانا</p><p>{FIRST}</p><p>{SECOND}</p></article>"
    assert anatomy(source.encode(), id="d").agency == "SANA"


def test_a_shortcode_inside_a_paragraph_is_an_ad_and_its_characters_are_kept() -> None:
    page = article(after=f"<p>{SECOND}[ads3]</p>")
    assert [span.of(page.text) for span in page.zones_of(ZoneKind.AD)] == ["[ads3]"]
    assert "[ads3]" not in page.body


def test_related_headlines_and_share_bars_inside_the_article_are_left_out() -> None:
    page = article(after="<p>اقرأ أيضاً</p><p><a href='/x'>خبر آخر عن البلدة المجاورة</a></p><p>شارك الخبر</p>")
    assert page.body == f"{FIRST}\n{SECOND}"
    assert page.zones_of(ZoneKind.RELATED)


def test_a_contract_that_is_broken_is_named() -> None:
    value = page_to_json(article())
    for broken in (
        {**value, "schema": "x"},
        {**value, "zones": [{}]},
        {key: value[key] for key in value if key != "text"},
    ):
        with pytest.raises(UnreadableInput):
            page_from_json(broken)


def test_body_zones_neither_begin_nor_end_with_white_space() -> None:
    page = article(after="<div class='share'>شارك</div><p>" + SECOND + "</p>")
    spans = page.zones_of(ZoneKind.BODY)
    assert all(span.of(page.text) == span.of(page.text).strip() for span in spans)
    assert all(first.end <= second.start for first, second in pairwise(spans))


def test_the_title_tag_names_the_outlet_when_nothing_else_does() -> None:
    page = article("<title>قصف على سوق البلدة - صوت السهل</title>")
    assert page.outlet == "صوت السهل"


def test_a_line_that_signs_and_dates_is_no_body() -> None:
    line = "<div>By Mary Stone | Published: 26 May 2015 19:04 GMT | Updated: 27 May 2015</div>"
    page = article(before=line)
    assert page.body == f"{FIRST}\n{SECOND}"
    assert page.published is not None
    assert (page.published.day, page.published.zone, page.byline) == (date(2015, 5, 26), "GMT", "Mary Stone")
