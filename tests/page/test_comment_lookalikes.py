# ruff: noqa: E501 (sample markup reads better unbroken)
"""What looks like readers' comments and is none: reports by the hour, interviews, lists of reports, rules, widgets."""

import pytest

from tawthiq.page import anatomy
from tawthiq.records.page import Page, ZoneKind

BODY = (
    "قررت لجنة المياه في السهل الغربي إغلاق البئر الكبيرة ثلاثة أيام لتنظيفها قبل موسم الري المقبل.",
    "وقال رئيس اللجنة إن صهاريج ستنقل الماء إلى القرى الأربع، وإن كل بيت سيحصل على مئتي لتر في اليوم.",
    "وكانت البئر قد أغلقت مرتين في العام الماضي بعد أن تعطلت مضختها واشتكى المزارعون من طعم الماء.",
)


def page_with(more: str, body: tuple[str, ...] = BODY) -> Page:
    paragraphs = "".join(f"<p>{line}</p>" for line in body)
    return anatomy(
        f"<html><head><title>إغلاق البئر - أخبار السهل</title></head><body><div class='main'><h1>إغلاق البئر</h1>"
        f"<div class='text'>{paragraphs}{more}</div></div></body></html>".encode(),
        id="x",
    )


def test_reports_by_the_hour_stay_in_the_body() -> None:
    entries = "".join(
        f"<div><div><b>{name}</b> <i>{hour}:{hour + 5}</i></div><p>وصل الصهريج رقم {hour} إلى قرية التل وأفرغ حمولته أمام المدرسة القديمة.</p></div>"
        for hour, name in zip(range(10, 18), ("مراسل أول", "مراسل ثان") * 4, strict=True)
    )
    page = page_with(entries)
    assert page.comments == ()
    assert all(f"رقم {hour} " in page.body for hour in range(10, 18))


def test_an_interview_with_names_stays_in_the_body() -> None:
    turns = "".join(
        f"<p><b>{who}:</b> {said}</p>"
        for who, said in (
            ("السائل", "متى تعود البئر إلى العمل بحسب خطتكم الحالية؟"),
            ("رئيس اللجنة", "نأمل أن تعود صباح الخميس إذا انتهى تنظيف القاع في موعده."),
            ("السائل", "ومن يدفع ثمن الصهاريج التي تنقل الماء إلى القرى؟"),
            ("رئيس اللجنة", "تدفعه البلدية من صندوق الطوارئ، ولن يدفع الأهالي شيئاً."),
        )
    )
    page = page_with(turns)
    assert page.comments == ()
    assert "تدفعه البلدية من صندوق الطوارئ" in page.body


def test_teasers_of_other_reports_with_authors_and_dates_are_no_comments() -> None:
    teasers = "".join(
        f"<div><h3><a href='/r{n}'>تقرير جديد عن مياه القرى في السهل الغربي {n}</a></h3><div><span>كاتب رقم {n}</span> <i>{n} آذار 2021</i></div>"
        f"<p>مقتطف قصير من التقرير يحكي عن الآبار والصهاريج في القرى.</p></div>"
        for n in range(3, 9)
    )
    page = page_with(f"</div><div>{teasers}")
    assert page.comments == ()


def test_a_list_of_the_latest_comments_on_other_pages_is_no_section() -> None:
    items = "".join(
        f"<li class='recentcomments'><span>زائر {n}</span> على <a href='/p{n}'>خبر قديم رقم {n}</a></li>"
        for n in range(5)
    )
    page = page_with(f"</div><aside><h3>أحدث التعليقات</h3><ul id='recentcomments'>{items}</ul></aside><div>")
    assert page.comments == ()
    assert page.body == "\n".join(BODY)


@pytest.mark.parametrize(
    "rules",
    [
        "التعليقات المنشورة لا تعبر عن رأي الموقع وإنما تعبر عن رأي أصحابها فقط.",
        "نحتفظ بحق حذف التعليقات التي تخالف آداب الحوار أو تحرض على العنف.",
        "Die Kommentare geben nicht die Meinung der Redaktion wieder.",
        "Los comentarios publicados son responsabilidad de sus autores.",
    ],
)
def test_rules_for_commenting_are_no_comment(rules: str) -> None:
    page = page_with(f"</div><div class='comments'><h3>اترك تعليقاً</h3><p>{rules}</p></div><div>")
    assert page.comments == ()
    assert page.body == "\n".join(BODY)


def test_counters_below_many_teasers_open_no_section() -> None:
    teasers = "".join(
        f"<div><h4><a href='/q{n}'>خبر آخر عن القرى والمزارع رقم {n}</a></h4><p>سطر طويل من خبر آخر عن قرية أخرى في السهل الشرقي البعيد {n}.</p><span>{n} تعليقات</span></div>"
        for n in range(4, 9)
    )
    assert page_with(f"</div><div>{teasers}").comments == ()


def test_the_first_post_of_a_thread_is_the_body_and_the_answers_are_comments() -> None:
    posts = "".join(
        f"<article class='post'><div class='post-head'><span>{name}</span> <span>2017-08-1{n} 10:15</span></div><div class='post-body'>{text}</div></article>"
        for n, (name, text) in enumerate((("Peter2", BODY[0]), ("فريد", BODY[1]), ("owen", BODY[2])))
    )
    page = anatomy(f"<body><h1>سؤال عن البئر</h1>{posts}</body>".encode(), id="t")
    assert page.body == BODY[0]
    assert [comment.author for comment in page.comments] == ["فريد", "owen"]


def test_a_comment_section_keeps_its_buttons_and_counters_out_of_the_comments() -> None:
    items = "".join(
        f"<div class='c'><span>{name}</span><span>{n} نيسان 2020 - 11:30</span><p>رأي من قارئ لا يعجبه ما كتب هنا أبداً.</p><button>أعجبني</button><button>رد</button><span>{n}</span></div>"
        for n, name in ((5, "سعاد"), (6, "مازن"), (7, "هدى"))
    )
    page = page_with(f"</div><section><h2>3 تعليقات</h2>{items}</section><div>")
    assert {comment.span.of(page.text) for comment in page.comments} == {"رأي من قارئ لا يعجبه ما كتب هنا أبداً."}
    assert [comment.author for comment in page.comments] == ["سعاد", "مازن", "هدى"]
    assert page.zones_of(ZoneKind.COMMENT)


PLACES = ("ساحة البلدة", "سوق الخضار", "حي النهر", "جسر الوادي")
PEOPLE = ("سامر العلي", "هدى المصري", "كمال ناصر", "رنا يوسف")
SAID = "وصل الصهريج الأول قبل الظهر وأفرغ حمولته في خزان القرية القديم."
LISTS = {
    "a programme, one line each": "<p>{day} آذار 2021 -- {place}، السهل الغربي</p>",
    "a programme in cells": "<table><tr><td>{day} آذار 2021</td><td>{place}</td><td>" + SAID + "</td></tr></table>",
    "a programme as a list of terms": "<dl><dt>{day} آذار 2021</dt><dd>{place}</dd><dd>" + SAID + "</dd></dl>",
    "a chronology, place and day": "<p><b>{place} - {day} آذار 2021</b></p><p>" + SAID + "</p>",
    "a chronology, day above place": "<div><i>{day} آذار 2021</i><br><b>{place}</b><p>" + SAID + "</p></div>",
    "people and days, in boxes": "<div><strong>{person}</strong><p>{day} آذار 2021</p><p>" + SAID + "</p></div>",
    "people and days, flat": "<p>{person}</p><p>{day} آذار 2021</p><p>" + SAID + "</p>",
    "testimonies": "<p>{person}، {day} آذار 2021</p><p>«" + SAID + "»</p>",
    "reports by the minute under titles": "<div><time>{day} آذار 2021 {day}:15</time><h3>{place}</h3><p>" + SAID + "</p></div>",
    "posts quoted": "<blockquote><p>" + SAID + "</p>— {person} (@user{day}) {day} آذار 2021</blockquote><p>" + SAID + "</p>",
    "reports signed and dated": "<h3>خبر عن مياه {place} اليوم</h3><p>بقلم {person}</p><p>{day} آذار 2021 10:15</p><p>" + SAID + "</p>",
    "works referred to": "<p>[{day}] {person}, http://example.org/{day}, January 20{day}</p><p>" + SAID + "</p>",
}  # fmt: skip


@pytest.mark.parametrize("shape", LISTS)
def test_what_a_report_tells_of_people_places_and_days_is_no_comment(shape: str) -> None:
    told = zip(PLACES, PEOPLE, range(11, 15), strict=True)
    entries = [LISTS[shape].format(place=place, person=person, day=day) for place, person, day in told]
    page = page_with("".join(entries))
    assert page.comments == ()
    assert not page.zones_of(ZoneKind.COMMENT)
    assert page.body.count(SAID) == sum(entry.count(SAID) for entry in entries)


@pytest.mark.parametrize(
    "when", ["1{n} آذار 2021 10:15", "منذ {n} ساعات", "March 1{n}, 2021 at 5 pm", "12/3/2021 11:0{n} AM"]
)
def test_moments_that_a_machine_noted_tell_comments_without_any_name(when: str) -> None:
    entries = "".join(
        f"<div><b>{person}</b><i>{when.format(n=n)}</i><p>{SAID}</p></div>" for n, person in enumerate(PEOPLE, 2)
    )
    page = page_with(f"</div><div>{entries}")
    assert [comment.author for comment in page.comments] == list(PEOPLE)
    assert SAID not in page.body


def test_a_button_to_answer_tells_comments_that_have_days_alone() -> None:
    entries = "".join(
        f"<div><b>{person}</b><i>1{n} آذار 2021</i><p>{SAID}</p><a href='#'>رد</a></div>"
        for n, person in enumerate(PEOPLE, 2)
    )
    page = page_with(f"</div><div>{entries}")
    assert [comment.author for comment in page.comments] == list(PEOPLE)


def test_a_column_of_a_table_that_is_headed_comments_opens_no_section() -> None:
    rows = "".join(f"<tr><td>صهريج {n}</td><td>وصل</td><td>{SAID}</td></tr>" for n in range(3))
    for cell in ("th", "td"):
        head = "".join(f"<{cell}>{words}</{cell}>" for words in ("الصهريج", "الحالة", "التعليقات"))
        page = page_with(f"<table><tr>{head}</tr>{rows}</table>")
        assert page.comments == ()


def test_the_caption_below_a_link_to_the_comments_is_no_comment() -> None:
    more = f"<div><a href='#c'>تعليقات</a><figure><img src='a.jpg'><figcaption>{SAID}</figcaption></figure></div>"
    assert page_with(more).comments == ()
