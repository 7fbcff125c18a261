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
