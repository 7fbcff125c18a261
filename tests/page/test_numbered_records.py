"""Numbered comments on pages of markup: under a heading, in a box of their own or right in the body of the page."""

import pytest

from tawthiq.page import anatomy

PROSE = (
    "قُتل مدنيان اثنان وأصيب ثالث بجروح خطيرة جراء انفجار لغم أرضي من مخلفات الحرب في محيط القرية صباح اليوم الأحد.",
    "وقال مصدر في الدفاع المدني إن اللغم انفجر في أثناء حراثة أرض زراعية، وإن المصاب نُقل إلى مشفى قريب.",
)
TEXTS = ["الله يرحمهم كانوا أربعة", "وين فرق الهندسة؟ الحكومة سبب كل شي.", "لا حول ولا قوة الا بالله"]
NAMES = ["ابو محمد", "مواطن حزين", "هند"]
DATES = ["10/5/2021", "11/5/2021", "12/5/2021"]
ALL = list(zip((1, 2, 3), NAMES, DATES, TEXTS, strict=True))


def page(below: str) -> bytes:
    article = "".join(f"<p>{words}</p>" for words in PROSE)
    return (
        f"<meta charset=utf-8><body><h1>مقتل مدنيين اثنين بانفجار لغم</h1><div>{article}</div>{below}</body>".encode()
    )


LAYOUTS = {
    "lines": "".join(f"<div><b>{n} - {who}</b> {day}<br>{said}</div>" for n, who, day, said in ALL),
    "dashes": "".join(f"<p>{n} - {who} - {day}<br>{said}</p>" for n, who, day, said in ALL),
    "backwards": "".join(f"<p>{4 - n}. {who} {day}<br>{said}</p>" for n, who, day, said in ALL),
    "colons": "".join(f"<p>{n}- {who}: {said}</p>" for n, who, _, said in ALL),
    "below": "".join(f"<p>{n}. {said}<br>{who}</p>" for n, who, _, said in ALL),
    "arabic": "".join(f"<p>{'٠١٢٣'[n]}) {who}: {said}</p>" for n, who, _, said in ALL),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("around", ["{0}{1}", "<div>{0}{1}</div>", "<table><tr><td>{0}<tr><td>{1}</table>"])
@pytest.mark.parametrize("heading", ["<p>تعليقات القراء</p>", "<div><b>3 تعليقات</b></div>"])
def test_numbered_comments_are_read_and_stay_out_of_the_body(layout: str, around: str, heading: str) -> None:
    found = anatomy(page(around.format(heading, LAYOUTS[layout])), id="t")
    assert [comment.span.of(found.text) for comment in found.comments] == TEXTS
    assert [comment.author for comment in found.comments] == NAMES
    assert found.body.split("\n") == list(PROSE)


def test_a_numbered_list_without_a_heading_of_comments_stays_in_the_article() -> None:
    points = "".join(f"<p>{n}. تسليم جثامين الضحايا إلى ذويهم من دون شروط أو تأخير، البند {n}.</p>" for n in (1, 2, 3))
    below = f"<p>وطالبت المنظمة في بيانها الأطراف كلها بما يأتي من غير إبطاء:</p>{points}"
    whole = page("").replace(b"</div>", below.encode() + b"</div>")
    found = anatomy(whole, id="t")
    assert not found.comments
    assert "تسليم جثامين" in found.body


def test_numbers_that_do_not_count_number_no_comments() -> None:
    below = "<p>تعليقات القراء</p><p>7. شارع الحرية</p><p>2. شارع النصر</p>"
    assert not anatomy(page(below), id="t").comments


def test_what_stands_below_a_heading_of_comments_is_no_report_though_nothing_numbers_it() -> None:
    named = "".join(f"<p>{who}: {said}</p>" for who, said in zip(NAMES, TEXTS, strict=True))
    found = anatomy(page(f"<p>تعليقات القراء</p>{named}"), id="t")
    assert [comment.author for comment in found.comments] == NAMES
    assert found.body.split("\n") == list(PROSE)
    angry = "موقعكم لا ينقل غير رواية جهة واحدة ويتجاهل ما يجري في القرى المجاورة من قصف يومي"
    found = anatomy(page(f"<h3>التعليقات</h3><p>{angry}</p><p>{TEXTS[0]}</p>"), id="t")
    assert [comment.span.of(found.text) for comment in found.comments] == [angry]
    assert found.body.split("\n") == list(PROSE)


def test_a_link_to_the_comments_above_the_text_takes_no_report() -> None:
    article = "".join(f"<p>{words}</p>" for words in PROSE * 3)
    whole = f"<meta charset=utf-8><body><h1>مقتل مدنيين اثنين</h1><p>{PROSE[0]}</p><p>3 تعليقات</p>{article}</body>"
    assert PROSE[1] in anatomy(whole.encode(), id="t").body
